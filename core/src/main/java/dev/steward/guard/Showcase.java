package dev.steward.guard;

import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeView;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a node shows: its view, replaced as a whole, and those who want to know when it is. The pass shows; the view may be read and
 * listeners come and go on any thread.
 */
final class Showcase {
    private final TimeSource time;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private List<String> messages = List.of(); // as they were given for the view
    private boolean isUntold; // somebody who listens does not know of the view yet
    private volatile NodeView view;

    /** One who listens; two of the same hint are two. */
    private static final class Listener {
        private final Runnable hint;
        private boolean hasThrown;
        private volatile boolean isOver;

        private Listener(Runnable hint) {
            this.hint = hint;
        }
    }

    Showcase(TimeSource time, Records records) {
        this.time = time;
        this.view = records.toView().at(records.stateSince).version(1).build();
    }

    NodeView view() {
        return view;
    }

    Listening listen(Runnable changed) {
        Listener listener = new Listener(changed);
        listeners.add(listener);
        return () -> {
            listener.isOver = true;
            listeners.remove(listener);
        };
    }

    /** Shows what has changed. */
    void show(Records records, List<String> said) {
        NodeView before = view;
        if ((said == messages || said.equals(messages)) && records.isShownBy(before)) {
            return;
        }
        messages = said;
        isUntold = true;
        view = records.toView()
                .messages(said)
                .at(time.now())
                .version(before.version() + 1)
                .build();
    }

    /** The node is gone: its last view, not connected any more. */
    void lose() {
        NodeView before = view;
        isUntold = true;
        view = before.toBuilder()
                .connected(false)
                .ok(false)
                .active(false)
                .at(time.now())
                .version(before.version() + 1)
                .build();
    }

    /** Tells all who listen if they do not know of the view yet; one that throws hurts nobody, and its first throw is told. */
    void hint(Teller teller) {
        if (isUntold) {
            for (Listener listener : listeners) {
                if (!listener.isOver) {
                    tell(listener, teller);
                }
            }
            isUntold = false;
        }
    }

    private static void tell(Listener listener, Teller teller) {
        try {
            listener.hint.run();
        } catch (Throwable thrown) {
            Thrown.rethrowFatal(thrown);
            if (!listener.hasThrown) {
                listener.hasThrown = true;
                teller.defect("a listener", thrown);
            }
        }
    }
}
