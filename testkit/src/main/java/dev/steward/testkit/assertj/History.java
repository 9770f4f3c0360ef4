package dev.steward.testkit.assertj;

import dev.steward.event.Position;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.testkit.RecordingFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be read of a feed, as of one moment. Immutable.
 *
 * @param missed how many events the feed has dropped, so that nobody can tell what they were
 */
record History(List<StateEvent> events, long missed) {
    private static final class Reader implements StateListener {
        private final List<StateEvent> read = new ArrayList<>();
        private long missed;

        @Override
        public void event(StateEvent event) {
            read.add(event);
        }

        @Override
        public void gap(long first, long last) {
            missed += last - first + 1;
        }
    }

    static History of(StateFeed feed, Predicate<StateEvent> scope) {
        if (feed instanceof RecordingFeed recording) {
            return new History(recording.events().stream().filter(scope).toList(), recording.missed());
        }
        Reader reader = new Reader();
        try (Subscription cursor = feed.subscribe(new Position(feed.position().feed(), 0), () -> {})) {
            cursor.poll(reader);
        }
        return new History(reader.read.stream().filter(scope).toList(), reader.missed);
    }

    List<StateEvent> of(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Some of the events for a message; if there are none, what else there is. */
    String text(List<StateEvent> some) {
        String dropped = missed == 0 ? "" : " (the feed has dropped " + missed + " events)";
        if (some.isEmpty()) {
            return "nothing" + dropped + "; recorded are things named "
                    + events.stream().map(StateEvent::name).collect(Collectors.toCollection(TreeSet::new));
        }
        return some.stream().map(event -> System.lineSeparator() + "  " + event).collect(Collectors.joining())
                + dropped;
    }
}
