package dev.steward.process;

import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Texts of probes: short, in one line, and harmless wherever they are shown, whoever wrote them. */
final class ProbeText {
    private static final int LONGEST = 200;

    private ProbeText() {}

    /** The same with a harmless text. */
    static ProbeResult harmless(ProbeResult result) {
        String text = harmless(result.text());
        return text.equals(result.text()) ? result : new ProbeResult(result.isWell(), text);
    }

    /** Escapes what moves a cursor, breaks a line or turns the direction of writing, and cuts what is longer than 200 characters. */
    static String harmless(String text) {
        var line = new StringBuilder(Math.min(text.length(), LONGEST) + 8);
        int at = 0;
        while (at < text.length()) {
            if (line.length() >= LONGEST) {
                return line.append(' ').append(LineCutter.CUT).toString();
            }
            int character = text.codePointAt(at);
            if (isHarmless(character)) {
                line.appendCodePoint(character);
            } else {
                line.append(String.format("\\u%04x", character));
            }
            at += Character.charCount(character);
        }
        return line.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** What was thrown, without its trace. */
    static String thrown(Throwable error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }

    /** Why something could not be read or reached. */
    static String failed(IOException error) {
        @Nullable String message = error.getMessage();
        boolean says = message != null && !message.isBlank() && !(error instanceof FileSystemException);
        return says ? String.valueOf(message) : thrown(error);
    }

    /** {@code 5 s}, {@code 0.25 s}. */
    static String seconds(Duration length) {
        long millis = length.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
