package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.TimeSource;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of a scripted node: storage, and a {@link FakeNodeWalk} if it goes where it is asked to. Safe for use by many threads. */
final class FakeNodeRecords implements NodeChannel {
    /** Where a node begins. */
    static final String INIT = "INIT";

    private final String node;
    private final TimeSource time;
    private volatile NodeView view;
    private volatile Set<String> states = Set.of();
    private volatile @Nullable FakeNodeWalk walk;
    private volatile Runnable changed = () -> {};

    FakeNodeRecords(String node, TimeSource time) {
        checkArgument(!node.isEmpty(), "a node without a name");
        this.node = node;
        this.time = time;
        this.view = NodeView.in(INIT)
                .status(NodeStatus.DONE)
                .active(true)
                .stateSince(time.now())
                .at(time.now())
                .version(1)
                .build();
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public NodeView view() {
        return view;
    }

    @Override
    public Set<String> states() {
        return states;
    }

    void knows(Set<String> names) {
        states = names;
    }

    void goes(FakeNodeWalk where) {
        walk = where;
    }

    @Nullable
    FakeNodeWalk walk() {
        return walk;
    }

    /** There is one listener, the fake itself. */
    @Override
    public Listening listen(Runnable listener) {
        changed = listener;
        return () -> changed = () -> {};
    }

    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        try {
            apply(write);
        } finally {
            done.accept(WriteOutcome.accepted());
        }
    }

    /** Does what a write asks for, whoever asks. */
    void apply(NodeWrite write) {
        NodeView before = view;
        change(to -> {
            put(write, to);
            if (walk != null) {
                to.okByRule();
            }
        });
        FakeNodeWalk walking = walk;
        if (walking != null) {
            walking.written(write, before);
        }
    }

    private static void put(NodeWrite write, NodeViewBuilder to) {
        if (write instanceof NodeWrite.Request request) {
            to.request(request.state());
        } else if (write instanceof NodeWrite.Manage manage) {
            to.manager(manage.by()).mode(NodeMode.MANAGED);
        } else if (write instanceof NodeWrite.Release release) {
            to.mode(NodeMode.AUTO);
            if (release.forgetManager()) {
                to.manager("");
            }
        } else if (write instanceof NodeWrite.Operate operate) {
            to.op(operate.op());
        } else if (!(write instanceof NodeWrite.Load)) {
            throw new AssertionError("a write of an unknown kind: " + write);
        }
    }

    /** Changes records, all at once; the stamps and the version are set here. */
    void change(Consumer<NodeViewBuilder> change) {
        synchronized (this) {
            NodeView before = view;
            NodeViewBuilder builder = before.toBuilder();
            change.accept(builder);
            NodeView next = builder.connected(true)
                    .stateSince(before.stateSince())
                    .at(before.at())
                    .version(before.version())
                    .build();
            if (next.equals(before)) {
                return;
            }
            boolean moved = !next.state().equals(before.state());
            view = next.toBuilder()
                    .stateSince(moved ? time.now() : before.stateSince())
                    .at(time.now())
                    .version(before.version() + 1)
                    .build();
        }
        changed.run();
    }
}
