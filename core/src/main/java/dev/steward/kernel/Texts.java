package dev.steward.kernel;

import java.math.BigDecimal;
import java.time.Duration;

/** How times, errors and what others wrote are put into texts for people. */
public final class Texts {
    private static final Duration LONG = Duration.ofDays(10_000);

    private Texts() {}

    /** {@code 3 s}, {@code 0.25 s}. */
    public static String seconds(Duration duration) {
        if (duration.compareTo(LONG) > 0) {
            return age(duration);
        }
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** {@code 3 s}, {@code 5 min}, {@code 26 h}, {@code 4 d}: how long ago, roughly. */
    public static String age(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 2 * 60) {
            return seconds + " s";
        }
        return seconds < 2 * 3600
                ? seconds / 60 + " min"
                : seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /** Makes a line harmless for whoever shows it: what controls a terminal or the direction of text becomes visible. */
    public static String harmless(String line) {
        if (line.codePoints().noneMatch(Texts::isHarmful)) {
            return line;
        }
        var harmless = new StringBuilder(line.length() + 16);
        line.codePoints().forEach(c -> {
            if (isHarmful(c)) {
                harmless.append(String.format("\\u%04x", c));
            } else {
                harmless.appendCodePoint(c);
            }
        });
        return harmless.toString();
    }

    private static boolean isHarmful(int c) {
        return c != '\t'
                && (Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || c == 0x2028
                        || c == 0x2029);
    }

    /** What was thrown, in one line. */
    public static String thrown(RuntimeException error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }
}
