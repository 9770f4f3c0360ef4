package dev.steward.testkit.instance;

import dev.steward.event.Reason;
import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drivers whose news or looks are wrong in one thing each. They are found by {@link WrongDriversTest} only. */
final class WrongNews {
    private WrongNews() {}

    static final class ChangesNothing extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good);
        }
    }

    // ---- wrong news

    static final class TellsAnExitTwice extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(news);
                    if (news instanceof Observation.Exited) {
                        simulation.after(Duration.ofSeconds(1), () -> to.observed(news));
                    }
                }
            };
        }
    }

    static final class TellsAnotherCode extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(
                            news instanceof Observation.Exited exited
                                    ? new Observation.Exited(
                                            news.name(), news.life(), ExitStatus.of(0), exited.lingering(), List.of())
                                    : news);
                }
            };
        }
    }

    static final class ForgetsWhatLingers extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    if (news instanceof Observation.Exited exited) {
                        to.observed(new Observation.Exited(news.name(), news.life(), exited.exit(), false, List.of()));
                    } else if (!(news instanceof Observation.Gone)) {
                        to.observed(news);
                    }
                }
            };
        }
    }

    static final class TellsRefusedAsRunning extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    if (news instanceof Observation.Refused) {
                        to.observed(new Observation.Running(news.name(), news.life(), 1));
                        to.observed(
                                new Observation.Exited(news.name(), news.life(), ExitStatus.of(127), false, List.of()));
                    } else {
                        to.observed(news);
                    }
                }
            };
        }
    }

    static final class RefusesForAnotherReason extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(
                            news instanceof Observation.Refused
                                    ? new Observation.Refused(
                                            news.name(), news.life(), new Reason(LaunchFailure.OTHER, "no"))
                                    : news);
                }
            };
        }
    }

    static final class AnswersALaunchTwice extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    to.observed(news);
                    if (news instanceof Observation.Running) {
                        to.observed(news);
                    }
                }
            };
        }
    }

    static final class TellsNewsOutOfOrder extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private final List<Observation> held = new ArrayList<>();

                @Override
                void tell(Observation news, DriverEvents to) {
                    held.add(0, news);
                    if (!(news instanceof Observation.Running)) {
                        held.forEach(to::observed);
                        held.clear();
                    }
                }
            };
        }
    }

    static final class TellsNewsWhenClosed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void close() {
                    // goes on as if nothing had happened
                }
            };
        }
    }

    // ---- wrong looks

    static final class LooksBeforeItsOrders extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void launch(InstanceSpec spec, Incarnation life) {
                    simulation.after(Duration.ofMillis(1), () -> good.launch(spec, life));
                }
            };
        }
    }

    static final class ForgetsTheTicket extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private long looks;

                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(Census.of(looks++, census.running()));
                }
            };
        }
    }

    static final class ListsTheDead extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private final List<Observation.Running> everything = new ArrayList<>();

                @Override
                void tell(Observation news, DriverEvents to) {
                    if (news instanceof Observation.Running running) {
                        everything.add(running);
                    }
                    to.observed(news);
                }

                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(census.ticket() == 0 ? census : Census.of(census.ticket(), everything));
                }
            };
        }
    }

    static final class ForgetsSurvivors extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(census.ticket() == 0 ? Census.of(0, List.of()) : census);
                }
            };
        }
    }

    static final class TakesACensusTooMany extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void open(DriverEvents events) {
                    super.open(events);
                    good.look(0);
                }
            };
        }
    }
}
