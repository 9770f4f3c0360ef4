package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.testkit.FakeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Between one manager and one node: everything that goes through is told to the oracle, and the manager may die at each step of it. Not
 * safe for use by many threads.
 */
final class NodeWorldChannel implements NodeChannel {
    private final NodeWorldManager manager;
    private final int index;
    private final NodeWorld world;
    private final FakeNode node;
    private final NodeOracle oracle;
    private final List<Listening> ties = new ArrayList<>();
    private boolean hinted;
    private boolean wasHinted;
    private boolean hasFailed;

    NodeWorldChannel(NodeWorldManager manager, int index, NodeOracle oracle) {
        this.manager = manager;
        this.index = index;
        this.world = manager.world;
        this.node = world.fakes.get(index);
        this.oracle = oracle;
    }

    @Override
    public String node() {
        return node.node();
    }

    @Override
    public Set<String> states() {
        return node.states();
    }

    @Override
    public NodeView view() {
        manager.step("at a look");
        hinted = false;
        try {
            NodeView view = node.view();
            oracle.seen(view, manager.now());
            return view;
        } catch (IllegalStateException told) {
            world.tally.fault("F24 view throws");
            oracle.unseen(manager.now());
            throw told;
        }
    }

    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        manager.step("before a write");
        manager.hands.sending(index, write);
        world.written(manager.name(), index, write);
        NodeOracle.Ask ask = oracle.sent(write, manager.now());
        try {
            node.write(write, outcome -> {
                if (!manager.isGone()) {
                    oracle.told(ask, outcome);
                    done.accept(outcome);
                }
            });
        } catch (IllegalStateException told) {
            manager.hands.threw();
            oracle.threw(ask, manager.now());
            throw told;
        }
        manager.step("behind a write");
    }

    @Override
    public Listening listen(Runnable changed) {
        manager.step("when it begins to listen");
        try {
            Listening tie = node.listen(() -> {
                if (!manager.isGone()) {
                    world.tally.hints++;
                    hinted = true;
                    changed.run();
                }
            });
            ties.add(tie);
            if (manager.isInFirstPass()) {
                oracle.looksAnyway();
            }
            return () -> {
                ties.remove(tie);
                tie.close();
            };
        } catch (IllegalStateException told) {
            world.tally.fault("F24 listen throws");
            if (hasFailed) {
                oracle.takeOneAnswer(); // without a look
            }
            hasFailed = true;
            throw told;
        }
    }

    /** Its process has ended, hence its connection. */
    void cut() {
        List.copyOf(ties).forEach(Listening::close);
        ties.clear();
    }

    boolean isListenedTo() {
        return !ties.isEmpty();
    }

    void beginPass() {
        wasHinted = hinted;
    }

    /** Whether a hint came before the pass, and the pass has not looked. */
    boolean isOverlooked() {
        return wasHinted && hinted;
    }
}
