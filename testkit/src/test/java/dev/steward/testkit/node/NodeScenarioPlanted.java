package dev.steward.testkit.node;

import dev.steward.node.Node;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Defects that a manager of nodes could have, put around one that has none: the simulation must find each. */
enum NodeScenarioPlanted {
    /** None. */
    NOTHING,

    /** Does not look although it was told that a look is worth while. */
    LOSES_A_HINT {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                @Override
                public Listening listen(Runnable changed) {
                    return good.listen(() -> {
                        if (!world.oneIn(50)) {
                            changed.run();
                        }
                    });
                }
            };
        }
    },

    /** Takes back a view that is older than the last. */
    GOES_BACK_IN_TIME {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                private NodeView before = NodeView.unseen();

                @Override
                public NodeView view() {
                    NodeView now = good.view();
                    NodeView old = before;
                    before = now;
                    return world.oneIn(50)
                            ? old.toBuilder().version(now.version()).build()
                            : now;
                }
            };
        }
    },

    /** Forgets an answer, and waits until it is late. */
    LOSES_AN_ANSWER {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                @Override
                public void write(NodeWrite write, Consumer<WriteOutcome> done) {
                    good.write(write, world.oneIn(50) ? lost -> {} : done);
                }
            };
        }
    },

    /** Takes an answer that nobody knows for a good one. */
    TAKES_UNKNOWN_FOR_ACCEPTED {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                @Override
                public void write(NodeWrite write, Consumer<WriteOutcome> done) {
                    good.write(
                            write,
                            outcome -> done.accept(
                                    outcome.kind() == WriteOutcome.Kind.UNKNOWN ? WriteOutcome.accepted() : outcome));
                }
            };
        }
    },

    /** Asks once more of itself, as the answer was not a good one. */
    ASKS_AGAIN_BY_ITSELF {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                @Override
                public void write(NodeWrite write, Consumer<WriteOutcome> done) {
                    good.write(write, outcome -> {
                        if (outcome.kind() == WriteOutcome.Kind.UNKNOWN) {
                            good.write(write, again -> {});
                        }
                        done.accept(outcome);
                    });
                }
            };
        }
    },

    /** Sends the last request again when it has released a node. */
    ASKS_AGAIN_AFTER_RELEASE {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                private NodeWrite last = new NodeWrite.Load();

                @Override
                public void write(NodeWrite write, Consumer<WriteOutcome> done) {
                    good.write(write, done);
                    if (write instanceof NodeWrite.Request) {
                        last = write;
                    } else if (write instanceof NodeWrite.Release) {
                        good.write(last, again -> {});
                    }
                }
            };
        }
    },

    /** Forgets that it has released a node, and manages it again when it comes back. */
    COMES_BACK_AFTER_RELEASE,

    /** Revives with what REQUEST is instead of with what it has asked for. */
    REVIVES_WITH_REQUEST,

    /** Goes on writing when it is closed. */
    WRITES_AFTER_ITS_END,

    /** Leaves its listener behind. */
    LISTENS_AFTER_ITS_END {
        @Override
        NodeChannel around(NodeChannel good, NodeWorld world) {
            return new Decorator(good) {
                @Override
                public Listening listen(Runnable changed) {
                    Listening unused = good.listen(changed);
                    return () -> {};
                }
            };
        }
    },

    /** What was lost where it should be has arrived. */
    COUNTS_THE_LOST_AS_ARRIVED {
        @Override
        NodeOracleAnswers answers(NodeManager nodes) {
            return new NodeOracleAnswers(nodes) {
                @Override
                boolean hasArrived(Node node) {
                    return node.lastRequest().filter(node.state()::equals).isPresent();
                }
            };
        }
    },

    /** Compares with REQUEST instead of with what it has asked for. */
    COUNTS_OTHER_REQUESTS_AS_ITS_OWN {
        @Override
        NodeOracleAnswers answers(NodeManager nodes) {
            return new NodeOracleAnswers(nodes) {
                @Override
                boolean hasArrived(Node node) {
                    return node.lastRequest().isPresent() && node.isIn(node.request());
                }
            };
        }
    },

    /** Takes the DONE from before its request for the one after it. */
    TRUSTS_A_STALE_DONE {
        @Override
        NodeOracleAnswers answers(NodeManager nodes) {
            return new NodeOracleAnswers(nodes) {
                @Override
                boolean hasCompleted(Node node) {
                    return node.hasArrived() && node.status() == NodeStatus.DONE;
                }
            };
        }
    },

    /** Counts those that are left out. */
    COUNTS_THE_SKIPPED {
        @Override
        NodeOracleAnswers answers(NodeManager nodes) {
            return new NodeOracleAnswers(nodes) {
                @Override
                List<Node> stalled() {
                    return nodes.report().rows().stream()
                            .map(row -> nodes.node(row.name()))
                            .filter(Node::isStalled)
                            .toList();
                }
            };
        }
    },

    /** Counts a node as stalled that has not yet been for long enough. */
    DOES_NOT_WAIT_FOR_A_STALL_TO_SETTLE {
        @Override
        NodeOracleAnswers answers(NodeManager nodes) {
            return new NodeOracleAnswers(nodes) {
                @Override
                List<Node> stalled() {
                    return nodes.report().rows().stream()
                            .map(row -> nodes.node(row.name()))
                            .filter(node -> !node.isSkipped() && node.view().isStalled())
                            .toList();
                }
            };
        }
    };

    /** What stands between the manager and what it sees of a node. */
    NodeChannel around(NodeChannel good, NodeWorld world) {
        return good;
    }

    /** What it says of its nodes. */
    NodeOracleAnswers answers(NodeManager nodes) {
        return new NodeOracleAnswers(nodes);
    }

    private static class Decorator implements NodeChannel {
        private final NodeChannel good;

        Decorator(NodeChannel good) {
            this.good = good;
        }

        @Override
        public String node() {
            return good.node();
        }

        @Override
        public NodeView view() {
            return good.view();
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write, done);
        }

        @Override
        public Listening listen(Runnable changed) {
            return good.listen(changed);
        }

        @Override
        public Set<String> states() {
            return good.states();
        }
    }
}
