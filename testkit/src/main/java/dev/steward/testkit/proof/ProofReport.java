package dev.steward.testkit.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a proof has played, all of it without finding anything. Immutable.
 *
 * @param name of the scenario
 * @param runs how many runs of each class, in words
 * @param alike how many more points there were, each of which had three before it between which nothing in the world had changed
 * @param faults how many faults befell something
 * @param simulated how long all runs lasted, in their own time
 * @param took how long that took
 * @param notPlayed what was asked for, and had nowhere to strike
 */
public record ProofReport(
        String name,
        Map<String, Integer> runs,
        long alike,
        long faults,
        Duration simulated,
        Duration took,
        List<String> notPlayed) {
    /** Copies what it is given. */
    public ProofReport {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        notPlayed = List.copyOf(notPlayed);
    }

    /** How many runs there were. */
    public int total() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double seconds() {
        return Math.max(took.toNanos(), 1) / 1e9;
    }

    /** One line for people. */
    @Override
    public String toString() {
        List<String> counts = new ArrayList<>();
        runs.forEach((what, count) -> counts.add(number(count) + " " + what));
        if (alike > 0) {
            counts.add("(" + number(alike) + " more points alike)");
        }
        String line = String.format(
                Locale.ROOT,
                "proof %s: %s; %,d faults, %,d simulated h; %.1f s = %,.0f runs/s, %,.0f simulated h/s",
                name,
                String.join(", ", counts),
                faults,
                simulated.toHours(),
                seconds(),
                total() / seconds(),
                simulated.toSeconds() / 3600.0 / seconds());
        return notPlayed.isEmpty() ? line : line + "; " + String.join("; ", notPlayed);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
