package dev.steward.testkit.contract;

import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Feeds that are wrong in what they keep and how they are read. */
final class ReadingDefects {
    private ReadingDefects() {}

    static final class SkipsNumbers extends DelegatingFeed {
        SkipsNumbers(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public StateEvent publish(StateChange change) {
            right.publish(change);
            return right.publish(change);
        }
    }

    static final class ForgetsTheRequest extends DelegatingFeed {
        ForgetsTheRequest(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public StateEvent publish(StateChange change) {
            return right.publish(change.answering(""));
        }
    }

    static final class StampsInOrder extends DelegatingFeed {
        StampsInOrder(VirtualTime time, int tail) {
            super(new Rising(time), tail);
        }

        private static final class Rising implements TimeSource {
            private final TimeSource time;
            private Instant latest = Instant.MIN;

            private Rising(TimeSource time) {
                this.time = time;
            }

            @Override
            public Instant now() {
                Instant now = time.now();
                latest = now.isAfter(latest) ? now : latest;
                return latest;
            }

            @Override
            public long nanos() {
                return time.nanos();
            }
        }
    }

    static final class DeliversTwice extends DelegatingFeed {
        DeliversTwice(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public int poll(StateListener listener) {
                    return right.poll(event -> {
                        listener.event(event);
                        listener.event(event);
                    });
                }
            };
        }
    }

    static final class BeginsAtTheStart extends DelegatingFeed {
        BeginsAtTheStart(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription subscribe(Runnable wakeUp) {
            return subscribe(start(), wakeUp);
        }
    }

    static final class ForgetsThePosition extends DelegatingFeed {
        ForgetsThePosition(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription subscribe(Position after, Runnable wakeUp) {
            return right.subscribe(wakeUp);
        }
    }

    static final class ClaimsToHaveReadAll extends DelegatingFeed {
        ClaimsToHaveReadAll(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public Position position() {
                    return ClaimsToHaveReadAll.this.position();
                }
            };
        }
    }

    static final class TakesAnyNumber extends DelegatingFeed {
        TakesAnyNumber(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription subscribe(Position after, Runnable wakeUp) {
            return super.subscribe(after.sequence() > position().sequence() ? position() : after, wakeUp);
        }
    }

    static final class SkipsInSilence extends DelegatingFeed {
        SkipsInSilence(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public int poll(StateListener listener) {
                    return right.poll(new StateListener() {
                        @Override
                        public void event(StateEvent event) {
                            listener.event(event);
                        }

                        @Override
                        public void gap(long first, long last) {}
                    });
                }
            };
        }
    }

    static final class KeepsOneLess extends DelegatingFeed {
        KeepsOneLess(VirtualTime time, int tail) {
            super(time, tail - 1);
        }
    }

    /** What a listener throws, be it of its own or because of a gap, takes the cursor back to where the poll began. */
    static final class SticksAtAThrow extends DelegatingFeed {
        SticksAtAThrow(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                private Subscription current = right;

                @Override
                public int poll(StateListener listener) {
                    Position before = current.position();
                    try {
                        return current.poll(listener);
                    } catch (RuntimeException failure) {
                        current = SticksAtAThrow.this.right.subscribe(before, () -> {});
                        throw failure;
                    }
                }
            };
        }
    }

    static final class TrustsStrangers extends DelegatingFeed {
        TrustsStrangers(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        public Subscription subscribe(Position after, Runnable wakeUp) {
            return super.subscribe(new Position(position().feed(), after.sequence()), wakeUp);
        }
    }

    static final class PollsOnAndOn extends DelegatingFeed {
        PollsOnAndOn(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public int poll(StateListener listener) {
                    int delivered = 0;
                    for (int more = right.poll(listener); more > 0 && delivered < 100; more = right.poll(listener)) {
                        delivered += more;
                    }
                    return delivered;
                }
            };
        }
    }

    static final class PollsWithinPolls extends DelegatingFeed {
        PollsWithinPolls(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                private boolean polling;

                @Override
                public int poll(StateListener listener) {
                    if (polling) {
                        return 0;
                    }
                    polling = true;
                    try {
                        return right.poll(listener);
                    } finally {
                        polling = false;
                    }
                }
            };
        }
    }

    static final class FinishesThePoll extends DelegatingFeed {
        FinishesThePoll(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public int poll(StateListener listener) {
                    List<StateEvent> read = new ArrayList<>();
                    int delivered = right.poll(read::add);
                    read.forEach(listener::event);
                    return delivered;
                }
            };
        }
    }

    static final class SharesItsCursor extends DelegatingFeed {
        private Subscription shared;

        SharesItsCursor(VirtualTime time, int tail) {
            super(time, tail);
        }

        @Override
        protected Subscription wrap(Subscription cursor) {
            shared = shared == null ? cursor : shared;
            return shared;
        }
    }
}
