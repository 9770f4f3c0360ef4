package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeInstanceDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Drivers that stop their children when they are closed, wrong in one thing each. They are found by {@link WrongDriversTest} only. */
final class WrongEnds {
    private WrongEnds() {}

    /** One that leaves what runs, with something of its own before that. */
    private static class Stopping extends Decorator {
        final SpoiltDriverContract test;
        final Map<Incarnation, String> running = new HashMap<>();
        private final boolean stops;
        private boolean silent;

        Stopping(SpoiltDriverContract test, OnClose onClose) {
            super(new FakeInstanceDriver(test.host));
            this.test = test;
            this.stops = onClose == OnClose.STOP;
        }

        @Override
        void tell(Observation news, DriverEvents to) {
            if (news instanceof Observation.Running) {
                running.put(news.life(), news.name());
            }
            if (!silent) {
                to.observed(news);
            }
        }

        @Override
        void tell(Census census, DriverEvents to) {
            census.running().forEach(seen -> running.put(seen.life(), seen.name()));
            to.census(census);
        }

        @Override
        public void close() {
            if (stops && !silent) {
                silent = isSilentAtClose();
                stop();
                silent = true;
            }
            good.close();
        }

        boolean isSilentAtClose() {
            return true;
        }

        /** Tells all to terminate, and kills them. */
        void stop() {
            send(Signal.TERM);
            send(Signal.KILL);
        }

        final void send(Signal signal) {
            running.forEach((life, name) -> good.signal(name, life, signal));
            test.simulation.run(Duration.ofMillis(1));
        }
    }

    /** Wrong in nothing, and so the proof that what follows is wrong in one thing. */
    static final class StopsInItsOwnWay extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose);
        }
    }

    static final class LeavesAll extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new FakeInstanceDriver(host);
        }
    }

    static final class LeavesTheDeaf extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void stop() {
                    send(Signal.TERM);
                }
            };
        }
    }

    static final class LeavesWhatLingers extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void tell(Observation news, DriverEvents to) {
                    super.tell(news, to);
                    if (news instanceof Observation.Exited) {
                        running.remove(news.life());
                    }
                }
            };
        }
    }

    static final class KillsWithoutAWord extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void stop() {
                    send(Signal.KILL);
                }
            };
        }
    }

    static final class StopsItsOwnOnly extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void tell(Census census, DriverEvents to) {
                    to.census(census);
                }
            };
        }
    }

    static final class TellsWhatItStops extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                boolean isSilentAtClose() {
                    return false;
                }
            };
        }
    }

    static final class TakesItsTime extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void stop() {
                    send(Signal.TERM);
                    simulation.run(Duration.ofMinutes(1));
                    send(Signal.KILL);
                }
            };
        }
    }

    static final class CarriesOutWhatIsUnderWay extends SpoiltDriverContract {
        @Override
        InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
            return new Stopping(this, onClose) {
                @Override
                void stop() {
                    Set<Incarnation> known = Set.copyOf(running.keySet());
                    simulation.run(Duration.ofMillis(1));
                    running.keySet().retainAll(known);
                    super.stop();
                }
            };
        }
    }
}
