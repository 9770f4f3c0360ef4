package dev.steward.instance;

/** Stops one instance: sends the signals of its plan, each in its time. Not safe for use by many threads. */
final class Stopping {
    private final Host host;
    private final InstanceRunner runner;

    Stopping(Host host, InstanceRunner runner) {
        this.host = host;
        this.runner = runner;
    }

    /** Sends the first signal, unless it has died before it was told to. */
    void begin(long now) {
        Life life = runner.seen().life();
        if (life == null) {
            runner.alarm().clear(); // the next row sees that
        } else {
            send(life, life.firstRound(plan()), now);
        }
    }

    /** Sends the next signal. */
    void escalate(long now) {
        Life life = runner.seen().life();
        if (life != null) {
            send(life, life.nextRound(plan()), now);
            runner.teller().touch();
        }
    }

    private void send(Life life, StopPlan.Round round, long now) {
        host.orders().signal(runner.name(), life, round.signal());
        runner.alarm().set(now, round.grace());
    }

    private StopPlan plan() {
        return runner.wanted().spec().stop();
    }
}
