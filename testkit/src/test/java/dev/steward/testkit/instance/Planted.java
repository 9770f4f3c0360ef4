package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Defects that a host manager could have, put around one that has none: the simulation must find each. */
enum Planted {
    /** None. */
    NOTHING,

    /** Launches again what has only been slow to answer. */
    LAUNCHES_TWICE {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                private int copies;

                @Override
                public void launch(InstanceSpec spec, Incarnation life) {
                    good.launch(spec, life);
                    if (random.nextInt(50) == 0) {
                        good.launch(spec, new Incarnation(life.id() + "-copy-" + ++copies));
                    }
                }
            };
        }
    },

    /** Launches beside what lingers of the life before. */
    FORGETS_WHAT_LINGERS {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(
                            news instanceof Observation.Exited exited
                                    ? new Observation.Exited(news.name(), news.life(), exited.exit(), false, List.of())
                                    : news);
                }
            };
        }
    },

    /** Launches beside what an earlier manager has left. */
    FORGETS_SURVIVORS {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(census.ticket() == 0 && !census.isFailed() ? Census.of(0, List.of()) : census);
                }
            };
        }
    },

    /** Takes a launch without an answer for one that was not made. */
    TAKES_UNKNOWN_FOR_FAILED {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(
                            census.ticket() > 0 && !census.isFailed() ? Census.of(census.ticket(), List.of()) : census);
                }
            };
        }
    },

    /** Forgets that something has ended. */
    LOSES_AN_EXIT {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    if (!(news instanceof Observation.Exited) || random.nextInt(20) > 0) {
                        to.observed(news);
                    }
                }
            };
        }
    },

    /** Signals once more what is known to be gone. */
    SIGNALS_THE_DEAD {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                private final Map<Incarnation, Signal> last = new HashMap<>();

                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    last.put(life, signal);
                    good.signal(name, life, signal);
                }

                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(news);
                    Signal again = news instanceof Observation.Exited ? last.remove(news.life()) : null;
                    if (again != null) {
                        good.signal(news.name(), news.life(), again);
                    }
                }
            };
        }
    },

    /** Gives an order when it is closed. */
    ACTS_AFTER_THE_END {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                public void close() {
                    good.close();
                    good.look(1);
                }
            };
        }
    },

    /** Answers a request and does nothing about it. */
    LOSES_A_REQUEST {
        @Override
        boolean losesRequest(Random random) {
            return random.nextInt(50) == 0;
        }
    },

    /** Is not woken by what has come. */
    LOSES_A_WAKE_UP {
        @Override
        boolean losesWakeUp(Random random) {
            return random.nextInt(50) == 0;
        }
    };

    InstanceDriver around(InstanceDriver good, Random random) {
        return good;
    }

    boolean losesRequest(Random random) {
        return false;
    }

    boolean losesWakeUp(Random random) {
        return false;
    }
}
