package dev.steward.benchmarks;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.internal.Tap;
import dev.steward.time.TimeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed, and a wait on it for every name of an {@link EventPool}, that never ends: it goes through the six states again and again, and
 * shortly before it would have seen its last, it is closed and opened anew, once in 32,760 events of each name.
 *
 * <p>Not safe for use by many threads.
 */
final class Waits {
    private static final int LAPS = 32_760;

    private final List<String> names;
    private final List<String> states = EventPool.statesFor(LAPS + EventPool.STATES.size());
    private final InMemoryStateFeed feed = new InMemoryStateFeed(TimeSource.system());
    private final Tap<StateEvent> index;
    private StateWait wait;
    private long left;

    Waits(List<String> names) {
        this.names = names;
        this.wait = open();
        this.index = feed.tap(lock -> {
            throw new IllegalStateException("the wait does not hang on the feed");
        });
    }

    private StateWait open() {
        left = (long) LAPS * names.size();
        return StateWait.on(feed, TimeSource.system())
                .forAll(EventPool.KIND, names)
                .toReach(states)
                .open();
    }

    /** What the feed does with an event under publication, without its lock, which one thread alone does not need. */
    @Nullable
    Runnable accept(StateEvent event) {
        count();
        return index.accept(event);
    }

    StateEvent publish(StateChange change) {
        count();
        return feed.publish(change);
    }

    private void count() {
        if (left == 0) {
            wait.close();
            wait = open();
        }
        left--;
    }
}
