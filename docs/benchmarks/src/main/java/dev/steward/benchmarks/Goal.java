package dev.steward.benchmarks;

import java.util.Locale;

/**
 * One row of the table: what is to be reached. Immutable.
 *
 * @param id of the goal
 * @param what is measured
 * @param ours the key of our figure, as {@link Results} has it
 * @param peer the key of the peer's; empty for a bound on our figure alone
 * @param unit of the figures
 * @param bound of the ratio, or of our figure where there is no peer; 0 where there is no goal and the row is for information
 * @param sense whether the bound is the least or the most, and what is divided by what
 */
record Goal(String id, String what, String ours, String peer, Unit unit, double bound, Sense sense) {
    /** A bound that only nothing at all is within; 0 would be no goal. */
    static final double NONE = Double.MIN_VALUE;

    /** What figures are measured in. */
    enum Unit {
        /** Operations in a second. */
        PER_SECOND,
        /** Nanoseconds. */
        NANOS,
        /** Things. */
        TIMES
    }

    /** How the bound is meant. */
    enum Sense {
        /** Ours divided by the peer's, at least. */
        AT_LEAST,
        /** Ours divided by the peer's, at most. */
        AT_MOST,
        /** The peer's divided by ours, at least: so many times faster. */
        FASTER
    }

    /** The figure that is compared with the bound. */
    double measure(double ourFigure, double peerFigure) {
        if (!hasPeer()) {
            return ourFigure;
        }
        return sense == Sense.FASTER ? peerFigure / ourFigure : ourFigure / peerFigure;
    }

    /** Whether it is compared with a peer. */
    boolean hasPeer() {
        return !peer.isEmpty();
    }

    /** Whether there is a bound. */
    boolean isGoal() {
        return bound > 0;
    }

    boolean isMet(double measured) {
        return sense == Sense.AT_MOST ? measured <= bound : measured >= bound;
    }

    /** The bound, for people. */
    String wanted() {
        if (!isGoal()) {
            return "";
        }
        return (sense == Sense.AT_MOST ? "≤ " : "≥ ") + (hasPeer() ? ratio(bound) : show(bound));
    }

    String show(double figure) {
        return switch (unit) {
            case PER_SECOND -> scaled(figure, "G/s", 1e9, "M/s", 1e6, "k/s", 1e3, "/s");
            case NANOS -> scaled(figure, "s", 1e9, "ms", 1e6, "µs", 1e3, "ns");
            case TIMES -> digits(figure);
        };
    }

    static String ratio(double ratio) {
        return ratio >= 1_000 ? String.format(Locale.ROOT, "%,.0f x", ratio) : digits(ratio) + " x";
    }

    private static String scaled(
            double value, String most, double by, String more, double byMore, String some, double bySome, String one) {
        return value >= by
                ? digits(value / by) + " " + most
                : value >= byMore
                        ? digits(value / byMore) + " " + more
                        : value >= bySome ? digits(value / bySome) + " " + some : digits(value) + " " + one;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
