package dev.steward.testkit.instance;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Drivers that carry out orders, or come to their end, wrong in one thing each. They are found by {@link WrongDriversTest} only. */
final class WrongOrders {
    private WrongOrders() {}

    // ---- wrong orders

    static final class KillsWhatIgnoresASignal extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    good.signal(name, life, signal);
                    simulation.after(Duration.ofSeconds(10), () -> good.signal(name, life, Signal.KILL));
                }
            };
        }
    }

    static final class SignalsByName extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private final Map<String, Incarnation> newest = new HashMap<>();

                @Override
                void tell(Observation news, DriverEvents to) {
                    newest.put(news.name(), news.life());
                    to.observed(news);
                }

                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    good.signal(name, newest.getOrDefault(name, life), signal);
                }
            };
        }
    }

    static final class SignalsEverything extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private final Map<Incarnation, String> running = new HashMap<>();

                @Override
                void tell(Observation news, DriverEvents to) {
                    running.put(news.life(), news.name());
                    to.observed(news);
                }

                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    good.signal(name, life, signal);
                    running.forEach((other, its) -> good.signal(its, other, signal));
                }
            };
        }
    }

    static final class SwapsOrders extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private int launches;

                @Override
                public void launch(InstanceSpec spec, Incarnation life) {
                    if (++launches % 2 == 1) {
                        simulation.after(Duration.ofMillis(1), () -> good.launch(spec, life));
                    } else {
                        good.launch(spec, life);
                    }
                }
            };
        }
    }

    static final class StopsAtARefusal extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private boolean stuck;

                @Override
                void tell(Observation news, DriverEvents to) {
                    if (!stuck) {
                        to.observed(news);
                    }
                    stuck |= news instanceof Observation.Refused;
                }
            };
        }
    }

    // ---- wrong ends

    static final class KillsWhenClosed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private final Map<String, Incarnation> running = new HashMap<>();

                @Override
                void tell(Observation news, DriverEvents to) {
                    running.put(news.name(), news.life());
                    to.observed(news);
                }

                @Override
                public void close() {
                    running.keySet().forEach(name -> {
                        if (host.running(name) > 0) {
                            host.exit(name, 137);
                        }
                    });
                    good.close();
                }
            };
        }
    }

    static final class TakesOrdersWhenClosed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private boolean closed;

                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    if (closed) {
                        host.exit(name, 137);
                    } else {
                        good.signal(name, life, signal);
                    }
                }

                @Override
                public void close() {
                    closed = true;
                    good.close();
                }
            };
        }
    }

    static final class OpensTwice extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private boolean open;

                @Override
                public void open(DriverEvents events) {
                    if (!open) {
                        super.open(events);
                    }
                    open = true;
                }
            };
        }
    }

    static final class OpensWhenClosed extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private boolean closed;

                @Override
                public void open(DriverEvents events) {
                    if (!closed) {
                        super.open(events);
                    }
                }

                @Override
                public void close() {
                    closed = true;
                    super.close();
                }
            };
        }
    }

    static final class SignalsTheFirstProcessOnly extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    if (host.lives(name).stream().anyMatch(any -> any.exit().isEmpty())) {
                        host.exit(name, 143);
                    }
                }
            };
        }
    }

    static final class LosesSignals extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good) {
            return new Decorator(good) {
                private int signals;

                @Override
                public void signal(String name, Incarnation life, Signal signal) {
                    if (++signals > 1) {
                        good.signal(name, life, signal);
                    }
                }
            };
        }
    }
}
