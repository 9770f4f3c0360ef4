package dev.steward.node;

import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A node that is a table of records: none of them moves by itself. What is asked of it is written at once and accepted, unless a test puts
 * another taker in place. Not safe for use by many threads.
 */
final class TableChannel implements NodeChannel {
    private final String node;
    private final VirtualTime time;
    private final List<Runnable> listeners = new ArrayList<>();
    private NodeView view = NodeView.unseen();

    /** What was asked, in order. */
    final List<NodeWrite> writes = new ArrayList<>();

    /** Answers that a {@link #holding} taker has not given yet, in the order of the writes. */
    final List<Consumer<WriteOutcome>> held = new ArrayList<>();

    /** What becomes of a write. */
    BiConsumer<NodeWrite, Consumer<WriteOutcome>> taker = this::accepting;

    /** Run before each look at the view, and before each change of the listeners; may throw. */
    Runnable beforeLook = () -> {};

    Runnable beforeListen = () -> {};
    Runnable beforeEnd = () -> {};

    /** Whether changes are told. */
    boolean hints = true;

    Set<String> states = Set.of();

    TableChannel(String node, VirtualTime time) {
        this.node = node;
        this.time = time;
    }

    /** A node that runs in a state which it was asked for. */
    static TableChannel in(String state, String node, VirtualTime time) {
        TableChannel channel = new TableChannel(node, time);
        channel.show(NodeView.in(state).status(NodeStatus.DONE));
        return channel;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public NodeView view() {
        beforeLook.run();
        return view;
    }

    /** The table itself, whatever a look does. */
    NodeView records() {
        return view;
    }

    @Override
    public Set<String> states() {
        return states;
    }

    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        writes.add(write);
        taker.accept(write, done);
    }

    @Override
    public Listening listen(Runnable changed) {
        beforeListen.run();
        listeners.add(changed);
        return () -> {
            listeners.remove(changed);
            beforeEnd.run();
        };
    }

    int listeners() {
        return listeners.size();
    }

    /** What was asked since this was last asked. */
    List<NodeWrite> takeWrites() {
        List<NodeWrite> taken = List.copyOf(writes);
        writes.clear();
        return taken;
    }

    /** Changes some records at once, as the node or an operator would. */
    void change(UnaryOperator<NodeViewBuilder> changes) {
        show(changes.apply(view.toBuilder()));
    }

    /** Shows other records, as a view newer than the one before; a state is stamped when it is entered. */
    void show(NodeViewBuilder records) {
        NodeView next = records.version(view.version() + 1).at(time.now()).build();
        boolean moved = !next.state().equals(view.state());
        showAsItIs(moved ? next.toBuilder().stateSince(time.now()).build() : next);
    }

    /** Shows just this, version and all. */
    void showAsItIs(NodeView next) {
        view = next;
        if (hints) {
            hint();
        }
    }

    /** Tells that a look is worth while. */
    void hint() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    void accepting(NodeWrite write, Consumer<WriteOutcome> done) {
        apply(write);
        done.accept(WriteOutcome.accepted());
    }

    /** Does nothing yet, and keeps the answer. */
    void holding(NodeWrite write, Consumer<WriteOutcome> done) {
        held.add(done);
    }

    /** Does nothing, and answers so. */
    BiConsumer<NodeWrite, Consumer<WriteOutcome>> answering(WriteOutcome outcome) {
        return (write, done) -> done.accept(outcome);
    }

    /** Answers the write that has waited longest. */
    void answer(WriteOutcome outcome) {
        held.remove(0).accept(outcome);
    }

    /** Writes the records that an intent is about. */
    void apply(NodeWrite write) {
        if (write instanceof NodeWrite.Request request) {
            change(records -> records.request(request.state()));
        } else if (write instanceof NodeWrite.Manage manage) {
            change(records -> records.manager(manage.by()).mode(NodeMode.MANAGED));
        } else if (write instanceof NodeWrite.Release release) {
            change(records ->
                    release.forgetManager() ? records.mode(NodeMode.AUTO).manager("") : records.mode(NodeMode.AUTO));
        } else if (write instanceof NodeWrite.Operate operate) {
            change(records -> records.op(operate.op()));
        } else if (!(write instanceof NodeWrite.Load)) {
            throw new AssertionError("an intent that is not known: " + write);
        }
    }

    @Override
    public String toString() {
        return node + " " + view;
    }
}
