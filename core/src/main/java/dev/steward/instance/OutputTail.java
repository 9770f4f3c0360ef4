package dev.steward.instance;

import java.util.List;

/**
 * The last words of an instance that has exited, as they go into a message. Immutable.
 *
 * @param text whole lines, joined by line feeds
 * @param trimmed whether there were more lines than are shown
 */
record OutputTail(String text, boolean trimmed) {
    private static final int ALL = 50;
    private static final int SOME = 20;

    /** Up to fifty lines are shown whole, of more the last twenty. */
    static OutputTail of(List<String> lines) {
        boolean trimmed = lines.size() > ALL;
        List<String> shown = trimmed ? lines.subList(lines.size() - SOME, lines.size()) : lines;
        return new OutputTail(String.join("\n", shown), trimmed);
    }
}
