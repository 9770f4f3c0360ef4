package dev.steward.notify;

import static java.util.Objects.requireNonNull;

import dev.steward.time.TimeSource;
import java.util.List;

/**
 * Tells operators what they should know: notifications, which last as long as their cause is raised, and a bounded log of
 * messages.
 *
 * <p>A pass raises what is wrong as often as it sees it, clears what is over, and ends with {@link #publish()}; others read
 * {@link #view()}. <b>The trap:</b> nothing is seen before it is published. In return, readers only ever see finished
 * passes, and what a pass costs follows what it changed: raising again what is raised, and publishing when nothing changed,
 * allocate nothing and read no clock.
 *
 * <p>The log takes only what is {@linkplain #log logged}; raising and clearing leave no trace in it. Old messages are
 * dropped when a new one comes, by the monotonic clock. So setting the wall clock drops none, and a quiet board may show
 * messages that are older than the retention asks for.
 *
 * <p><b>Threads.</b> One thread writes, that of the pass; {@link #view()} is safe for use by many threads.
 */
public final class NotificationBoard {
    private final TimeSource time;
    private final RaisedPages raised = new RaisedPages();
    private final MessageLog log;
    private boolean raisedChanged;
    private boolean logChanged;
    private volatile NotificationView view = new NotificationView(raised.show(), List.of());

    /** An empty board that keeps messages as {@link MessageRetention#defaults()} says. */
    public NotificationBoard(TimeSource time) {
        this(time, MessageRetention.defaults());
    }

    /** An empty board. */
    public NotificationBoard(TimeSource time, MessageRetention retention) {
        this.time = requireNonNull(time, "time");
        this.log = new MessageLog(requireNonNull(retention, "retention"));
    }

    /**
     * Shows a text until its cause is cleared. The same text again changes nothing, so its {@code since} stays; another text
     * of the same cause takes its place, with a {@code since} of its own.
     *
     * @param source who says so; not empty
     * @param key which of the source's causes it is about; not empty
     * @return whether anything changed
     * @throws IllegalArgumentException if the source or the key is empty
     */
    public boolean raise(String source, String key, String text) {
        Notification before = raised.find(source, key);
        if (before != null && before.text().equals(text)) {
            return false;
        }
        raised.put(before, new Notification(source, key, text, time.now()));
        raisedChanged = true;
        return true;
    }

    /**
     * Takes down what was raised for one cause.
     *
     * @return whether there was anything
     */
    public boolean clear(String source, String key) {
        Notification found = raised.find(source, key);
        if (found == null) {
            return false;
        }
        raised.remove(found);
        raisedChanged = true;
        return true;
    }

    /**
     * Takes down everything that a source has raised.
     *
     * @return whether there was anything
     */
    public boolean clearAll(String source) {
        boolean changed = raised.removeAll(source);
        raisedChanged |= changed;
        return changed;
    }

    /** Adds a message to the log. */
    public void log(String source, String text) {
        log.add(time, source, text);
        logChanged = true;
    }

    /**
     * Lets readers see what changed since the last call; the last thing a pass does with the board. Takes time by what has
     * changed; the list of what is raised is put together by whoever first reads it.
     *
     * @return whether anything had changed
     */
    public boolean publish() {
        if (!raisedChanged && !logChanged) {
            return false;
        }
        NotificationView before = view;
        view = new NotificationView(
                raisedChanged ? raised.show() : before.raised(), logChanged ? log.window() : before.messages());
        raisedChanged = false;
        logChanged = false;
        return true;
    }

    /** The board as of the last {@link #publish()}. Any thread; one read of a volatile field. */
    public NotificationView view() {
        return view;
    }
}
