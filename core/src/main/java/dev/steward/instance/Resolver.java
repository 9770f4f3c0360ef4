package dev.steward.instance;

import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.INOPERABLE;
import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.START_AT;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;
import static dev.steward.instance.Resolver.Act.LAUNCH;
import static dev.steward.instance.Resolver.Act.TERMINATE;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says what to do about one instance: the table of the reference, row by row.
 *
 * <p>The table is finite and free of time: a deadline goes in as the one question whether it has passed, and comes out as
 * the name of the timer to set. All outcomes are made once, so a call is one look into an array and allocates nothing.
 * Policy (how long a timer runs, whether a launch may go ahead) stands around the table, not in it.
 *
 * <p>Immutable. Reproduces {@code resolve_child_state} of the OCS HostManager; the numbers are those of its table.
 */
final class Resolver {
    /** First match wins, so a row may rely on those above it not matching. */
    private static final List<Row> TABLE = List.of(
            row(1, now -> !now.operable()).next(INOPERABLE),

            // a launch or a stop under way is never interrupted by a new target
            row(2, now -> now.is(WAIT_START) && now.running())
                    .next(UP)
                    .endsRequest()
                    .note(Note.LAUNCHED),
            row(3, now -> now.is(WAIT_START) && now.due() && now.passive())
                    .next(DOWN)
                    .endsRequest()
                    .note(Note.LAUNCH_NOT_SEEN_PASSIVE),
            row(4, now -> now.is(WAIT_START) && now.due())
                    .next(START_AT)
                    .timer(Timer.START_RETRY)
                    .note(Note.LAUNCH_NOT_SEEN_RETRY),
            row(5, now -> now.is(WAIT_START)),
            row(6, now -> now.is(WAIT_DEAD) && !now.running())
                    .next(DOWN)
                    .endsRequest()
                    .note(Note.EXITED),
            row(7, now -> now.is(WAIT_DEAD) && now.due()).next(DOWN).note(Note.REFUSED_TO_DIE),
            row(8, now -> now.is(WAIT_DEAD)).sleepUntilDue(),

            // wanted up
            row(9, now -> now.wantedUp() && now.is(START_AT) && now.due()).next(START),
            row(10, now -> now.wantedUp() && now.is(START_AT)).sleepUntilDue(),
            row(11, now -> now.wantedUp() && now.is(START))
                    .act(LAUNCH)
                    .next(WAIT_START)
                    .timer(Timer.START_LIMIT)
                    .note(Note.LAUNCH_REQUESTED),
            row(12, now -> now.wantedUp() && now.is(UP) && !now.running())
                    .next(START_AT)
                    .timer(Timer.RESTART_DELAY)
                    .note(Note.EXIT_DETECTED),
            row(13, now -> now.wantedUp() && now.is(UP)),
            row(14, now -> now.wantedUp()).next(START),

            // wanted down
            row(15, now -> now.wantedDown() && now.is(DOWN) && now.running())
                    .next(UP)
                    .note(Note.UNEXPECTED_SESSION),
            row(16, now -> now.wantedDown() && now.is(DOWN)),
            row(17, now -> now.wantedDown() && now.is(UP))
                    .act(TERMINATE)
                    .next(WAIT_DEAD)
                    .timer(Timer.STOP_LIMIT)
                    .note(Note.TERMINATE_REQUESTED),
            row(18, now -> now.wantedDown()).next(DOWN).note(Note.RESET_TO_IDLE),

            // neither
            row(19, now -> now.passive() && now.running() && !now.is(UP))
                    .next(UP)
                    .endsRequest()
                    .note(Note.PASSIVE_NOW_UP),
            row(20, now -> now.passive() && !now.running() && !now.is(DOWN))
                    .next(DOWN)
                    .endsRequest()
                    .note(Note.PASSIVE_NOW_DOWN),
            row(21, now -> now.passive()).endsRequest(),
            row(22, now -> true).note(Note.NO_RULE));

    private static final NextAction[] NEXT_ACTIONS = NextAction.values();
    private static final TargetState[] TARGETS = TargetState.values();
    private static final boolean[] NO_YES = {false, true};

