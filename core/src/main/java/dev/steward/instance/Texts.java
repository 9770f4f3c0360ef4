package dev.steward.instance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How times are written, and what is not written. */
final class Texts {
    private Texts() {}

    /** {@code 3 s}, {@code 0.25 s}. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** Replaces each secret that a program was given, wherever it stands in a text that the program or its driver wrote. */
    static String hideSecrets(LaunchSpec launch, String text) {
        if (launch.secrets().isEmpty()) {
            return text;
        }
        List<Secret> longestFirst = new ArrayList<>(launch.secrets().values());
        longestFirst.sort(Comparator.comparingInt(secret -> -secret.reveal().length())); // one may be part of another
        String hidden = text;
        for (Secret secret : longestFirst) {
            if (!secret.reveal().isEmpty()) {
                hidden = hidden.replace(secret.reveal(), secret.toString());
            }
        }
        return hidden;
    }

    /** What was thrown, in one line. */
    static String thrown(RuntimeException error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }
}
