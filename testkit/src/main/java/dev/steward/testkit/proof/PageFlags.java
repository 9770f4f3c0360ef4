package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.testkit.proof.PageLane.Numbered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The labels over the drawing: where each stands, and which had to be put together because there was no room. Immutable. */
final class PageFlags {
    private static final int ROWS = 7;
    private static final double SYMBOL = 7; // half of its width
    private static final double LONG = 300;
    private static final double LONGEST = 560; // of what was broken
    private static final double SHORT = 70;

    private final List<Flag> flags = new ArrayList<>();
    private final PageRows rows = new PageRows(ROWS);
    private final double width;

    /**
     * A label.
     *
     * @param row counted from below
     * @param label empty if there was no room for one
     * @param before whether the label stands before the symbol
     * @param marks what it stands for, at least one
     */
    record Flag(double x, int row, String label, boolean before, List<Numbered> marks) {
        /** What decides on the look. */
        Numbered first() {
            return marks.get(0);
        }
    }

    PageFlags(List<Numbered> marks, PageAxis axis) {
        this.width = axis.width();
        List<Numbered> violations =
                marks.stream().filter(PageFlags::isViolation).toList();
        List<Numbered> rest = marks.stream().filter(mark -> !isViolation(mark)).toList();
        for (List<Numbered> some : List.of(violations, rest)) { // what was broken always has a label
            some.forEach(mark -> place(mark, axis.x(mark.entry().at().toNanos())));
        }
    }

    private static boolean isViolation(Numbered mark) {
        return mark.entry().mark() == Mark.VIOLATION;
    }

    private void place(Numbered mark, double x) {
        for (double room : new double[] {isViolation(mark) ? LONGEST : LONG, SHORT, 0}) {
            String label = room == 0 ? "" : PageText.fit(mark.entry().text(), room);
            double length = label.isEmpty() ? 0 : PageText.width(label) + 6;
            boolean before = x + SYMBOL + length > width;
            int row = before ? rows.take(x - SYMBOL - length, x + SYMBOL) : rows.take(x - SYMBOL, x + SYMBOL + length);
            if (row >= 0) {
                flags.add(new Flag(x, row, label, before, new ArrayList<>(List.of(mark))));
                return;
            }
        }
        flags.stream()
                .min(Comparator.comparingDouble(flag -> Math.abs(flag.x() - x)))
                .ifPresent(nearest -> nearest.marks().add(mark));
    }

    /** All of them. */
    List<Flag> flags() {
        return List.copyOf(flags);
    }

    /** In how many rows they stand. */
    int rows() {
        return rows.used();
    }
}
