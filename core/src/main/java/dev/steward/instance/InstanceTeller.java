package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.instance.Resolver.Outcome;

/**
 * Shows one instance to others: its view, replaced as a whole when something has changed, and then the feed, when it has entered another
 * state. Not safe for use by many threads.
 */
final class InstanceTeller {
    private static final Reason NEW = new Reason(InstanceCause.NEW, "");

    private final Host host;
    private final InstanceRunner runner;
    private final ManagedInstance shown;
    private RunState state;
    private Moment since;
    private Reason cause = NEW;
    private boolean changed;

    InstanceTeller(Host host, InstanceRunner runner) {
        this.host = host;
        this.runner = runner;
        boolean stopping = host.leftovers().shown(runner.name()) != null;
        this.state = stopping ? RunState.STOPPING : RunState.DOWN;
        this.since = host.pass().moment();
        this.shown = new ManagedInstance(host.time(), new InstanceView(runner, state, cause, since, since));
    }

    /** Something that the view shows is another. */
    void touch() {
        changed = true;
    }

    /** Why it is as it is from now on. */
    void because(InstanceCause code, String text) {
        because(new Reason(code, text));
    }

    /** The same. */
    void because(Reason why) {
        cause = why;
        changed = true;
    }

    /** Lets others see what has changed, unless it is about to change again within this turn. */
    void tell() {
        if (!changed || runner.isPassing()) {
            return;
        }
        changed = false;
        show(derive());
    }

    private void show(RunState entered) {
        RunState before = state;
        Moment now = host.pass().moment();
        state = entered;
        since = state == before ? since : now;
        shown.show(new InstanceView(runner, state, cause, since, now));
        if (state != before) {
            host.publisher().changed(runner.name(), before, state, cause);
        }
    }

    private RunState derive() {
        return switch (runner.next()) {
            case INOPERABLE -> RunState.INOPERABLE;
            case UP -> RunState.UP;
            case WAIT_START -> RunState.STARTING;
            case WAIT_DEAD -> RunState.STOPPING;
            case DOWN, START_AT, START -> downOrSurvived();
        };
    }

    private RunState downOrSurvived() {
        Leftovers.Leftover leftover = host.leftovers().shown(runner.name());
        if (leftover == null) {
            return RunState.DOWN;
        }
        cause = leftover.keepsOccupied();
        return RunState.STOPPING;
    }

    /** It is forgotten; the next one of this name begins where this one ends. */
    void forget() {
        if (state != RunState.DOWN) {
            cause = new Reason(InstanceCause.RETIRED, runner.wanted().whyDown());
            show(RunState.DOWN);
        }
    }

    /** Says why a row of the table has fired, while what it saw is still there. */
    void explain(Outcome outcome, Seen seen) {
        Life life = seen.life();
        String who = life == null ? "" : life.describe();
        boolean refusedBefore = life != null && life.hasRefused();
        switch (outcome.note()) {
            case LAUNCHED -> because(InstanceCause.RUNNING, who);
            case LAUNCH_NOT_SEEN_RETRY ->
                because(InstanceCause.LAUNCH_UNKNOWN, "launched and not seen running, looking; " + nextStart(outcome));
            case EXITED -> because(InstanceCause.STOPPED, seen.ending().text());
            case EXIT_DETECTED -> {
                because(seen.ending().code(), seen.ending().text() + ", " + nextStart(outcome));
                lastWords(seen.ending().tail());
            }
            case REFUSED_TO_DIE -> {
                if (!refusedBefore) {
                    refusedToDie(who);
                }
            }
            case UNEXPECTED_SESSION -> {
                if (!refusedBefore) {
                    message(who + " runs although it should be down");
                }
            }
            case TERMINATE_REQUESTED -> {
                if (!refusedBefore) {
                    because(InstanceCause.STOP_REQUESTED, whyDown());
                }
            }
            case RESET_TO_IDLE -> {
                because(InstanceCause.CANCELLED, "start cancelled, " + whyDown());
                message(cause.toString());
            }
            case NONE -> {
                if (!runner.isOperable()) {
                    because(
                            InstanceCause.NO_DRIVER,
                            "no driver here for " + runner.wanted().spec().management());
                }
            }
            case LAUNCH_REQUESTED, LAUNCH_NOT_SEEN_PASSIVE, PASSIVE_NOW_UP, PASSIVE_NOW_DOWN, NO_RULE -> {
                // the first is told when it is launched; the others are of instances that are only watched
            }
        }
        changed = true;
    }

    private void refusedToDie(String who) {
        because(InstanceCause.REFUSED_TO_DIE, who + " refuses to die");
        if (runner.wanted().up()) {
            message(cause.toString()); // it is taken back at once
        } else {
            host.publisher().failed(runner.name(), state, cause);
        }
    }

    private void lastWords(String tail) {
        if (!tail.isEmpty()) {
            message("last lines of standard error:\n" + tail);
        }
    }

    private String whyDown() {
        return host.isShuttingDown() ? "shutting down" : runner.wanted().whyDown();
    }

    private static String nextStart(Outcome outcome) {
        return "next start in " + Texts.seconds(outcome.timer().reference());
    }

    /** A start is put off; told once. */
    void held(Reason hold) {
        if (!hold.equals(cause)) {
            because(hold);
            if (hold.code() == InstanceCause.EARLIER_PROCESS) {
                message("start put off: " + hold);
            }
        }
    }

    void message(String text) {
        host.publisher().message(runner.name(), text);
    }

    ManagedInstance shown() {
        return shown;
    }

    RunState state() {
        return state;
    }
}
