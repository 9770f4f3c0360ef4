package dev.steward.state;

/** Names of states as text that is safe where it stands, whatever characters they hold. Immutable. */
final class Names {
    private static final int REPLACEMENT = 0xFFFD;

    private Names() {}

    /** In double quotes and on one line, for error messages. */
    static String quoted(Object state) {
        StringBuilder text = new StringBuilder("\"");
        state.toString().codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else {
                text.appendCodePoint(isUnprintable(c) ? REPLACEMENT : c);
            }
        });
        return text.append('"').toString();
    }

    /** As a quoted string of DOT, where an ampersand in a label begins an entity. */
    static String dot(Object state) {
        return quoted(state).replace("&", "&amp;");
    }

    /**
     * As a quoted string of Mermaid: all but letters, digits and a few marks become numbered entities, the only escape that
     * Mermaid has. A line break becomes an element of its own, which Mermaid breaks the label at.
     */
    static String mermaid(Object state) {
        String name = state.toString();
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " _-.".indexOf(c) >= 0) {
                text.appendCodePoint(c);
            } else if (c == '\n') {
                text.append("<br/>");
            } else {
                text.append('#').append(isUnprintable(c) ? REPLACEMENT : c).append(';');
            }
        });
        return text.append(name.isBlank() ? "#160;" : "").append('"').toString(); // a blank label would not be drawn
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
