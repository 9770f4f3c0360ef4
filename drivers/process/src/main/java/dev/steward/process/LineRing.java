package dev.steward.process;

import java.util.ArrayDeque;
import java.util.List;

/** The last complete lines of a stream of bytes, as {@link LineCutter} makes them. Not safe for use by many threads. */
final class LineRing {
    private final int capacity;
    private final LineCutter cutter;
    private final ArrayDeque<String> lines;

    /**
     * Keeps nothing yet.
     *
     * @param longestLine in bytes
     */
    LineRing(int capacity, int longestLine) {
        this.capacity = capacity;
        this.lines = new ArrayDeque<>(Math.min(capacity, 128));
        this.cutter = new LineCutter(longestLine, this::add);
    }

    /** Says that what comes next is in the middle of something. */
    void startInside() {
        cutter.startInside();
    }

    /** Takes bytes. */
    void accept(byte[] bytes, int count) {
        cutter.accept(bytes, count);
    }

    /** Takes what came after the last line end as a line: nobody is left to complete it. */
    void finish() {
        cutter.finish();
    }

    /** The lines, oldest first. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(String line) {
        if (lines.size() == capacity) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }
}
