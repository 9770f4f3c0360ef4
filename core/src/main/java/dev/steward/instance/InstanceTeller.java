package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.instance.Resolver.Outcome;
import dev.steward.kernel.Moment;
import dev.steward.kernel.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows one instance to others: its view, replaced as a whole when something has changed, and then the feed, when it has entered another
 * state. Not safe for use by many threads.
 */
final class InstanceTeller {
    private static final Reason NEW = new Reason(InstanceCause.NEW, "");
    private static final String FAILED = "failed";
    private static final String HOPELESS = "launch";

    private final Host host;
    private final InstanceRunner runner;
    private final ManagedInstance shown;
    private RunState state;
    private Moment since;
    private Reason cause = NEW;
    private Reason hopeless = Reason.none();
    private Reason toldHopeless = Reason.none();
    private boolean changed;

    InstanceTeller(Host host, InstanceRunner runner) {
        this.host = host;
        this.runner = runner;
        boolean stopping = host.leftovers().shown(runner.name()) != null;
        this.state = stopping ? RunState.STOPPING : RunState.DOWN;
        this.since = host.pass().moment();
        this.shown = new ManagedInstance(host.time(), new InstanceView(runner, this, since, since));
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
        if (!changed || runner.standing().isPassing()) {
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
        shown.show(new InstanceView(runner, this, since, now));
        if (state == RunState.FAILED && before != state) {
            host.publisher().keep(runner.name(), FAILED, cause.toString());
            host.publisher().failed(runner.name(), state, cause);
        } else if (state != before) {
            host.publisher().clear(runner.name(), FAILED);
            host.publisher().changed(runner.name(), before, state, cause);
        }
        if (!hopeless.equals(toldHopeless)) {
            toldHopeless = hopeless;
            tellHopeless();
        }
        if (state != before) {
            host.changed(runner);
        }
    }

    /** A launch that can never succeed is tried again, in case that somebody mends it; who waits is told that it will not. */
    private void tellHopeless() {
        if (hopeless.isNone()) {
            host.publisher().clear(runner.name(), HOPELESS);
        } else {
            host.publisher().keep(runner.name(), HOPELESS, "cannot be launched: " + hopeless);
            host.publisher().failed(runner.name(), state, hopeless);
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
            return runner.standing().hasFailed() ? RunState.FAILED : RunState.DOWN;
        }
        cause = leftover.keepsOccupied();
        return RunState.STOPPING;
    }

    /** What made its launches fail may be mended. */
    void hopeful() {
        hopeless = Reason.none();
    }

    /** It is forgotten; the next one of this name begins where this one ends. */
    void forget() {
        if (state != RunState.DOWN) {
            cause = new Reason(InstanceCause.RETIRED, runner.wanted().whyDown());
            show(RunState.DOWN);
        }
        host.publisher().clear(runner.name(), FAILED);
        host.publisher().clear(runner.name(), HOPELESS);
    }

    /**
     * Says why a row of the table has fired, while what it saw is still there.
     *
     * @param delay until the next start, if there is to be one
     */
    void explain(Outcome outcome, Seen seen, Duration delay) {
        Life life = seen.life();
        String who = life == null ? "" : life.describe();
        boolean refusedBefore = life != null && life.hasRefused();
        switch (outcome.note()) {
            case LAUNCHED -> {
                hopeful();
                because(InstanceCause.RUNNING, who);
            }
            case LAUNCH_NOT_SEEN_RETRY ->
                because(InstanceCause.LAUNCH_UNKNOWN, "launched and not seen running, looking; " + nextStart(delay));
            case EXITED -> explainExited(seen, delay);
            case EXIT_DETECTED -> explainEnd(seen.ending(), delay);
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
                    because(whyStop());
                }
            }
            case RESET_TO_IDLE -> explainReset();
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

    /** It has come down as it was told to. */
    private void explainExited(Seen seen, Duration delay) {
        Recycle recycle = runner.recycling();
        Reason rests = runner.restarts().rests();
        if (recycle == null || !runner.wanted().up()) {
            because(InstanceCause.STOPPED, seen.ending().text());
        } else if (rests != null) {
            because(rests);
        } else {
            because(new Reason(recycle.why().code(), recycle.why().text() + ", " + nextStart(delay)));
        }
    }

    /** It has ended although nobody has told it to. */
    private void explainEnd(Seen.Ending ending, Duration delay) {
        Reason rests = runner.restarts().rests();
        String text = rests == null ? ending.text() + ", " + nextStart(delay) : ending.text();
        because(ending.code(), text);
        if (rests != null && !runner.restarts().hasGivenUp()) {
            because(rests);
        }
        hopeless = ending.lasting() ? new Reason(ending.code(), ending.text()) : Reason.none();
        lastWords(ending.tail());
    }

    private void explainReset() {
        Reason rests = runner.restarts().rests();
        if (rests != null && runner.wanted().up()) {
            because(rests);
        } else {
            because(InstanceCause.CANCELLED, "start cancelled, " + whyDown());
            message(cause.toString());
        }
    }

    private Reason whyStop() {
        Recycle recycle = runner.recycling();
        return recycle != null && runner.wanted().up()
                ? recycle.why()
                : new Reason(InstanceCause.STOP_REQUESTED, whyDown());
    }

    private void refusedToDie(String who) {
        because(InstanceCause.REFUSED_TO_DIE, who + " refuses to die");
        if (runner.wanted().up() && runner.recycling() == null) {
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

    private static String nextStart(Duration delay) {
        return delay.isZero() ? "next start at once" : "next start in " + Texts.seconds(delay);
    }

    /** A start is put off, or a stop; told once. */
    void held(@Nullable Reason hold) {
        if (hold != null && !hold.equals(cause)) {
            because(hold);
            if (hold.code() == InstanceCause.EARLIER_PROCESS) {
                message("start put off: " + hold);
            }
        }
    }

    /** If it is started although others should come first, they have been waited for long enough. */
    void impatient() {
        Reason missing = host.ordering().missing(runner);
        if (missing != null) {
            message("started all the same, after it " + missing.text().replaceFirst("waits", "has waited"));
        }
    }

    void message(String text) {
        host.publisher().message(runner.name(), text);
    }

    Reason cause() {
        return cause;
    }

    ManagedInstance shown() {
        return shown;
    }

    RunState state() {
        return state;
    }
}
