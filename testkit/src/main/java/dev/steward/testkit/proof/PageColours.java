package dev.steward.testkit.proof;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The look of states: the same word looks the same everywhere. The colours keep apart for people who do not see red or green, all bear
 * dark letters, and come back with stripes and dots when there are more states than colours. States that sound well are green if they
 * can be, processes that work are blue; what is gone is only an outline. Not safe for use by many threads.
 */
final class PageColours {
    private static final List<String> GOOD = List.of("#3cbb95", "#a9d18e");
    private static final List<String> COLOURS = List.of("#e9a820", "#d28bb5", "#a7b0f2", "#f0e442", "#e8895a");
    private static final List<String> IDLE = List.of("#c8b79a");
    private static final String[] PATTERNS = {"", "stripes", "dots", "cross"};
    private static final Set<String> WELL =
            Set.of("up", "held", "ready", "arrived", "healthy", "managed", "done", "reached", "active", "on");
    private static final Set<String> AT_REST =
            Set.of("down", "missing", "absent", "free", "idle", "none", "unknown", "off");
    private static final Set<String> GONE = Set.of("crashed", "closed", "dead", "gone", "killed");
    private static final Set<String> PAUSED = Set.of("paused", "stopped", "asleep");

    private final Map<String, Look> looks = new LinkedHashMap<>();
    private final Set<Look> given = new HashSet<>();

    PageColours() {}

    /**
     * How the bar of a state is drawn.
     *
     * @param colour as in CSS
     * @param pattern the id of a pattern over it, empty for none
     * @param gone whether the bar is only an outline
     */
    record Look(String colour, String pattern, boolean gone) {}

    /** The look of a state. */
    Look of(String state) {
        return looks.computeIfAbsent(state, word -> look(word.toLowerCase(Locale.ROOT)));
    }

    private Look look(String word) {
        if (GONE.contains(word)) {
            return new Look("none", "", true);
        }
        if (word.equals("leading")) {
            return new Look("#56b4e9", "", false);
        }
        if (word.equals("running")) {
            return new Look("#b9dcf5", "", false);
        }
        if (PAUSED.contains(word)) {
            return new Look("#d0d0d0", "stripes", false);
        }
        List<List<String>> order = WELL.contains(word)
                ? List.of(GOOD, COLOURS, IDLE)
                : AT_REST.contains(word) ? List.of(IDLE, COLOURS, GOOD) : List.of(COLOURS, IDLE, GOOD);
        for (String pattern : PATTERNS) {
            for (String colour : order.stream().flatMap(List::stream).toList()) {
                Look look = new Look(colour, pattern, false);
                if (given.add(look)) {
                    return look;
                }
            }
        }
        return new Look(COLOURS.get(0), "", false);
    }

    /** The looks given so far, by state, in the order in which they were asked for. */
    Map<String, Look> looks() {
        return looks;
    }
}
