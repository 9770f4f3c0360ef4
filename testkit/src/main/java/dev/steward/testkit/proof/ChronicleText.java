package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.testkit.proof.Chronicle.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chronicle as plain text. */
final class ChronicleText {
    private ChronicleText() {}

    static String of(Chronicle chronicle, int limit) {
        List<String> lines = new ArrayList<>();
        lines.add(visible(chronicle.title()));
        if (!chronicle.failure().isEmpty()) {
            lines.add("failed: " + visible(chronicle.failure()));
        }
        chronicle.facts().forEach((name, value) -> lines.add(visible(name) + ": " + visible(value)));
        for (String line : lines(chronicle, limit)) {
            lines.add("  " + line);
        }
        return String.join(System.lineSeparator(), lines);
    }

    static List<String> lines(Chronicle chronicle, int limit) {
        checkArgument(limit >= 0, "at most %s lines?", limit);
        List<Entry> entries = chronicle.entries();
        int first = Math.max(entries.size() - limit, 0);
        long earlier = chronicle.dropped() + first;
        List<String> lines = new ArrayList<>();
        if (earlier > 0) {
            lines.add("(" + earlier + " earlier)");
        }
        entries.subList(first, entries.size()).forEach(entry -> lines.add(entry.toString()));
        return lines;
    }

    /** An entry without its time. */
    static String line(Entry entry) {
        String who = who(entry);
        return (entry.mark().isState() ? "" : word(entry) + (who.isEmpty() ? ": " : " "))
                + (who.isEmpty() ? "" : who + ": ")
                + what(entry)
                + (entry.cause().isEmpty() ? "" : " (" + visible(entry.cause()) + ")");
    }

    /** Whom it concerns; empty for all. */
    static String who(Entry entry) {
        return visible(entry.kind().isEmpty() ? entry.lane() : entry.kind() + " " + entry.lane());
    }

    /** What happened, without why. */
    static String what(Entry entry) {
        return visible(entry.text()) + (entry.failed() && entry.mark().isState() ? " FAILED" : "");
    }

    /** The word for the sort of entry. */
    static String word(Entry entry) {
        return entry.mark().name().toLowerCase(Locale.ROOT);
    }

    /** The text with everything visible that would do something to a terminal, a page, or the direction of text. */
    static String visible(String text) {
        if (text.codePoints().noneMatch(ChronicleText::isInvisible)) {
            return text;
        }
        var visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
