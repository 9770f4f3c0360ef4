package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeView;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** Channels that show something wrong. */
final class WrongViews {
    private WrongViews() {}

    /** Changes each view. */
    private abstract static class Spoils extends WrongNode {
        NodeView last = NodeView.unseen();

        Spoils(NodeChannel good) {
            super(good);
        }

        @Override
        public final synchronized NodeView view() {
            NodeView now = good.view();
            NodeView before = last;
            last = now;
            return spoil(now, before);
        }

        /** @param before what was right at the look before */
        abstract NodeView spoil(NodeView now, NodeView before);
    }

    static final class NeverConnects extends Spoils {
        NeverConnects(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.toBuilder().connected(false).build();
        }
    }

    static final class HasNoState extends Spoils {
        HasNoState(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.toBuilder().state("").build();
        }
    }

    static final class NamesItselfAfterItsState extends WrongNode {
        NamesItselfAfterItsState(NodeChannel good) {
            super(good);
        }

        @Override
        public String node() {
            return good.node() + "-" + good.view().request();
        }
    }

    static final class KnowsTooFewStates extends WrongNode {
        KnowsTooFewStates(NodeChannel good) {
            super(good);
        }

        @Override
        public Set<String> states() {
            Set<String> some = new TreeSet<>(good.states());
            some.remove("ALIGNED");
            return some;
        }
    }

    static final class CountsAfreshAfterAReturn extends Spoils {
        private long base;

        CountsAfreshAfterAReturn(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            if (now.connected() && !before.connected()) {
                base = now.version() - 1;
            }
            return now.toBuilder().version(now.version() - base).build();
        }
    }

    static final class CountsNothing extends Spoils {
        CountsNothing(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.toBuilder().version(1).build();
        }
    }

    static final class Tears extends Spoils {
        private String target = "";

        Tears(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            if (now.version() > before.version()) {
                target = before.target();
            }
            return now.toBuilder().target(target).build();
        }
    }

    static final class StaysConnected extends Spoils {
        StaysConnected(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.toBuilder().connected(true).build();
        }
    }

    static final class ForgetsWhatItSaw extends Spoils {
        ForgetsWhatItSaw(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.connected()
                    ? now
                    : NodeView.unseen().toBuilder().version(now.version()).build();
        }
    }

    /** Shows what others ask of a node that it says is lost; the right one must not be asked then. */
    static final class LooksAtTheLost extends Spoils {
        LooksAtTheLost(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            return now.connected() ? now : now.toBuilder().request("ALIGNED").build();
        }
    }

    static final class ShowsTheOldViewFirst extends Spoils {
        ShowsTheOldViewFirst(NodeChannel good) {
            super(good);
        }

        @Override
        NodeView spoil(NodeView now, NodeView before) {
            boolean back = now.connected() && !before.connected() && before.version() > 0;
            return back
                    ? before.toBuilder().connected(true).version(now.version()).build()
                    : now;
        }
    }

    /** Waits for something that has come already, so that only an interrupt shows that it waits. */
    static final class Waits extends WrongNode {
        private final CountDownLatch come = new CountDownLatch(0);

        Waits(NodeChannel good) {
            super(good);
        }

        @Override
        public NodeView view() {
            try {
                come.await();
            } catch (InterruptedException swallowed) {
                return good.view();
            }
            return good.view();
        }
    }
}
