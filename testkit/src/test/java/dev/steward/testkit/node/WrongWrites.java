package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Channels that do the wrong thing with writes. */
final class WrongWrites {
    private WrongWrites() {}

    static final class NeverAnswersALoad extends WrongNode {
        NeverAnswersALoad(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write, write instanceof NodeWrite.Load ? outcome -> {} : done);
        }
    }

    static final class AnswersTwice extends WrongNode {
        AnswersTwice(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write, done.andThen(write instanceof NodeWrite.Release ? done : outcome -> {}));
        }
    }

    static final class AnswersTooEarly extends WrongNode {
        AnswersTooEarly(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            done.accept(WriteOutcome.accepted());
            good.write(write, outcome -> {});
        }
    }

    static final class NeverPauses extends WrongNode {
        NeverPauses(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            boolean pause = write.equals(new NodeWrite.Operate(NodeOp.PAUSE));
            good.write(pause ? new NodeWrite.Operate(NodeOp.EXEC) : write, done);
        }
    }

    static final class SetsModeFirst extends WrongNode {
        private boolean halfDone;

        SetsModeFirst(NodeChannel good) {
            super(good);
        }

        @Override
        public NodeView view() {
            NodeView view = good.view();
            return halfDone ? view.toBuilder().mode(NodeMode.MANAGED).build() : view;
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (write instanceof NodeWrite.Manage) {
                halfDone = true;
                tell();
                halfDone = false;
            }
            good.write(write, done);
        }
    }

    static final class AlwaysForgets extends WrongNode {
        AlwaysForgets(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write instanceof NodeWrite.Release ? new NodeWrite.Release(true) : write, done);
        }
    }

    static final class NeverForgets extends WrongNode {
        NeverForgets(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write instanceof NodeWrite.Release ? new NodeWrite.Release(false) : write, done);
        }
    }

    static final class TakesAnyState extends WrongNode {
        TakesAnyState(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(
                    write,
                    outcome -> done.accept(
                            outcome.kind() == WriteOutcome.Kind.REFUSED ? WriteOutcome.accepted() : outcome));
        }
    }

    static final class RefusesTooLate extends WrongNode {
        private String half = "";

        RefusesTooLate(NodeChannel good) {
            super(good);
        }

        @Override
        public NodeView view() {
            NodeView view = good.view();
            return half.isEmpty() ? view : view.toBuilder().request(half).build();
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (write instanceof NodeWrite.Request request && !states().contains(request.state())) {
                half = request.state();
                tell();
                half = "";
            }
            good.write(write, done);
        }
    }

    static final class AsksAgainForTheLastButOne extends WrongNode {
        private String last = "";

        AsksAgainForTheLastButOne(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write, done);
            if (write instanceof NodeWrite.Request request) {
                String before = last;
                last = request.state();
                if (!before.isEmpty()) {
                    good.write(new NodeWrite.Request(before), outcome -> {});
                }
            }
        }
    }

    /** Does every request but the fifth. */
    static final class AnswersWithoutDoing extends WrongNode {
        private int requests;

        AnswersWithoutDoing(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (write instanceof NodeWrite.Request && ++requests % 6 == 0) {
                done.accept(WriteOutcome.accepted());
            } else {
                good.write(write, done);
            }
        }
    }

    static final class TakesSilenceForYes extends WrongNode {
        TakesSilenceForYes(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(
                    write,
                    outcome -> done.accept(
                            outcome.kind() == WriteOutcome.Kind.UNKNOWN ? WriteOutcome.accepted() : outcome));
        }
    }

    static final class WaitsForEver extends WrongNode {
        WaitsForEver(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(write, outcome -> {
                if (outcome.kind() != WriteOutcome.Kind.UNKNOWN) {
                    done.accept(outcome);
                }
            });
        }
    }

    static final class IgnoresWhomItAnswers extends WrongNode {
        private boolean answering;

        IgnoresWhomItAnswers(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (!answering) {
                good.write(write, outcome -> {
                    answering = true;
                    try {
                        done.accept(outcome);
                    } finally {
                        answering = false;
                    }
                });
            }
        }
    }

    static final class TakesOffence extends WrongNode {
        private boolean offended;

        TakesOffence(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (!offended) {
                good.write(write, outcome -> {
                    try {
                        done.accept(outcome);
                    } catch (RuntimeException thrown) {
                        offended = true;
                        throw thrown;
                    }
                });
            }
        }
    }

    static final class KeepsToOneThread extends WrongNode {
        private final Thread own = Thread.currentThread();

        KeepsToOneThread(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (Thread.currentThread() == own) {
                good.write(write, done);
            }
        }
    }

    static final class SaysUnknownOfWhatNeverLeft extends WrongNode {
        SaysUnknownOfWhatNeverLeft(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            good.write(
                    write,
                    outcome -> done.accept(
                            outcome.kind() == WriteOutcome.Kind.NOT_SENT ? WriteOutcome.unknown("lost") : outcome));
        }
    }

    static final class SendsItLater extends WrongNode {
        private final List<NodeWrite> kept = new ArrayList<>();

        SendsItLater(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (!good.view().connected()) {
                kept.add(write);
            }
            good.write(write, done);
        }

        @Override
        void changed() {
            tell();
            if (good.view().connected() && !kept.isEmpty()) {
                good.write(kept.remove(0), outcome -> {});
            }
        }
    }

    static final class ThrowsForALostNode extends WrongNode {
        ThrowsForALostNode(NodeChannel good) {
            super(good);
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (!good.view().connected()) {
                throw new IllegalStateException("lost");
            }
            good.write(write, done);
        }
    }
}