    /** By packed inputs. The three kinds of target need two bits, the seven next actions three: some places stay empty. */
    private static final Outcome[] OUTCOMES = new Outcome[512];

    static {
        for (NextAction next : NEXT_ACTIONS) {
            for (TargetState target : TARGETS) {
                for (boolean operable : NO_YES) {
                    for (boolean running : NO_YES) {
                        for (boolean passive : NO_YES) {
                            for (boolean due : NO_YES) {
                                var now = new Situation(operable, next, target, running, passive, due);
                                OUTCOMES[packed(operable, next, target, running, passive, due)] = decide(now);
                            }
                        }
                    }
                }
            }
        }
    }

    private Resolver() {}

    /**
     * One step of one instance.
     *
     * @param operable whether starting and stopping it can work at all
     * @param next where it is
     * @param target what is wanted of it
     * @param running whether it is seen to run
     * @param passive whether it is only watched, and acted on for the length of a request at most
     * @param due whether its deadline has passed, or is now
     */
    static Outcome resolve(
            boolean operable, NextAction next, TargetState target, boolean running, boolean passive, boolean due) {
        return OUTCOMES[packed(operable, next, target, running, passive, due)];
    }

    @SuppressWarnings("EnumOrdinal") // the place in an array that is filled and read through this method only
    private static int packed(
            boolean operable, NextAction next, TargetState target, boolean running, boolean passive, boolean due) {
        return next.ordinal()
                | target.ordinal() << 3
                | (operable ? 1 << 5 : 0)
                | (running ? 1 << 6 : 0)
                | (passive ? 1 << 7 : 0)
                | (due ? 1 << 8 : 0);
    }

    private static Outcome decide(Situation now) {
        for (Row row : TABLE) {
            if (row.when.test(now)) {
                return row.outcome(now);
            }
        }
        throw new AssertionError("no row for " + now);
    }

    private static Row row(int number, Predicate<Situation> when) {
        return new Row(number, when);
    }

    /** What the manager is to do outside. */
    enum Act {
        NOTHING,
        LAUNCH,
        TERMINATE
    }

    /**
     * What one step changes and asks for.
     *
     * @param row the number of the row that matched
     * @param next where the instance is now
     * @param target what is wanted of it now; a row takes back the target of an instance that is only watched
     * @param timer the deadline to set
     * @param sleepUntilDue whether the deadline is when this instance next wants to be looked at
     */
    record Outcome(
            int row, NextAction next, TargetState target, Act act, Timer timer, boolean sleepUntilDue, Note note) {
        /** Whether this is an unexpected exit, which the instance's {@link Stability} remembers. */
        boolean isFailure() {
            return note == Note.EXIT_DETECTED;
        }
    }

    private record Situation(
            boolean operable, NextAction next, TargetState target, boolean running, boolean passive, boolean due) {
        boolean is(NextAction action) {
            return next == action;
        }

        boolean wantedUp() {
            return target == TargetState.UP;
        }

        boolean wantedDown() {
            return target == TargetState.DOWN;
        }
    }

    /** A row under construction: what it does not mention stays as it is. */
    private static final class Row {
        private final int number;
        private final Predicate<Situation> when;
        private @Nullable NextAction next;
        private boolean endsRequest;
        private Act act = Act.NOTHING;
        private Timer timer = Timer.KEEP;
        private boolean sleepUntilDue;
        private Note note = Note.NONE;

        Row(int number, Predicate<Situation> when) {
            this.number = number;
            this.when = when;
        }

        Row next(NextAction becomes) {
            next = becomes;
            return this;
        }

        /** An instance that is only watched goes back to that. */
        Row endsRequest() {
            endsRequest = true;
            return this;
        }

        Row act(Act asked) {
            act = asked;
            return this;
        }

        Row timer(Timer set) {
            timer = set;
            return this;
        }

        Row sleepUntilDue() {
            sleepUntilDue = true;
            return this;
        }

        Row note(Note told) {
            note = told;
            return this;
        }

        Outcome outcome(Situation now) {
            NextAction becomes = next == null ? now.next() : next;
            TargetState target = endsRequest && now.passive() ? TargetState.PASSIVE : now.target();
            return new Outcome(number, becomes, target, act, timer, sleepUntilDue, note);
        }
    }
}
