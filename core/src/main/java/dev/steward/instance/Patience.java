package dev.steward.instance;

/** How long one instance waits for others in the order of starts and stops, and what it says meanwhile. Not safe for use by many threads. */
final class Patience {
    private final InstanceRunner runner;

    Patience(InstanceRunner runner) {
        this.runner = runner;
    }

    /** Waits for its turn in the order of starts and stops, but not for ever. */
    void waitForOthers(Inputs fed, long now) {
        Alarm alarm = runner.alarm();
        boolean up = runner.next() == NextAction.UP;
        boolean stopping = up && fed.facts().dependents() != null;
        boolean starting = runner.next() == NextAction.START && fed.facts().dependencies() != null;
        if (stopping) {
            runner.teller().held(fed.facts().dependents());
        }
        if ((stopping || starting) && !alarm.isSet()) {
            alarm.set(now, runner.wanted().spec().startup().patience());
        } else if (alarm.isSet() && up && !stopping) {
            alarm.clear();
            Life life = runner.seen().life();
            if (life != null) {
                runner.teller().because(InstanceCause.RUNNING, life.describe());
            }
        }
    }
}
