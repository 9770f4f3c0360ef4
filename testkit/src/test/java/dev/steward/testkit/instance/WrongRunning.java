package dev.steward.testkit.instance;

import dev.steward.event.Reason;
import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Drivers that are wrong in one thing each about what runs, or cannot. They are found by {@link WrongDriversTest} only. */
final class WrongRunning {
    private WrongRunning() {}

    /** Tells of what runs with something changed. */
    private static Decorator changed(
            InstanceDriver good,
            UnaryOperator<Observation.Running> answer,
            UnaryOperator<Observation.Running> firstCensus,
            UnaryOperator<Observation.Running> census) {
        return new Decorator(good) {
            @Override
            void tell(Observation news, DriverEvents to) {
                to.observed(news instanceof Observation.Running running ? answer.apply(running) : news);
            }

            @Override
            void tell(Census told, DriverEvents to) {
                UnaryOperator<Observation.Running> change = told.ticket() == 0 ? firstCensus : census;
                to.census(Census.of(
                        told.ticket(), told.running().stream().map(change).toList()));
            }
        };
    }

    private static Observation.Running of(Observation.Running seen, long pid, Duration age, boolean led) {
        return new Observation.Running(seen.name(), seen.life(), pid, age, led);
    }

    private static Observation.Running newborn(Observation.Running seen) {
        return of(seen, seen.pid(), Duration.ZERO, seen.led());
    }

    private static Observation.Running ancient(Observation.Running seen) {
        return of(seen, seen.pid(), Duration.ofDays(1), seen.led());
    }

    private static Observation.Running led(Observation.Running seen) {
        return of(seen, seen.pid(), seen.age(), true);
    }

    private static Observation.Running lost(Observation.Running seen) {
        return of(seen, seen.pid(), seen.age(), false);
    }

    // ---- wrong ages

    static final class TellsNoAge extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, running -> running, running -> running, WrongRunning::newborn);
        }
    }

    static final class TellsTheAgeOfTheHost extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, WrongRunning::ancient, running -> running, running -> running);
        }
    }

    static final class TakesSurvivorsForNewborn extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, running -> running, WrongRunning::newborn, running -> running);
        }
    }

    // ---- wrong leaders

    static final class LaunchesWithoutALeader extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, WrongRunning::lost, running -> running, running -> running);
        }
    }

    static final class TakesAllForLed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, running -> running, running -> running, WrongRunning::led);
        }
    }

    static final class TakesNoneForLed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, running -> running, running -> running, WrongRunning::lost);
        }
    }

    static final class TakesSurvivorsForLed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return changed(good, running -> running, WrongRunning::led, running -> running);
        }
    }

    static final class KeepsThePidOfTheDead extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            Map<Incarnation, Long> pids = new HashMap<>();
            return changed(
                    good,
                    running -> {
                        pids.put(running.life(), running.pid());
                        return running;
                    },
                    running -> running,
                    running -> of(
                            running, pids.getOrDefault(running.life(), running.pid()), running.age(), running.led()));
        }
    }

    // ---- wrong refusals

    static final class TiresOfTheReason extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private int refusals;

                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(
                            news instanceof Observation.Refused && ++refusals > 2
                                    ? new Observation.Refused(
                                            news.name(), news.life(), new Reason(LaunchFailure.OTHER, "as before"))
                                    : news);
                }
            };
        }
    }
}
