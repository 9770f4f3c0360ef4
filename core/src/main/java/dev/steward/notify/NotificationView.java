package dev.steward.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link NotificationBoard} showed when it was last published.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class NotificationView {
    private final Notification[][][] raised;
    private final List<LoggedMessage> messages;
    private @Nullable List<Notification> notifications; // put together by who finds none: it is the same for all

    /** Takes what never changes. */
    NotificationView(Notification[][][] raised, List<LoggedMessage> messages) {
        this.raised = raised;
        this.messages = messages;
    }

    Notification[][][] raised() {
        return raised;
    }

    /**
     * What is raised: source by source in the order in which they came, and within a source cause by cause in the order in
     * which they came. A changed text keeps the place of its cause.
     */
    public List<Notification> notifications() {
        List<Notification> list = notifications;
        if (list == null) {
            list = RaisedPages.list(raised);
            notifications = list;
        }
        return list;
    }

    /** The log, oldest message first. */
    public List<LoggedMessage> messages() {
        return messages;
    }

    @Override
    public String toString() {
        return "NotificationView[" + notifications() + ", " + messages.size() + " messages]";
    }
}
