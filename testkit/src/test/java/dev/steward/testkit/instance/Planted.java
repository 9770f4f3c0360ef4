package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Health;
import dev.steward.instance.HostManager;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Signal;
import dev.steward.instance.SiteConfig;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Does not hear that it is to keep its hands off. */
    LOSES_A_HOLD {
        @Override
        boolean losesHold(Random random) {
            return random.nextInt(10) == 0;
        }
    },

    /** Is not woken by what has come. */
    LOSES_A_WAKE_UP {
        @Override
        boolean losesWakeUp(Random random) {
            return random.nextInt(50) == 0;
        }
    },

    /** Believes that the others were not well while it was itself that did not move. */
    SUSPECTS_OTHERS_AFTER_ITS_OWN_PAUSE,

    /** Goes on with the configuration that it began with. */
    KEEPS_AN_OLD_CONFIGURATION,

    /** Takes one that cannot be read for one with nothing in it. */
    TAKES_AN_UNREADABLE_CONFIGURATION_FOR_AN_EMPTY_ONE,

    /** Asks politely, and leaves it at that. */
    NEVER_KILLS {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    if (signal != Signal.KILL) {
                        good.signal(name, life, signal);
                    }
                }
            };
        }
    },

    /** Forgets to tell of something. */
    LOSES_AN_EVENT {
        @Override
        boolean losesEvent(Random random) {
            return random.nextInt(50) == 0;
        }
    },

    /** Takes over what has lost its first process. */
    ADOPTS_WITHOUT_A_LOOK_AT_ITS_FIRST_PROCESS {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(
                            census.isFailed()
                                    ? census
                                    : Census.of(
                                            census.ticket(),
                                            census.running().stream()
                                                    .map(one -> new Observation.Running(
                                                            one.name(), one.life(), one.pid(), one.age(), true))
                                                    .toList()));
                }
            };
        }
    },

    /** Stops what it could take over. */
    DOES_NOT_ADOPT {
        @Override
        HostManager.Options options(HostManager.Options options) {
            return options.withAdopt(false);
        }
    },

    /** Begins with what is configured, whatever was asked for before. */
    LOSES_A_TARGET_ON_CRASH {
        @Override
        HostManager.Options options(HostManager.Options options) {
            return options.withStartRequests(List.of());
        }
    },

    /** Leaves running at the end what it is to stop. */
    LEAVES_CHILDREN_AT_CLOSE {
        @Override
        OnClose onClose(OnClose wanted) {
            return OnClose.LEAVE;
        }
    },

    /** Sends a signal to what is to go on, because its pid was once that of something else. */
    SIGNALS_A_RECYCLED_PID {
        @Override
        InstanceDriver around(InstanceDriver good, Random random) {
            return new Decorator(good) {
                private final Map<Long, Observation.Running> before = new HashMap<>();

                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(census);
                    census.running().forEach(one -> before.put(one.pid(), one));
                }

                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(news);
                    if (news instanceof Observation.Running running) {
                        Observation.Running old = before.put(running.pid(), running);
                        if (old != null && !old.life().equals(running.life())) {
                            good.signal(old.name(), old.life(), Signal.TERM);
                        }
                    }
                }
            };
        }
    },

    /** Launches again at once, always. */
    IGNORES_BACKOFF {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            return spec.withRestart(spec.restart().withBackoff(Backoff.none()).withAtOnce(true));
        }
    },

    /** Never has enough. */
    NEVER_GIVES_UP {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            return spec.withRestart(spec.restart().withGiveUp(0, spec.restart().window()));
        }
    },

    /** Launches again what has done what it was for. */
    RESTARTS_WHAT_HAS_COMPLETED {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            return spec.withRestart(spec.restart().withWhen(RestartPolicy.When.ALWAYS));
        }
    },

    /** Launches what is to wait for others. */
    LAUNCHES_BEFORE_DEPENDENCIES {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            return spec.withStartup(spec.startup().withAfter(List.of()));
        }
    },

    /** Stops first what others stand on. */
    STOPS_A_DEPENDENCY_FIRST {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            return spec.startup().after().isEmpty()
                    ? spec.withStartup(spec.startup().withPatience(Duration.ZERO))
                    : spec;
        }
    },

    /** Asks nobody whether it is ready. */
    FORGETS_READINESS {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            Health health = spec.health();
            return spec.withHealth(new Health(Optional.empty(), health.liveness(), health.recycle()));
        }
    },

    /** Asks whether it is well, and does nothing about the answer. */
    MISSES_THE_VERDICT_OF_A_PROBE {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            Health health = spec.health();
            return spec.withHealth(new Health(
                    health.readiness(),
                    health.liveness().map(plan -> plan.withFailures(plan.failures() + 1)),
                    health.recycle()));
        }
    },

    /** Takes one bad answer for a verdict. */
    CONDEMNS_TOO_EARLY {
        @Override
        InstanceSpec wrongly(InstanceSpec spec) {
            Health health = spec.health();
            return spec.withHealth(new Health(
                    health.readiness(), health.liveness().map(plan -> plan.withFailures(1)), health.recycle()));
        }
    },

    /** Restarts all at once what should be restarted one after the other. */
    RESTARTS_ROLLING_ALL_AT_ONCE {
        @Override
        RestartOrder order(RestartOrder wanted) {
            return RestartOrder.TOGETHER;
        }
    };

    InstanceDriver around(InstanceDriver good, Random random) {
        return good;
    }

    boolean losesRequest(Random random) {
        return false;
    }

    boolean losesHold(Random random) {
        return false;
    }

    boolean losesWakeUp(Random random) {
        return false;
    }

    boolean losesEvent(Random random) {
        return false;
    }

    InstanceSpec wrongly(InstanceSpec spec) {
        return spec;
    }

    /** How a configuration is understood. */
    final SiteConfig config(SiteConfig right) {
        return new SiteConfig(right.instances().stream().map(this::wrongly).toList(), right.groups(), right.warnings());
    }

    HostManager.Options options(HostManager.Options options) {
        return options;
    }

    OnClose onClose(OnClose wanted) {
        return wanted;
    }

    RestartOrder order(RestartOrder wanted) {
        return wanted;
    }
}
