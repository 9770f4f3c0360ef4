package dev.steward.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes lines of a stream of bytes, in bounded memory however long the lines are, and in next to none between two of them. What is not UTF-8
 * is replaced; control characters stay as they are, so whoever shows a line must make it harmless. A line that is too long loses its end,
 * and one whose beginning was never read says so: both are marked with {@link #CUT}. Not safe for use by many threads.
 */
final class LineCutter {
    /** Stands where a part of a line is missing. */
    static final String CUT = "[cut]";

    private static final int USUAL_LINE = 256;

    private final int longestLine;
    private final Consumer<String> lines;
    private byte[] line;
    private int length;
    private boolean endless;
    private boolean headless;

    /**
     * Nothing has come yet.
     *
     * @param longestLine in bytes
     * @param lines takes each line when it is complete
     */
    LineCutter(int longestLine, Consumer<String> lines) {
        this.longestLine = longestLine;
        this.lines = lines;
        this.line = new byte[Math.min(longestLine, USUAL_LINE)];
    }

    /** Says that what comes next is in the middle of something, and has nothing to do with what came before. */
    void startInside() {
        length = 0;
        endless = false;
        headless = true;
    }

    /** Takes bytes. */
    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                complete();
            } else if (length < longestLine) {
                if (length == line.length) {
                    line = Arrays.copyOf(line, (int) Math.min(longestLine, line.length * 2L));
                }
                line[length++] = bytes[i];
            } else {
                endless = true;
            }
        }
        if (length == 0 && line.length > USUAL_LINE) {
            line = new byte[USUAL_LINE];
        }
    }

    /** Takes what came after the last line end as a line: nobody is left to complete it. */
    void finish() {
        if (length > 0) {
            complete();
        }
    }

    private void complete() {
        if (!(headless && length == 0)) {
            lines.accept(text());
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
