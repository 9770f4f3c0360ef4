package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every event of an {@link InMemoryStateFeed}, for tests that look afterwards at what was recorded.
 *
 * <p>It watches the feed as any subscriber does. Give the code under test either this or, to have it see the very feed of production,
 * {@link #feed()}: what is published on one is on the other. It keeps all events for ever, so it is for tests only. Safe for use by
 * many threads.
 */
public final class RecordingFeed implements StateFeed {
    private final InMemoryStateFeed feed;
    private final Recorder recorder = new Recorder();
    private final List<StateEvent> events = new ArrayList<>(); // its own lock guards it, and the polling
    private volatile @Nullable Subscription cursor;
    private long missed;

    private final class Recorder implements StateListener {
        @Override
        public void event(StateEvent event) {
            events.add(event);
        }

        @Override
        public void gap(long first, long last) {
            missed += last - first + 1;
        }
    }

    /** Records a feed of its own. */
    public RecordingFeed(TimeSource time) {
        this(new InMemoryStateFeed(time));
    }

    /** Records {@code feed}, from the first event that it still holds. */
    public RecordingFeed(InMemoryStateFeed feed) {
        this.feed = checkNotNull(feed, "feed");
        this.cursor = feed.subscribe(new Position(feed.position().feed(), 0), this::take);
        take();
    }

    /** Under every publication, so that nothing is missed however much is published; and before every look. */
    private void take() {
        Subscription reading = cursor;
        if (reading != null) {
            synchronized (events) {
                reading.poll(recorder);
            }
        }
    }

    /** The feed that is recorded. */
    public InMemoryStateFeed feed() {
        return feed;
    }

    @Override
    public StateEvent publish(StateChange change) {
        return feed.publish(change);
    }

    @Override
    public Position position() {
        return feed.position();
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        return feed.subscribe(after, wakeUp);
    }

    /** Everything, in order. */
    public List<StateEvent> events() {
        return select(event -> true);
    }

    /** Everything about the things of this name, of whatever kind. */
    public List<StateEvent> events(String name) {
        return select(event -> event.name().equals(name));
    }

    /** Everything about one thing. */
    public List<StateEvent> events(Kind<?> kind, String name) {
        return select(event -> event.kind() == kind && event.name().equals(name));
    }

    /** Everything that was published behind {@code position}. */
    public List<StateEvent> since(Position position) {
        return select(event -> event.sequence() > position.sequence());
    }

    /** The words for the states that the things of this name went through. */
    public List<String> states(String name) {
        return events(name).stream().map(StateEvent::state).toList();
    }

    /** The last event about the things of this name. */
    public Optional<StateEvent> last(String name) {
        List<StateEvent> all = events(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** What failed for good. */
    public List<StateEvent> failures() {
        return select(StateEvent::isFailure);
    }

    /** The last event about each thing, in the order in which the things first appeared. */
    public List<StateEvent> lastStates() {
        Map<List<Object>, StateEvent> last = new LinkedHashMap<>();
        events().forEach(event -> last.put(List.of(event.kind(), event.name()), event));
        return List.copyOf(last.values());
    }

    /** How many events the feed had dropped before they could be recorded. */
    public long missed() {
        take();
        synchronized (events) {
            return missed;
        }
    }

    private List<StateEvent> select(Predicate<StateEvent> wanted) {
        take();
        synchronized (events) {
            return events.stream().filter(wanted).toList();
        }
    }

    @Override
    public String toString() {
        return "RecordingFeed" + events();
    }
}
