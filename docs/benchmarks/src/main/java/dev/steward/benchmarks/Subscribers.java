package dev.steward.benchmarks;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import dev.steward.event.StateEvent;
import java.util.List;

/**
 * What a Java team would otherwise take: Guava's EventBus, as its documentation shows it, with one subscriber for each name that is waited
 * for. Subscribers are of four classes, as in life they would not all be of one. Not safe for use by many threads.
 */
final class Subscribers {
    private final EventBus bus = new EventBus();
    private int moved;

    Subscribers(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            bus.register(
                    switch (i % 4) {
                        case 0 -> new First(name);
                        case 1 -> new Second(name);
                        case 2 -> new Third(name);
                        default -> new Fourth(name);
                    });
        }
    }

    /** Posts to all of them; answers how many events have moved a name so far. */
    int post(StateEvent event) {
        bus.post(event);
        return moved;
    }

    /** A name and its place in the sequence. */
    private abstract class Waiter {
        private final String name;
        private int position;

        Waiter(String name) {
            this.name = name;
        }

        void take(StateEvent event) {
            if (name.equals(event.name()) && EventPool.STATES.get(position).equals(event.state())) {
                position = position + 1 == EventPool.STATES.size() ? 0 : position + 1;
                moved++;
            }
        }
    }

    private final class First extends Waiter {
        First(String name) {
            super(name);
        }

        @Subscribe
        public void first(StateEvent event) {
            take(event);
        }
    }

    private final class Second extends Waiter {
        Second(String name) {
            super(name);
        }

        @Subscribe
        public void second(StateEvent event) {
            take(event);
        }
    }

    private final class Third extends Waiter {
        Third(String name) {
            super(name);
        }

        @Subscribe
        public void third(StateEvent event) {
            take(event);
        }
    }

    private final class Fourth extends Waiter {
        Fourth(String name) {
            super(name);
        }

        @Subscribe
        public void fourth(StateEvent event) {
            take(event);
        }
    }
}
