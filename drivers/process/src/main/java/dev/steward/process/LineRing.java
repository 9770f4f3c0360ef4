package dev.steward.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The last complete lines of a stream of bytes, in bounded memory however long the lines are. What is not UTF-8 is replaced; control
 * characters stay as they are, so whoever shows a line must make it harmless. A line that is too long loses its end, and one whose
 * beginning was never read says so: both are marked with {@link #CUT}. Not safe for use by many threads.
 */
final class LineRing {
    /** Stands where a part of a line is missing. */
    static final String CUT = "[cut]";

    private final int capacity;
    private final byte[] line;
    private final ArrayDeque<String> lines;
    private int length;
    private boolean endless;
    private boolean headless;

    /**
     * Keeps nothing yet.
     *
     * @param longestLine in bytes
     */
    LineRing(int capacity, int longestLine) {
        this.capacity = capacity;
        this.line = new byte[longestLine];
        this.lines = new ArrayDeque<>(Math.min(capacity, 128));
    }

    /** Says that what comes next is in the middle of something. */
    void startInside() {
        headless = true;
    }

    /** Takes bytes. */
    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                complete();
            } else if (length < line.length) {
                line[length++] = bytes[i];
            } else {
                endless = true;
            }
        }
    }

    /** Takes what came after the last line end as a line: nobody is left to complete it. */
    void finish() {
        if (length > 0) {
            complete();
        }
    }

    /** The lines, oldest first. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void complete() {
        if (!(headless && length == 0)) {
            if (lines.size() == capacity) {
                lines.removeFirst();
            }
            lines.addLast(text());
        }
        length = 0;
        endless = false;
        headless = false;
    }

    private String text() {
        int end = length;
        if (endless) {
            end = wholeCharacters(end);
        }
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        return (headless ? CUT + " " : "") + text + (endless ? " " + CUT : "");
    }

    /** Steps back over the beginning of a character that the cut went through. */
    private int wholeCharacters(int end) {
        int start = end - 1;
        while (start > 0 && end - start < 4 && (line[start] & 0xc0) == 0x80) {
            start--;
        }
        int first = line[start] & 0xff;
        int size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return start + size > end ? start : end;
    }
}
