package dev.steward.testkit.contract;

import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Loops that break the contract, each in one way, and the rule that must notice. */
enum WrongLoop {
    RENAMES_ITSELF("has_a_name_that_stays", RenamesItself::new),
    SPINS("rests_also_when_its_clock_wraps_round", Spins::new),
    COMPARES_READINGS("rests_also_when_its_clock_wraps_round", ComparesReadings::new),
    COUNTS_CALLS("may_be_called_early", CountsCalls::new),
    INSISTS_ON_PUNCTUALITY("may_be_called_late", InsistsOnPunctuality::new),
    THROWS_DICE("does_the_same_when_run_again", ThrowsDice::new),
    MEASURES_WITH_THE_WALL_CLOCK("does_not_mind_the_wall_clock", MeasuresWithTheWallClock::new),
    RISES_FROM_THE_DEAD("stays_finished", RisesFromTheDead::new),
    ALLOWS_TWO_PASSES("refuses_two_passes_at_once", AllowsTwoPasses::new),
    STAYS_LOCKED("starts_clean_after_a_pass_that_threw", StaysLocked::new),
    WAITS("never_waits", Waits::new),
    CLOSES_ONCE("may_be_closed_twice_and_before_its_first_pass", ClosesOnce::new),
    WAKES_ONCE("wakes_its_runner_whenever_it_has_something_to_do", WakesOnce::new),
    KEEPS_TO_ONE_THREAD("wakes_its_runner_from_another_thread", KeepsToOneThread::new),
    FORGETS_WHAT_CAME_EARLY("wakes_at_once_a_runner_that_comes_after_the_event", ForgetsWhatCameEarly::new),
    SERVES_ITS_FIRST_RUNNER("wakes_the_runner_that_took_over", ServesItsFirstRunner::new);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors
    private final Function<TimeSource, ModelLoop> opened;

    WrongLoop(String rule, Function<TimeSource, ModelLoop> opened) {
        this.rule = rule;
        this.opened = opened;
    }

    String rule() {
        return rule;
    }

    ModelLoop open(TimeSource time) {
        return opened.apply(time);
    }

    private static class Wrong extends ModelLoop {
        Wrong(TimeSource time) {
            super(time, PERIOD);
        }
    }

    private static final class RenamesItself extends Wrong {
        private int passes;

        RenamesItself(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            passes++;
            return super.pass(now);
        }

        @Override
        public String name() {
            return "model " + passes;
        }
    }

    private static final class Spins extends Wrong {
        Spins(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            super.pass(now);
            return Step.again();
        }
    }

    /** Behind the wrap every reading is below its deadline for 292 years, or above it for as long. */
    private static final class ComparesReadings extends Wrong {
        private long due;

        ComparesReadings(TimeSource time) {
            super(time);
            due = time.nanos();
        }

        @Override
        @SuppressWarnings("TimeUnitMismatch")
        protected Step pass(long now) {
            super.pass(now);
            if (now >= due) {
                due = now + PERIOD.toNanos();
            }
            return due > now ? Step.after(Duration.ofNanos(due - now)) : Step.again();
        }
    }

    private static final class CountsCalls extends Wrong {
        private int calls;

        CountsCalls(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            super.pass(now);
            return Step.after(PERIOD.multipliedBy(++calls));
        }
    }

    private static final class InsistsOnPunctuality extends Wrong {
        private long last;

        InsistsOnPunctuality(TimeSource time) {
            super(time);
            last = time.nanos();
        }

        @Override
        protected Step pass(long now) {
            if (now - last > 2 * PERIOD.toNanos()) {
                throw new IllegalStateException("too late");
            }
            last = now;
            return super.pass(now);
        }
    }

    private static final class ThrowsDice extends Wrong {
        private static final Random DICE = new Random(1);

        private final Duration own = PERIOD.plusMillis(DICE.nextInt(1_000));

        ThrowsDice(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            super.pass(now);
            return Step.after(own);
        }
    }

    private static final class MeasuresWithTheWallClock extends Wrong {
        private Instant due;

        MeasuresWithTheWallClock(TimeSource time) {
            super(time);
            due = time.now().plus(PERIOD);
        }

        @Override
        protected Step pass(long now) {
            super.pass(now);
            Instant wall = time.now();
            if (!wall.isBefore(due)) {
                due = wall.plus(PERIOD);
            }
            return Step.after(Duration.between(wall, due));
        }
    }

    private static final class RisesFromTheDead extends Wrong {
        private boolean finished;

        RisesFromTheDead(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            Step step = super.pass(now);
            finished = !finished;
            return finished ? Step.finished() : step;
        }
    }

    private static final class AllowsTwoPasses extends Wrong {
        AllowsTwoPasses(TimeSource time) {
            super(time);
        }

        @Override
        public Step manageOnce() {
            return pass(time.nanos());
        }
    }

    private static final class StaysLocked extends Wrong {
        StaysLocked(TimeSource time) {
            super(time);
        }

        @Override
        public Step manageOnce() {
            if (!inPass.compareAndSet(false, true)) {
                throw new IllegalStateException("two passes at once");
            }
            Step step = pass(time.nanos());
            inPass.set(false);
            return step;
        }
    }

    /** Waits for something that has come already, so that only an interrupt shows that it waits. */
    private static final class Waits extends Wrong {
        private final CountDownLatch come = new CountDownLatch(0);

        Waits(TimeSource time) {
            super(time);
        }

        @Override
        protected Step pass(long now) {
            try {
                come.await();
            } catch (InterruptedException swallowed) {
                return super.pass(now);
            }
            return super.pass(now);
        }
    }

    private static final class ClosesOnce extends Wrong {
        private boolean closed;

        ClosesOnce(TimeSource time) {
            super(time);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            closed = true;
        }
    }

    /** The flag that says "woken" is set, and cleared never. */
    private static final class WakesOnce extends Wrong {
        private boolean woken;

        WakesOnce(TimeSource time) {
            super(time);
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            woken = false;
            super.wakeWith(() -> {
                if (!woken) {
                    woken = true;
                    wakeUp.wake();
                }
            });
        }
    }

    private static final class KeepsToOneThread extends Wrong {
        private final Thread own = Thread.currentThread();

        KeepsToOneThread(TimeSource time) {
            super(time);
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            super.wakeWith(() -> {
                if (Thread.currentThread() == own) {
                    wakeUp.wake();
                }
            });
        }
    }

    private static final class ForgetsWhatCameEarly extends Wrong {
        ForgetsWhatCameEarly(TimeSource time) {
            super(time);
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            mailbox.drain();
            super.wakeWith(wakeUp);
        }
    }

    private static final class ServesItsFirstRunner extends Wrong {
        private boolean served;

        ServesItsFirstRunner(TimeSource time) {
            super(time);
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            if (!served) {
                served = true;
                super.wakeWith(wakeUp);
            }
        }
    }
}
