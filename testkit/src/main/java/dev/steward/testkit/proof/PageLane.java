package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Mark;
import java.util.ArrayList;
import java.util.List;

/** What happened to one process or thing: a row of the drawing. Not safe for use by many threads. */
final class PageLane {
    /** An entry, and its number among all. */
    record Numbered(int number, Chronicle.Entry entry) {}

    private final String group;
    private final String name;
    private final List<Numbered> states = new ArrayList<>();
    private final List<Numbered> marks = new ArrayList<>();

    PageLane(String group, String name) {
        this.group = group;
        this.name = name;
    }

    /** What it stands under, such as the kind of thing. */
    String group() {
        return group;
    }

    String name() {
        return name;
    }

    /** The states it entered, in order. */
    List<Numbered> states() {
        return states;
    }

    /** What else happened to it, in order. */
    List<Numbered> marks() {
        return marks;
    }

    void add(Numbered entry) {
        (entry.entry().mark().isState() ? states : marks).add(entry);
    }

    /** How much a reader wants to see it: what failed or was meddled with first, then what changed last. */
    long interest() {
        boolean marked = marks.stream().anyMatch(mark -> mark.entry().mark() != Mark.CALL)
                || states.stream().anyMatch(state -> state.entry().failed());
        return last() + (marked ? 1L << 32 : 0) + (group.equals(PageLanes.PROCESSES) ? 1L << 33 : 0);
    }

    private int last() {
        int last = 0;
        for (List<Numbered> entries : List.of(states, marks)) {
            last = entries.isEmpty()
                    ? last
                    : Math.max(last, entries.get(entries.size() - 1).number());
        }
        return last;
    }
}
