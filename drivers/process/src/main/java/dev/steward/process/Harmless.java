package dev.steward.process;

/**
 * Makes what a program has written fit to be shown, as one line: what could steer a terminal, forge a line of a log, or turn round the order in
 * which text is read is written as its number instead, {@code \u001b} or {@code \U000e0001}. Tabs stay. Stateless, and so safe for use by many
 * threads.
 */
final class Harmless {
    private static final int ZERO_WIDTH_NO_BREAK_SPACE = 0xfeff;

    private Harmless() {}

    /** The same text, if there is nothing in it to be written otherwise. */
    static String line(String text) {
        int at = 0;
        while (at < text.length() && isHarmless(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        var harmless = new StringBuilder(text.length() + 16).append(text, 0, at);
        text.substring(at).codePoints().forEach(character -> {
            if (isHarmless(character)) {
                harmless.appendCodePoint(character);
            } else {
                harmless.append(String.format(Character.isBmpCodePoint(character) ? "\\u%04x" : "\\U%08x", character));
            }
        });
        return harmless.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\t';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
            case Character.FORMAT -> !steersText(character);
            default -> true;
        };
    }

    /** Not the joiners that some scripts, and pictures of families, are written with. */
    private static boolean steersText(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> true;
            default -> character == ZERO_WIDTH_NO_BREAK_SPACE || character > Character.MAX_VALUE;
        };
    }
}
