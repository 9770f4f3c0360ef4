package dev.steward.testkit.proof;

import java.util.stream.Collectors;

/** Text on a page: escaped, measured, and cut to the room there is. */
final class PageText {
    /** About how wide a letter is, in pixels; generous, since nobody knows the reader's fonts. */
    private static final double LETTER = 6.9;

    private PageText() {}

    /** Harmless inside an element or an attribute in double quotes. */
    static String escape(String text) {
        String visible = ChronicleText.visible(text);
        var escaped = new StringBuilder(visible.length() + 16);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The same for text of several lines. */
    static String escapeLines(String text) {
        return text.lines().map(line -> escape(line.replace("\t", "    "))).collect(Collectors.joining("\n"));
    }

    /** About how many pixels it takes in the small letters of the drawing. */
    static double width(String text) {
        return LETTER * text.codePoints().mapToDouble(PageText::letters).sum();
    }

    private static double letters(int c) {
        return c < 0x1100 || (c >= 0x2000 && c < 0x2e80) ? 1 : 1.8;
    }

    /** As much of it as there is room for; empty if that would say nothing. */
    static String fit(String text, double room) {
        String visible = ChronicleText.visible(text);
        if (width(visible) <= room) {
            return visible;
        }
        var cut = new StringBuilder();
        double left = room - LETTER;
        for (int c : visible.codePoints().toArray()) {
            left -= LETTER * letters(c);
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.codePointCount(0, cut.length()) < 3 ? "" : cut.toString().stripTrailing() + "…";
    }
}
