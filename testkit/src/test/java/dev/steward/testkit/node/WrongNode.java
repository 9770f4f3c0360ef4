package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Right, as what it stands before is; with listeners of its own. The subclasses spoil it. */
class WrongNode implements NodeChannel {
    final NodeChannel good;
    List<Tie> ties = new CopyOnWriteArrayList<>();

    /** One listener. */
    static final class Tie {
        final Runnable listener;

        Tie(Runnable listener) {
            this.listener = listener;
        }
    }

    WrongNode(NodeChannel good) {
        this.good = good;
        good.listen(this::changed);
    }

    @Override
    public String node() {
        return good.node();
    }

    @Override
    public Set<String> states() {
        return good.states();
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
        Tie tie = new Tie(changed);
        ties.add(tie);
        return () -> gone(tie);
    }

    void gone(Tie tie) {
        ties.remove(tie);
    }

    /** The right one hints. */
    void changed() {
        tell();
    }

    final void tell() {
        RuntimeException thrown = null;
        for (Tie tie : ties) {
            try {
                tie.listener.run();
            } catch (RuntimeException hostile) {
                thrown = hostile;
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }
}
