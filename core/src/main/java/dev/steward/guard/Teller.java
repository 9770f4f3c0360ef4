package dev.steward.guard;

import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.node.Node;
import dev.steward.node.NodeCause;
import dev.steward.notify.NotificationBoard;
import dev.steward.notify.NotificationView;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others what a node does: each state that it enters to the feed and the log, what operators should know to the board.
 *
 * <p>What a feed refuses by throwing is kept in order, up to a bound, and offered again. Not safe for use by many threads, but for
 * {@link #board}.
 */
final class Teller {
    /** So many events wait for a feed that takes none; then the oldest are lost. */
    static final int MOST_WAITING = 1_024;

    private static final Logger log = LoggerFactory.getLogger(GuardNode.class);
    private static final String FEED = "feed";
    private static final String FEED_LOST = "feed-lost";
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final String node;
    private final @Nullable StateFeed feed;
    private final Notices notices;
    private final NotificationBoard board;
    private final Deque<StateChange> waiting = new ArrayDeque<>();
    private List<String> raised = List.of();

    Teller(String node, @Nullable StateFeed feed, TimeSource time, Notices notices) {
        this.node = node;
        this.feed = feed;
        this.notices = notices;
        this.board = new NotificationBoard(time);
    }

    /** The node has entered a state. */
    void entered(String state, NodeCause cause, String why) {
        if (feed != null) {
            waiting.add(StateChange.entered(Node.NODE, node, state).because(new Reason(cause, why)));
            if (waiting.size() > MOST_WAITING) {
                waiting.remove();
                notices.trouble(FEED_LOST, "events were lost, as the feed took none for too long");
            }
        }
        String text = state + " (" + cause.name().toLowerCase(Locale.ROOT) + (why.isEmpty() ? "" : " " + why) + ")";
        board.log(node, text);
        log.atInfo()
                .addKeyValue("node", node)
                .addKeyValue("state", state)
                .addKeyValue("cause", cause)
                .log("{}", why);
    }

    /** Something that operators should find among the messages. */
    void warn(String text) {
        board.log(node, text);
        log.atWarn().addKeyValue("node", node).log("{}", text);
    }

    /** The user's code or a collaborator has thrown. */
    void defect(String who, Throwable thrown) {
        board.log(node, who + " has thrown: " + Thrown.text(thrown));
        logDefect(node, who, thrown);
    }

    /** The same, from any thread: for the log alone. */
    static void logDefect(String node, String who, Throwable thrown) {
        try {
            log.atError().addKeyValue("node", node).setCause(thrown).log("{} has thrown", who);
        } catch (RuntimeException
                | StackOverflowError error) { // it is somebody's own class, and even its message may throw
            log.atError().addKeyValue("node", node).log("{} has thrown {}", who, thrown.getClass());
        }
    }

    /** A line of the user's code. */
    void line(String state, String method, String message) {
        board.log(node, "[" + state + "." + method + "] " + message);
        log.atInfo()
                .addKeyValue("node", node)
                .addKeyValue("state", state)
                .addKeyValue("method", method)
                .log("{}", message);
    }

    /** Offers the feed what has happened; answers the nanoseconds until it should be tried again. */
    long flush() {
        for (StateChange change = waiting.peek(); change != null; change = waiting.peek()) {
            try {
                if (feed != null) {
                    feed.publish(change);
                }
            } catch (Throwable thrown) { // somebody else's feed must not end the pass
                Thrown.rethrowFatal(thrown);
                String trouble = "the feed takes no events: " + Thrown.text(thrown);
                if (notices.trouble(FEED, trouble)) {
                    warn(trouble);
                }
                return RETRY_NANOS;
            }
            waiting.remove();
        }
        notices.clear(FEED);
        notices.clear(FEED_LOST);
        return Long.MAX_VALUE;
    }

    /** Puts what the node has to say on the board, and takes down what it has not any more; lets readers see it. */
    void raise(List<String> messages) {
        if (messages != raised) {
            Set<String> kept = new HashSet<>(messages);
            raised.stream().filter(text -> !kept.contains(text)).forEach(text -> board.clear(node, text));
            messages.forEach(text -> board.raise(node, text, text));
            raised = messages;
        }
        publish();
    }

    /** Lets readers of the board see what has changed. */
    void publish() {
        board.publish();
    }

    /** What operators should know, and the latest messages; from any thread. */
    NotificationView board() {
        return board.view();
    }
}
