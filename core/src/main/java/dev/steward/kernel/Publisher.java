package dev.steward.kernel;

import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.notify.NotificationBoard;
import dev.steward.notify.NotificationView;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells others what a manager has done: state changes to the feed, what operators should know to the board, and each state change
 * once to the log.
 *
 * <p>What a feed refuses by throwing is kept in order, up to a bound, and offered again a second later. Not safe for use by many threads,
 * but for {@link #board}.
 */
public final class Publisher<S> implements Due {
    private static final int MOST_WAITING = 16_384;
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final Kind<S> kind;
    private final Logger log;
    private final StateFeed feed;
    private final NotificationBoard board;
    private final Pass pass;
    private final Schedule schedule;
    private final String manager;
    private final int slot;
    private final Deque<StateChange> waiting = new ArrayDeque<>();
    private String feedTrouble = "";

    /**
     * What a manager tells.
     *
     * @param manager its name, and the source of its own messages
     * @param kind of what it manages
     * @param log of the manager
     */
    public Publisher(
            String manager, Kind<S> kind, Logger log, StateFeed feed, TimeSource time, Pass pass, Schedule schedule) {
        this.manager = manager;
        this.kind = kind;
        this.log = log;
        this.feed = feed;
        this.board = new NotificationBoard(time);
        this.pass = pass;
        this.schedule = schedule;
        this.slot = schedule.add(this);
    }

    /** A thing of ours is in another state now; {@code from} is null for its first. */
    public void changed(String thing, @Nullable S from, S to, Reason cause) {
        offer(StateChange.entered(kind, thing, to).because(cause));
        message(thing, kind.text(to) + (cause.isNone() ? "" : ": " + cause));
        log.atInfo()
                .addKeyValue(kind.name(), thing)
                .addKeyValue("from", from)
                .addKeyValue("to", to)
                .log("{}", cause);
    }

    /** A thing of ours will not make it to where it is wanted. */
    public void failed(String thing, S state, Reason cause) {
        offer(StateChange.failed(kind, thing, state, cause));
        message(thing, cause.toString());
        log.atWarn().addKeyValue(kind.name(), thing).addKeyValue("state", state).log("{}", cause);
    }

    /** Something that operators may want to read. */
    public void message(String source, String text) {
        board.log(source, text);
    }

    /** Something that operators should know for as long as it lasts; the text goes to the messages and the log when it changes. */
    public void raise(String source, String key, String text) {
        if (keep(source, key, text)) {
            message(source, text);
            log.atWarn().addKeyValue("source", source).log("{}", text);
        }
    }

    /** The same, without saying so again elsewhere; answers whether it is news. */
    public boolean keep(String source, String key, String text) {
        return board.raise(source, key, text);
    }

    /** What was raised is over. */
    public void clear(String source, String key) {
        board.clear(source, key);
    }

    /** Something of ours has thrown what it never should. */
    public void defect(String source, RuntimeException error) {
        message(source, "a defect: " + Texts.thrown(error));
        log.atError().addKeyValue("source", source).setCause(error).log("a defect");
    }

    private void offer(StateChange change) {
        waiting.add(change);
        if (waiting.size() == 1) {
            flush(pass.now());
        } else if (waiting.size() > MOST_WAITING) {
            waiting.remove();
            raise(manager, "feed-lost", "events were lost, as the feed took none for too long");
        }
    }

    @Override
    public void run(long now) {
        flush(now);
    }

    private void flush(long now) {
        for (StateChange change = waiting.peek(); change != null; change = waiting.peek()) {
            try {
                feed.publish(change);
            } catch (RuntimeException error) {
                schedule.at(slot, now + RETRY_NANOS);
                String trouble = Texts.thrown(error);
                if (!trouble.equals(feedTrouble)) {
                    feedTrouble = trouble;
                    raise(manager, "feed", "the feed takes no events: " + trouble);
                }
                return;
            }
            waiting.remove();
        }
        if (!feedTrouble.isEmpty()) {
            feedTrouble = "";
            clear(manager, "feed");
        }
    }

    /** Lets readers of the board see what this pass had to say. */
    public void endOfPass() {
        board.publish();
    }

    /** What operators should know, and the latest messages; from any thread. */
    public NotificationView board() {
        return board.view();
    }

    @Override
    public String name() {
        return manager;
    }
}
