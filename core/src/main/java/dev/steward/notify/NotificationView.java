package dev.steward.notify;

import java.util.List;

/**
 * What a {@link NotificationBoard} showed when it was last published.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class NotificationView {
    private final List<Notification> notifications;
    private final List<LoggedMessage> messages;

    /** Takes lists that never change. */
    NotificationView(List<Notification> notifications, List<LoggedMessage> messages) {
        this.notifications = notifications;
        this.messages = messages;
    }

    /**
     * What is raised: source by source in the order in which they came, and within a source cause by cause in the order in
     * which they came. A changed text keeps the place of its cause.
     */
    public List<Notification> notifications() {
        return notifications;
    }

    /** The log, oldest message first. */
    public List<LoggedMessage> messages() {
        return messages;
    }

    @Override
    public String toString() {
        return "NotificationView[" + notifications + ", " + messages.size() + " messages]";
    }
}
