package dev.steward.benchmarks;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.function.Consumer;

/**
 * A node that shows what it is given, and has one listener. It follows a request or a new manager at once. Safe for use by many threads, one
 * of which shows.
 */
final class ShownNode implements NodeChannel {
    private final String name;
    private volatile NodeView view = NodeView.unseen();
    private volatile Runnable listener = () -> {};

    ShownNode(String name) {
        this.name = name;
    }

    /** From now on it looks like this, and the listener is told. */
    void show(NodeView next) {
        view = next;
        listener.run();
    }

    /** From now on it looks like this, and nobody is told. */
    void change(NodeView next) {
        view = next;
    }

    @Override
    public String node() {
        return name;
    }

    @Override
    public NodeView view() {
        return view;
    }

    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        NodeViewBuilder next = view.toBuilder();
        if (write instanceof NodeWrite.Manage manage) {
            next.mode(NodeMode.MANAGED).manager(manage.by());
        } else if (write instanceof NodeWrite.Request request) {
            next.request(request.state());
        }
        show(next.build());
        done.accept(WriteOutcome.accepted());
    }

    @Override
    public Listening listen(Runnable changed) {
        listener = changed;
        return () -> listener = () -> {};
    }
}
