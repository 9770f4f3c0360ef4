package dev.steward.testkit.proof;

import java.math.BigDecimal;
import java.time.Duration;

/** How times after the start are written for people: {@code 0.25 s}, {@code 2 min 3 s}, {@code 26 h 4 min}. */
final class ChronicleTime {
    private static final long SECOND = 1_000_000_000;
    private static final long[][] ROUGH = {{1, SECOND / 1_000}, {60, SECOND}, {3_600, 60 * SECOND}};

    private ChronicleTime() {}

    static String of(Duration time) {
        long hours = time.toHours();
        int minutes = time.toMinutesPart();
        String text = (hours > 0 ? hours + " h " : "") + (minutes > 0 ? minutes + " min " : "");
        Duration rest = time.minusHours(hours).minusMinutes(minutes);
        return rest.isZero() && !text.isEmpty() ? text.strip() : text + seconds(rest) + " s";
    }

    /** The same, no more precise than a reader of a drawing cares for. */
    static String roughly(Duration time) {
        long nanos = time.toNanos();
        long unit = 1_000;
        for (long[] step : ROUGH) {
            unit = nanos >= step[0] * SECOND ? step[1] : unit;
        }
        return of(Duration.ofNanos((nanos + unit / 2) / unit * unit));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
