package dev.steward.vectors;

import static java.nio.file.Files.readAllLines;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The deviations that {@code docs/compatibility.md} admits: the rows of its table {@code id | what | why | option |
 * condition}. Immutable.
 */
final class Deviations {
    /** How an id is written, there and in the replays. */
    static final Pattern ID = Pattern.compile("D-[a-z]+-[0-9]+");

    private static final Pattern BORDER = Pattern.compile("(?<!\\\\)\\|");
    private static final int CELLS = 5;

    private final Map<String, List<String>> rows;

    private Deviations(Map<String, List<String>> rows) {
        this.rows = rows;
    }

    static Deviations read(Path page) {
        try {
            return of(readAllLines(page));
        } catch (IOException e) {
            throw new UncheckedIOException("the page of the deviations cannot be read: " + page, e);
        }
    }

    /** @throws IllegalStateException if an id has two rows */
    static Deviations of(List<String> lines) {
        return new Deviations(lines.stream()
                .filter(line -> line.startsWith("|"))
                .map(Deviations::cells)
                .filter(cells -> ID.matcher(cells.get(0)).matches())
                .collect(toUnmodifiableMap(cells -> cells.get(0), cells -> cells)));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(BORDER.split(line.substring(1)))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    Set<String> ids() {
        return rows.keySet();
    }

    /** Fails unless {@code id} has a whole row, and one that no option of ours would remove. */
    void check(String id) {
        List<String> cells = rows.get(id);
        if (cells == null) {
            throw new AssertionError("deviation " + id + " has no row in docs/compatibility.md");
        }
        if (cells.size() != CELLS || cells.stream().anyMatch(String::isEmpty)) {
            throw new AssertionError("the row of " + id + " is not id, what, why, option, condition: " + cells);
        }
        String option = cells.get(3);
        if (!option.equals("none")) {
            throw new AssertionError(id + " is no deviation: replay the recording with " + option);
        }
    }
}
