package dev.steward.benchmarks;

import dev.steward.event.StateEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The least that could do the work of a wait: a map from names to places in the sequence. Not safe for use by many threads. */
final class Places {
    private final Map<String, Place> places;

    private static final class Place {
        private int position;
    }

    Places(List<String> names) {
        places = new HashMap<>(names.size() * 2);
        names.forEach(name -> places.put(name, new Place()));
    }

    /** Looks up, compares, advances; answers whether the event was waited for. */
    boolean accept(StateEvent event) {
        Place place = places.get(event.name());
        if (place == null || !EventPool.STATES.get(place.position).equals(event.state())) {
            return false;
        }
        place.position = place.position + 1 == EventPool.STATES.size() ? 0 : place.position + 1;
        return true;
    }
}
