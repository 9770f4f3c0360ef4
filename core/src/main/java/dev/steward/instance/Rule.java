package dev.steward.instance;

import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;

import dev.steward.event.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the reference's table: each rule changes what the table is asked with where the reference falls short, and says why.
 * All are applied, in this order, before each step; each sees what those before it have left. Pure. Without any of them in force, the table
 * alone decides.
 */
enum Rule {
    /** What was given up, or has completed, is not launched again. */
    REST {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            Reason rests = in.facts().rests();
            return rests != null && in.wantedUp() && in.facts().hasEnded() && in.isBeforeLaunch()
                    ? new Ruling(in.wanted(TargetState.DOWN), rests)
                    : null;
        }
    },
    /** What is to be restarted is stopped first. */
    RECYCLE {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            Reason recycle = in.facts().recycle();
            if (recycle == null || !in.wantedUp()) {
                return null;
            }
            Inputs down = in.wanted(TargetState.DOWN);
            if (in.is(WAIT_DEAD) || (in.is(UP) && in.facts().isAlive())) {
                return new Ruling(down, recycle);
            }
            return in.is(WAIT_START) && in.facts().isAlive() && in.facts().handsOff() == null
                    ? new Ruling(down.moved(UP, recycle).seen(true), recycle)
                    : null;
        }
    },
    /** With what is held nothing is begun: it is neither launched nor stopped, and has all the time that it needs to get ready. */
    HANDS_OFF {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            Reason held = in.facts().handsOff();
            if (held != null && in.is(UP) && in.wantedDown() && in.facts().isThere()) {
                return new Ruling(in.wanted(TargetState.UP).seen(true), held);
            }
            return held != null
                            && in.is(WAIT_START)
                            && in.wantedUp()
                            && in.facts().isAlive()
                            && (in.facts().recycle() != null
                                    || (in.due() && !in.facts().ready()))
                    ? new Ruling(in.notDue(), held)
                    : holding(in, held);
        }
    },
    /** What others stand on is stopped after them. */
    DEPENDENTS_FIRST {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            Reason dependents = in.facts().dependents();
            return dependents != null
                            && in.wantedDown()
                            && in.is(UP)
                            && in.facts().isAlive()
                    ? new Ruling(in.wanted(TargetState.UP), dependents)
                    : null;
        }
    },
    /** What is still there, or there again, is taken back instead of being launched a second time. */
    TAKE_BACK {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.wantedUp() && in.facts().isAlive() && in.isBeforeLaunch()
                    ? new Ruling(
                            in.moved(in.facts().ready() ? UP : WAIT_START, TAKEN_BACK)
                                    .notDue(),
                            TAKEN_BACK)
                    : null;
        }
    },
    /** What is to stop is there until the last of its processes is gone. */
    WHOLE_TREE {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.facts().isLingering() && (in.is(WAIT_DEAD) || in.wantedDown())
                    ? new Ruling(in.seen(true), LINGERS)
                    : null;
        }
    },
    /** What has not said yet that it is ready does not run yet. */
    READINESS {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.is(WAIT_START)
                            && in.wantedUp()
                            && in.facts().isAlive()
                            && !in.facts().ready()
                    ? new Ruling(in.seen(false), NOT_READY_YET)
                    : null;
        }
    },
    /** What runs and was not ready in time is stopped before it is started again. */
    START_LIMIT {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.is(WAIT_START)
                            && in.wantedUp()
                            && in.due()
                            && in.facts().isAlive()
                            && !in.facts().ready()
                    ? new Ruling(
                            in.moved(UP, NOT_READY).wanted(TargetState.DOWN).seen(true), NOT_READY)
                    : null;
        }
    },
    /** What has ended while it was being started need not be waited for. */
    ENDED_EARLY {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.is(WAIT_START) && in.facts().hasEnded() ? new Ruling(in.moved(UP, ENDED), ENDED) : null;
        }
    },
    /** What survives a signal is sent the next one of its stop plan, before anybody complains. */
    STOP_PLAN {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return in.is(WAIT_DEAD) && in.due() && in.running() && in.facts().moreSignals()
                    ? new Ruling(in.escalated(), NEXT_SIGNAL)
                    : null;
        }
    },
    /** Nothing is launched while an earlier process of it is there, or may be. */
    NEVER_TWO {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            Reason occupied = in.facts().occupied();
            return holding(in, occupied == null && in.facts().isThere() ? STILL_THERE : occupied);
        }
    },
    /** Nothing is launched before those that come first are up. */
    DEPENDENCIES_FIRST {
        @Override
        @Nullable
        Ruling apply(Inputs in) {
            return holding(in, in.facts().dependencies());
        }
    };

    /** The cause of a move that only goes ahead of the table; the table's own note says the rest. */
    static final Reason ENDED = new Reason(InstanceCause.EXITED, "ended while it was being started");

    static final Reason TAKEN_BACK = new Reason(InstanceCause.TAKEN_BACK, "is still there, and wanted up again");
    static final Reason NOT_READY = new Reason(InstanceCause.NOT_READY, "was not ready in time");
    private static final Reason NOT_READY_YET = new Reason(InstanceCause.NOT_READY, "is not ready yet");
    private static final Reason LINGERS = new Reason(InstanceCause.EARLIER_PROCESS, "some of its processes are left");
    static final Reason STILL_THERE = new Reason(InstanceCause.EARLIER_PROCESS, "an earlier life may still be there");
    private static final Reason NEXT_SIGNAL = new Reason(InstanceCause.STOP_REQUESTED, "has survived a signal");

    /**
     * What a rule that is in force has decided.
     *
     * @param why for people
     */
    record Ruling(Inputs inputs, Reason why) {}

    /** What it makes of {@code in}; null if it is not in force. */
    abstract @Nullable Ruling apply(Inputs in);

    private static @Nullable Ruling holding(Inputs in, @Nullable Reason why) {
        return why != null && in.is(START) && in.wantedUp() ? new Ruling(in.held(why), why) : null;
    }
}
