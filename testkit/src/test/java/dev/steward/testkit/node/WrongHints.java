package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.ArrayList;
import java.util.function.Consumer;

/** Channels that hint at the wrong time, or tell the wrong listener. */
final class WrongHints {
    private WrongHints() {}

    static final class NeverHints extends WrongNode {
        NeverHints(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            // says nothing
        }
    }

    static final class HintsAtEveryOtherChange extends WrongNode {
        private int changes;

        HintsAtEveryOtherChange(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            if (++changes % 2 == 1) {
                tell();
            }
        }
    }

    static final class HintsBeforeTheChange extends WrongNode {
        private NodeView shown = NodeView.unseen();
        private boolean telling;

        HintsBeforeTheChange(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            telling = true;
            tell();
            telling = false;
        }

        @Override
        public NodeView view() {
            if (!telling) {
                shown = good.view();
                return shown;
            }
            NodeView before = shown;
            shown = good.view();
            return before;
        }
    }

    static final class TellsAtOnce extends WrongNode {
        TellsAtOnce(NodeChannel good) {
            super(good);
        }

        @Override
        public Listening listen(Runnable changed) {
            Listening listening = super.listen(changed);
            changed.run();
            return listening;
        }
    }

    static final class NeverLetsGo extends WrongNode {
        NeverLetsGo(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            // stays
        }
    }

    static final class SendsAllAway extends WrongNode {
        SendsAllAway(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            ties.clear();
        }
    }

    static final class SendsTheFirstAway extends WrongNode {
        SendsTheFirstAway(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            ties.remove(0);
        }
    }

    static final class SendsAllOfAKindAway extends WrongNode {
        SendsAllOfAKindAway(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            ties.removeIf(other -> other.listener == tie.listener);
        }
    }

    /** One that goes twice takes another of its kind along. */
    static final class SendsAnotherAway extends WrongNode {
        SendsAnotherAway(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            ties.stream()
                    .filter(other -> other.listener == tie.listener)
                    .findFirst()
                    .ifPresent(ties::remove);
        }
    }

    static final class EndsWithItsLastListener extends WrongNode {
        private boolean ended;

        EndsWithItsLastListener(NodeChannel good) {
            super(good);
        }

        @Override
        void gone(Tie tie) {
            super.gone(tie);
            ended |= ties.isEmpty();
        }

        @Override
        void changed() {
            if (!ended) {
                tell();
            }
        }
    }

    static final class StopsAtOneThatThrows extends WrongNode {
        StopsAtOneThatThrows(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            for (Tie tie : ties) {
                tie.listener.run();
            }
        }
    }

    static final class StumblesOverOneThatGoes extends WrongNode {
        StumblesOverOneThatGoes(NodeChannel good) {
            super(good);
            ties = new ArrayList<>();
        }
    }

    static final class IgnoresWhomItTells extends WrongNode {
        private boolean telling;

        IgnoresWhomItTells(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            telling = true;
            try {
                tell();
            } finally {
                telling = false;
            }
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            if (!telling) {
                good.write(write, done);
            }
        }
    }

    static final class IsSilentAboutLosses extends WrongNode {
        IsSilentAboutLosses(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            if (good.view().connected()) {
                tell();
            }
        }
    }

    static final class IsSilentAboutReturns extends WrongNode {
        private boolean lost;

        IsSilentAboutReturns(NodeChannel good) {
            super(good);
        }

        @Override
        void changed() {
            boolean back = lost && good.view().connected();
            lost = !good.view().connected();
            if (!back) {
                tell();
            }
        }
    }

    /** Looks for a lost node only on behalf of those who have seen it. */
    static final class GivesUp extends WrongNode {
        GivesUp(NodeChannel good) {
            super(good);
        }

        @Override
        public Listening listen(Runnable changed) {
            return good.view().connected() ? super.listen(changed) : () -> {};
        }
    }
}
