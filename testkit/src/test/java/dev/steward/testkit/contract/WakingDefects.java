package dev.steward.testkit.contract;

import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.time.VirtualTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Feeds that are wrong in how they wake, listen and share themselves among threads. */
final class WakingDefects {
    private WakingDefects() {}

    /** Wakes everybody at every publication, which is allowed, but does it by itself. */
    static class OwnWakeUps extends DelegatingFeed {
        protected final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();

        OwnWakeUps(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public StateEvent publish(StateChange change) {
            StateEvent event = right.publish(change);
            wake();
            return event;
        }

        protected void wake() {
            for (Runnable wakeUp : wakeUps) {
                try {
                    wakeUp.run();
                } catch (Hostile hostile) {
                    assert hostile.getMessage().equals("hostile");
                }
            }
        }

        @Override
        public Subscription subscribe(Position after, Runnable wakeUp) {
            wakeUps.add(wakeUp);
            return new Cursor(right.subscribe(after, () -> {})) {
                @Override
                public void close() {
                    super.close();
                    unsubscribe(wakeUp);
                }
            };
        }

        protected void unsubscribe(Runnable wakeUp) {
            wakeUps.remove(wakeUp);
        }
    }

    static final class WakesBefore extends OwnWakeUps {
        WakesBefore(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public StateEvent publish(StateChange change) {
            wake();
            return right.publish(change);
        }
    }

    static final class WakesOnce extends OwnWakeUps {
        WakesOnce(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected void wake() {
            super.wake();
            wakeUps.clear();
        }
    }

    static final class WakesTheClosed extends OwnWakeUps {
        WakesTheClosed(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected void unsubscribe(Runnable wakeUp) {}
    }

    static final class LetsWakeUpsThrow extends OwnWakeUps {
        LetsWakeUpsThrow(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected void wake() {
            wakeUps.forEach(Runnable::run);
        }
    }

    static final class ListensDirectly extends DelegatingFeed {
        ListensDirectly(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription listen(Executor executor, StateListener listener) {
            return super.listen(Runnable::run, listener);
        }
    }

    static final class GivesUpAtAThrow extends DelegatingFeed {
        GivesUpAtAThrow(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription listen(Executor executor, StateListener listener) {
            return super.listen(executor, new StateListener() {
                private boolean gaveUp;

                @Override
                public void event(StateEvent event) {
                    if (!gaveUp) {
                        gaveUp = true;
                        listener.event(event);
                        gaveUp = false;
                    }
                }
            });
        }
    }

    static final class GivesUpAtARefusal extends DelegatingFeed {
        GivesUpAtARefusal(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription listen(Executor executor, StateListener listener) {
            return super.listen(new GivesUp(executor), listener);
        }

        private static final class GivesUp implements Executor {
            private final Executor executor;
            private boolean gaveUp;

            private GivesUp(Executor executor) {
                this.executor = executor;
            }

            @Override
            public void execute(Runnable task) {
                if (!gaveUp) {
                    try {
                        executor.execute(task);
                    } catch (RejectedExecutionException refused) {
                        gaveUp = true;
                        throw refused;
                    }
                }
            }
        }
    }

    static final class ListensForEver extends DelegatingFeed {
        ListensForEver(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription listen(Executor executor, StateListener listener) {
            return new Cursor(super.listen(executor, listener)) {
                @Override
                public void close() {}
            };
        }
    }

    /** What other threads publish is numbered, and lost. */
    static final class HearsOneThread extends DelegatingFeed {
        private final Thread own = Thread.currentThread();
        private final StateFeed lost;

        HearsOneThread(VirtualTime time, int tail) {
            super(time, tail);
            lost = new DelegatingFeed(time, tail);
        }

        @Override
        public StateEvent publish(StateChange change) {
            return Thread.currentThread() == own ? right.publish(change) : lost.publish(change);
        }
    }
}
