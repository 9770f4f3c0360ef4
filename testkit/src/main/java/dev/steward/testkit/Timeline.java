package dev.steward.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is to come, the earliest first: a heap with four branches, whose members know their places. Not safe for use by many threads. */
final class Timeline {
    private @Nullable Due[] heap = new Due[16];
    private int size;

    Timeline() {}

    /** What comes next, or null for nothing. */
    @Nullable
    Due first() {
        return heap[0];
    }

    int size() {
        return size;
    }

    /** Puts {@code due} at a time, from wherever it may be. */
    void schedule(Due due, long at, long tie) {
        due.at = at;
        due.tie = tie;
        if (!due.isScheduled()) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place(due, size++);
        }
        rise(due);
        sink(due);
    }

    /** Takes {@code due} off, if it is on. */
    void remove(Due due) {
        if (!due.isScheduled()) {
            return;
        }
        int hole = due.place;
        due.place = -1;
        Due last = at(--size);
        heap[size] = null;
        if (last != due) {
            place(last, hole);
            rise(last);
            sink(last);
        }
    }

    private Due at(int place) {
        Due due = heap[place];
        if (due == null) {
            throw new AssertionError("nothing at place " + place + " of " + size);
        }
        return due;
    }

    private void place(Due due, int place) {
        heap[place] = due;
        due.place = place;
    }

    private void rise(Due due) {
        int place = due.place;
        while (place > 0) {
            Due parent = at((place - 1) >> 2);
            if (!due.isBefore(parent)) {
                break;
            }
            int up = parent.place;
            place(parent, place);
            place = up;
        }
        place(due, place);
    }

    private void sink(Due due) {
        int place = due.place;
        for (int first = 4 * place + 1; first < size; first = 4 * place + 1) {
            Due least = at(first);
            for (int i = first + 1; i < Math.min(first + 4, size); i++) {
                Due child = at(i);
                if (child.isBefore(least)) {
                    least = child;
                }
            }
            if (!least.isBefore(due)) {
                break;
            }
            int down = least.place;
            place(least, place);
            place = down;
        }
        place(due, place);
    }
}
