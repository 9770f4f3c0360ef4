package dev.steward.testkit.instance;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Drivers that show what was written, or measure, wrong in one thing each. They are found by {@link WrongDriversTest} only. */
final class WrongWords {
    private WrongWords() {}

    // ---- wrong tails

    static final class ShowsTheFirstLines extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public List<String> tail(String name, Output output, int most) {
                    List<String> all = good.tail(name, output, 100);
                    return most < 1 ? good.tail(name, output, most) : all.subList(0, Math.min(most, all.size()));
                }
            };
        }
    }

    static final class ShowsTheNewestFirst extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public List<String> tail(String name, Output output, int most) {
                    List<String> lines = new ArrayList<>(good.tail(name, output, most));
                    Collections.reverse(lines);
                    return lines;
                }
            };
        }
    }

    static final class MixesTheStreams extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public List<String> tail(String name, Output output, int most) {
                    List<String> lines = new ArrayList<>(good.tail(name, Output.STDOUT, most));
                    lines.addAll(good.tail(name, Output.STDERR, most));
                    return lines;
                }
            };
        }
    }

    static final class ShowsTheLastLifeOnly extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private List<String> last = List.of();

                @Override
                void tell(Observation news, DriverEvents to) {
                    if (news instanceof Observation.Exited exited
                            && !exited.stderr().isEmpty()) {
                        last = exited.stderr();
                    }
                    to.observed(news);
                }

                @Override
                public List<String> tail(String name, Output output, int most) {
                    List<String> lines = good.tail(name, output, most);
                    return lines.size() > last.size() && output == Output.STDERR ? last : lines;
                }
            };
        }
    }

    static final class ShowsNothingUnlessItIsOpen extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private boolean open;

                @Override
                public void open(DriverEvents events) {
                    super.open(events);
                    open = true;
                }

                @Override
                public List<String> tail(String name, Output output, int most) {
                    List<String> lines = good.tail(name, output, most);
                    return open ? lines : List.of();
                }
            };
        }
    }

    static final class ShowsNoLinesWithoutAWord extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public List<String> tail(String name, Output output, int most) {
                    return most < 1 ? List.of() : good.tail(name, output, most);
                }
            };
        }
    }

    // ---- wrong measurements

    static final class MeasuresNothing extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void measure(String name, Incarnation life) {}
            };
        }
    }

    static final class MeasuresTwice extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void measure(String name, Incarnation life) {
                    good.measure(name, life);
                    simulation.after(Duration.ofSeconds(1), () -> good.measure(name, life));
                }
            };
        }
    }

    static final class MeasuresTheDead extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private DriverEvents to = new DriverLog();

                @Override
                public void open(DriverEvents events) {
                    to = events;
                    super.open(events);
                }

                @Override
                public void measure(String name, Incarnation life) {
                    boolean alive = host.lives(name).stream()
                            .anyMatch(any -> any.isAlive() && any.life().equals(life));
                    if (alive) {
                        good.measure(name, life);
                    } else {
                        simulation.after(Duration.ZERO, () -> to.observed(new Observation.Measured(name, life, 0)));
                    }
                }
            };
        }
    }
}
