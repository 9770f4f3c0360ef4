package dev.steward.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it is given: an event as its number, a gap as its ends. Safe for use by many threads. */
final class Recorder implements StateListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void event(StateEvent event) {
        lines.add(String.valueOf(event.sequence()));
    }

    @Override
    public void gap(long first, long last) {
        lines.add("gap " + first + "-" + last);
    }
}
