package dev.steward.await;

import dev.steward.await.NameResult.Outcome;
import dev.steward.event.Position;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Reads events for one wait through an ordinary cursor: all of them on a feed that is not ours, the past on one that is.
 *
 * <p>Guarded by the lock of the wait's index. Lost events end every name that is pending.
 */
final class FeedReader implements StateListener {
    private final Ledger ledger;
    private @Nullable Subscription cursor;

    FeedReader(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Reads what has been published after {@code since}, once. */
    void replay(StateFeed feed, Position since) {
        try (Subscription past = feed.subscribe(since, () -> {})) {
            past.poll(this);
        }
    }

    /** From now on there is something new to read. */
    void follow(StateFeed feed, @Nullable Position since, Runnable wakeUp) {
        cursor = since == null ? feed.subscribe(wakeUp) : feed.subscribe(since, wakeUp);
    }

    /** Reads what is new, if this follows a feed, and then ends what is over, also if the feed throws. */
    void look(long now) {
        try {
            if (cursor != null) {
                cursor.poll(this);
            }
        } finally {
            ledger.expire(now);
            if (ledger.isSettled()) {
                leave();
            }
        }
    }

    /** Ends what is over; not on a feed that this follows, as the last event may be there and unread. */
    void expire(long now) {
        if (cursor == null) {
            ledger.expire(now);
        }
    }

    /** Leaves the feed. Idempotent. */
    void leave() {
        Subscription left = cursor;
        cursor = null; // first: one that cannot be closed is not tried again
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void event(StateEvent event) {
        ledger.take(event);
    }

    @Override
    public void gap(long first, long last) {
        ledger.endAll(Outcome.GAP);
    }
}
