package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text that must not be shown: it has no {@code toString}, no accessor that looks harmless, and stands in no view, event or log line.
 * Two secrets are equal only if they are the same object. Immutable.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = checkNotNull(text, "text");
    }

    /** Hides {@code text}. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself; for the driver that hands it to the program, and for what hides it in the output of that program. */
    public String reveal() {
        return text;
    }

    /** Replaces each secret that a program was given, wherever it stands in a text that the program or its driver wrote. */
    static String hideAll(LaunchSpec launch, String text) {
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

    /** Three asterisks. */
    @Override
    public String toString() {
        return "***";
    }
}
