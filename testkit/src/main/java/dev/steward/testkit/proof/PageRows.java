package dev.steward.testkit.proof;

import java.util.ArrayList;
import java.util.List;

/** Rows in which labels are put so that none covers another. Not safe for use by many threads. */
final class PageRows {
    private final int limit;
    private final List<List<Taken>> rows = new ArrayList<>();

    private record Taken(double from, double to) {}

    /** @param limit how many rows there may be */
    PageRows(int limit) {
        this.limit = limit;
    }

    /** Takes the room between two places in the first row that has it free; answers the row, or -1 if none has. */
    int take(double from, double to) {
        for (int row = 0; row < limit; row++) {
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
            }
            List<Taken> taken = rows.get(row);
            if (taken.stream().noneMatch(other -> from < other.to() && other.from() < to)) {
                taken.add(new Taken(from, to));
                return row;
            }
        }
        return -1;
    }

    /** How many rows something is in. */
    int used() {
        return rows.size();
    }
}
