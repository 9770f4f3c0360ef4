package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Mark;
import java.util.List;
import java.util.Locale;

/** The shapes of what is no state; shape and colour both tell them apart. */
final class PageSymbols {
    /** What is drawn when several are in one place: the first of these. */
    static final List<Mark> BY_WEIGHT =
            List.of(Mark.VIOLATION, Mark.FAULT, Mark.LEADER, Mark.REQUEST, Mark.EVENT, Mark.CALL);

    private PageSymbols() {}

    /** The shape of a mark around the point 0 0, in SVG. */
    static String shape(Mark mark) {
        String path = switch (mark) {
            case FAULT -> "M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0Z";
            case LEADER -> "M0-6 1.6-2 6-1.9 2.6.8 3.7 5 0 2.6-3.7 5-2.6.8-6-1.9-1.6-2Z";
            case REQUEST -> "M-5-4H5L0 5Z";
            case EVENT -> "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";
            case VIOLATION -> "M0-7 7 0 0 7-7 0Z";
            default -> "M-2.5-3.5 3.5 0-2.5 3.5Z";
        };
        return "<path class=\"" + styleClass(mark) + "\" d=\"" + path + "\"/>";
    }

    /** The name of the look of a mark in the style sheet. */
    static String styleClass(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT);
    }
}
