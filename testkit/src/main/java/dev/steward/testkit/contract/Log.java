package dev.steward.testkit.contract;

import dev.steward.event.StateEvent;
import dev.steward.event.StateListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A listener that keeps what it is given. Not safe for use by many threads. */
final class Log implements StateListener {
    private final List<StateEvent> events = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    Log() {}

    @Override
    public void event(StateEvent event) {
        events.add(event);
        order.add("event " + event.sequence());
    }

    @Override
    public void gap(long first, long last) {
        gaps.add(first + "-" + last);
        order.add("gap " + first + "-" + last);
    }

    /** A listener that keeps the event, then does more. */
    StateListener then(Consumer<StateEvent> more) {
        return new StateListener() {
            @Override
            public void event(StateEvent event) {
                Log.this.event(event);
                more.accept(event);
            }

            @Override
            public void gap(long first, long last) {
                Log.this.gap(first, last);
            }
        };
    }

    List<StateEvent> events() {
        return events;
    }

    List<String> gaps() {
        return gaps;
    }

    List<String> order() {
        return order;
    }

    long[] sequences() {
        return events.stream().mapToLong(StateEvent::sequence).toArray();
    }
}
