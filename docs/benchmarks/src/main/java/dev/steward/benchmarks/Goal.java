package dev.steward.benchmarks;

import static dev.steward.benchmarks.Goal.Unit.NANOS;
import static dev.steward.benchmarks.Goal.Unit.PER_SECOND;
import static dev.steward.benchmarks.Goal.Unit.TIMES;

import java.util.List;
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

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    /** All rows, in order. */
    static List<Goal> all() {
        return List.of(
                dispatch("P1", "1 k names, against Guava's EventBus", "handOver:1000", "guava:1000", 300),
                floor("P1", "1 k names, the very string", "StateWaitDispatch.handOver:1000", 12e6),
                floor("P1", "1 k names, decoded string", "StateWaitDispatch.handOverDecoded:1000", 5e6),
                dispatch("P2", "100 k names, against Guava's EventBus", "handOver:100000", "guava:100000", 8_000),
                floor("P2", "100 k names", "StateWaitDispatch.handOver:100000", 5e6),
                dispatch("P3", "1 M names, against a bare HashMap", "handOver:1000000", "bareMap:1000000", 0.7),
                floor("P3", "1 M names", "StateWaitDispatch.handOver:1000000", 2.5e6),
                growth("P4", "what 1 M names cost more than 1 k", "handOver", 8),
                growth("P4", "the same of the bare HashMap", "bareMap", 0),
                info("1 k names, against a bare HashMap", "handOver:1000", "bareMap:1000"),
                info("1 M names, decoded, against a bare HashMap", "handOverDecoded:1000000", "bareMapDecoded:1000000"),
                info("whole publication, 1 k names, against the hand-over", "publish:1000", "handOver:1000"),
                info("whole publication, 1 M names, against the hand-over", "publish:1000000", "handOver:1000000"),
                hop("busy, p50, against the Disruptor", "wait-busy#p50", "disruptor-busy#p50", 1.5, Sense.AT_MOST),
                hop("woken, p50, against the Disruptor", "wait-woken#p50", "disruptor-busy#p50", 1.5, Sense.AT_MOST),
                hop("bare cursor, busy, p50, Disruptor", "feed-busy#p50", "disruptor-busy#p50", 0, Sense.AT_MOST),
                hop("busy, p99, against ArrayBlockingQueue", "wait-busy#p99", "queue-busy#p99", 3, Sense.FASTER),
                hop("busy, p99.9, against the Disruptor", "wait-busy#p999", "disruptor-busy#p999", 0, Sense.AT_MOST),
                hop("parked, p50, Disruptor", "wait-parked#p50", "disruptor-parked#p50", 1.5, Sense.AT_MOST),
                hop("parked, p99, ArrayBlockingQueue", "wait-parked#p99", "queue-parked#p99", 3, Sense.FASTER),
                ceiling("P6", "busy, p50", "WaitLatency.hop:wait-busy#p50", MICRO),
                ceiling("P6", "parked, p50", "WaitLatency.hop:wait-parked#p50", 60 * MICRO),
                pass("idle, 10 k, against Process.isAlive of each", "idle:10000", "naiveProcess:10000", 50),
                pass("idle, 10 k, against ProcessHandle.isAlive", "idle:10000", "naiveHandle:10000", 50),
                pass("idle, 10 k, against a scan of the table", "idle:10000", "scan:10000", 0),
                ceiling("P10", "idle, 10 k", "Reconcile.idle:10000", 100 * MICRO),
                ceiling("P10", "1 % crash and come back, 10 k", "Reconcile.crashed:10000", 2 * MILLI),
                ceiling("P10", "idle, 10 k: 20 x faster than the reference", "Reconcile.idle:10000", 2.1 * MILLI / 20),
                ceiling(
                        "P10",
                        "all, 10 k: 5 x faster than the reference",
                        "Reconcile.resolveAll:10000",
                        2.1 * MILLI / 5),
                pass("all, 10 k, against Process.isAlive of each", "resolveAll:10000", "naiveProcess:10000", 0),
                crash("p50, against the bare loop", "managerP50", "bareP50", 1.3),
                crash("p50, driver alone, bare loop", "driverP50", "bareP50", 0),
                crash("p50, bare loop through env and setsid", "managerP50", "chainedP50", 0),
                crash("p99, against the bare loop", "managerP99", "bareP99", 0),
                ceiling("P11", "p50", "CrashToRelaunch.relaunch#managerP50", 2 * MILLI),
                ceiling("P11", "p99", "CrashToRelaunch.relaunch#managerP99", 15 * MILLI),
                launch("one after the other", "driverSequential", "builderSequential", 0.95),
                launch("eight at a time", "driverEight", "builderEight", 0.95),
                launch("one after the other, through env and setsid", "driverSequential", "chainedSequential", 0),
                launch("eight at a time, through env and setsid", "driverEight", "chainedEight", 0),
                floor("P13", "one after the other", "LaunchRate.launch#driverSequential", 500),
                new Goal(
                        "P13",
                        "threads beside the builder's, eight at a time",
                        "LaunchRate.launch#driverThreads",
                        "LaunchRate.launch#builderThreads",
                        TIMES,
                        0,
                        Sense.AT_MOST));
    }

    private static Goal dispatch(String id, String what, String ours, String peer, double least) {
        return new Goal(
                id, what, "StateWaitDispatch." + ours, "StateWaitDispatch." + peer, PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal growth(String id, String what, String method, double most) {
        String name = "StateWaitDispatch." + method;
        return new Goal(id, what, name + ":1000", name + ":1000000", PER_SECOND, most, Sense.AT_MOST);
    }

    private static Goal info(String what, String ours, String peer) {
        return dispatch("", what, ours, peer, 0);
    }

    private static Goal hop(String what, String ours, String peer, double bound, Sense sense) {
        return new Goal("P6", what, "WaitLatency.hop:" + ours, "WaitLatency.hop:" + peer, NANOS, bound, sense);
    }

    private static Goal pass(String what, String ours, String peer, double least) {
        return new Goal("P10", what, "Reconcile." + ours, "Reconcile." + peer, NANOS, least, Sense.FASTER);
    }

    private static Goal crash(String what, String ours, String peer, double most) {
        String name = "CrashToRelaunch.relaunch#";
        return new Goal("P11", what, name + ours, name + peer, NANOS, most, Sense.AT_MOST);
    }

    private static Goal launch(String what, String ours, String peer, double least) {
        String name = "LaunchRate.launch#";
        return new Goal("P13", what, name + ours, name + peer, PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal floor(String id, String what, String ours, double least) {
        return new Goal(id, what, ours, "", PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal ceiling(String id, String what, String ours, double most) {
        return new Goal(id, what, ours, "", NANOS, most, Sense.AT_MOST);
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
