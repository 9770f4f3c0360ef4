package dev.steward.benchmarks;

import static dev.steward.benchmarks.Goal.Unit.NANOS;
import static dev.steward.benchmarks.Goal.Unit.PER_SECOND;
import static dev.steward.benchmarks.Goal.Unit.TIMES;

import dev.steward.benchmarks.Goal.Sense;
import java.util.ArrayList;
import java.util.List;

/** What is to be reached, row by row. */
final class Goals {
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final String CRASH = "CrashToRelaunch.relaunch#";
    private static final String ADOPTED = "AdoptedExit.notice#";
    private static final String LAUNCH = "LaunchRate.launch#";

    private Goals() {}

    /** All rows, in order. */
    static List<Goal> all() {
        List<Goal> all = new ArrayList<>(ofWaitsNodesAndProcesses());
        all.addAll(StoreGoals.all());
        return all;
    }

    private static List<Goal> ofWaitsNodesAndProcesses() {
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
                read("10 k nodes, against a scan", "hasArrived:10000", "scan:10000", 5_000),
                read("100 k nodes, against a scan", "hasArrived:100000", "scan:100000", 50_000),
                read("100 k nodes, against a stream", "hasArrived:100000", "allMatch:100000", 0),
                ceiling("P7", "10 k nodes", "ArrivedRead.hasArrived:10000", 4),
                ceiling("P7", "100 k nodes", "ArrivedRead.hasArrived:100000", 4),
                update("10 k nodes, against a scan per event", "eachAlone:10000", "scan:10000", 300),
                update("100 k nodes, against a scan per event", "eachAlone:100000", "scan:100000", 3_000),
                update("10 k, 100 events a pass, scan per event", "byHundred:10000", "scan:10000", 300),
                update("100 k, 100 events a pass, scan per event", "byHundred:100000", "scan:100000", 3_000),
                update("100 k, 100 events a pass, scan per 100 events", "byHundred:100000", "scanByHundred:100000", 0),
                update("10 k nodes, against a bare counter", "eachAlone:10000", "bareCounter:10000", 0.2),
                update("100 k nodes, against a bare counter", "eachAlone:100000", "bareCounter:100000", 0.2),
                update("10 k, 100 events a pass, bare counter", "byHundred:10000", "bareCounter:10000", 0.2),
                update("100 k, 100 events a pass, bare counter", "byHundred:100000", "bareCounter:100000", 0.2),
                floor("P8", "10 k nodes", "ArrivedUpdate.eachAlone:10000", 10e6),
                floor("P8", "100 k nodes", "ArrivedUpdate.eachAlone:100000", 10e6),
                floor("P8", "10 k nodes, 100 events a pass", "ArrivedUpdate.byHundred:10000", 10e6),
                floor("P8", "100 k nodes, 100 events a pass", "ArrivedUpdate.byHundred:100000", 10e6),
                resync("10 k nodes, against a linear pass", "resync:10000", "linearPass:10000", 2),
                resync("100 k nodes, against a linear pass", "resync:100000", "linearPass:100000", 2),
                resync("100 k nodes, against a scan", "resync:100000", "scan:100000", 0),
                resync("10 k, by a hint each, linear pass", "back:10000", "linearPass:10000", 2),
                resync("100 k, by a hint each, linear pass", "back:100000", "linearPass:100000", 2),
                resync("10 k, lost and back, two linear passes", "lostAndBack:10000", "linearPasses:10000", 2),
                resync("100 k, lost and back, two linear passes", "lostAndBack:100000", "linearPasses:100000", 2),
                ceiling("P9", "100 k nodes", "Resync.resync:100000", 5 * MILLI),
                ceiling("P9", "100 k nodes, by a hint each", "Resync.back:100000", 5 * MILLI),
                ceiling("P9", "100 k nodes, lost and back", "Resync.lostAndBack:100000", 10 * MILLI),
                cycles("idle cycles of one node, against a switch", "cycle:1", "bySwitch:1"),
                cycles("idle cycles of 10 k nodes, against a switch", "cycle:10000", "bySwitch:10000"),
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
                crash("p50, the end known, driver alone, bare loop", "driverNoticeP50", "bareNoticeP50", 0),
                crash("p50, bare loop through setsid", "managerP50", "sessionP50", 0),
                crash("p50, bare loop through env and setsid", "managerP50", "signalsP50", 0),
                crash("p99, against the bare loop", "managerP99", "bareP99", 0),
                faster("P11", "p50, against runit's runsv", CRASH + "managerP50", CRASH + "runsvP50", 3),
                faster("P11", "p99, against runit's runsv", CRASH + "managerP99", CRASH + "runsvP99", 0),
                faster("P11", "p50, against supervisord", CRASH + "managerP50", CRASH + "supervisordP50", 300),
                ceiling("P11", "p50", CRASH + "managerP50", 2 * MILLI),
                ceiling("P11", "p50, for default settings", CRASH + "managerP50", 5 * MILLI),
                ceiling("P11", "p99", CRASH + "managerP99", 15 * MILLI),
                faster("P12", "p50, against ProcessHandle.onExit", ADOPTED + "driverP50", ADOPTED + "handleP50", 10),
                faster("P12", "p50, the same with the reaping", ADOPTED + "driverP50", ADOPTED + "unreapedP50", 0),
                faster("P12", "p99, against ProcessHandle.onExit", ADOPTED + "driverP99", ADOPTED + "handleP99", 0),
                faster("P12", "longest, against ProcessHandle.onExit", ADOPTED + "driverMax", ADOPTED + "handleMax", 0),
                ceiling("P12", "p50", ADOPTED + "driverP50", 150 * MILLI),
                ceiling("P12", "p99", ADOPTED + "driverP99", 150 * MILLI),
                ceiling("P12", "longest", ADOPTED + "driverMax", 150 * MILLI),
                launch("one after the other", "driverSequential", "builderSequential", 0.95),
                launch("eight at a time", "driverEight", "builderEight", 0.95),
                launch("one after the other, through setsid", "driverSequential", "sessionSequential", 0),
                launch("one after the other, through env and setsid", "driverSequential", "signalsSequential", 0),
                launch("eight at a time, through setsid", "driverEight", "sessionEight", 0),
                launch("eight at a time, through env and setsid", "driverEight", "signalsEight", 0),
                floor("P13", "one after the other", LAUNCH + "driverSequential", 500),
                new Goal(
                        "P13",
                        "threads beside the builder's, eight at a time",
                        LAUNCH + "driverThreads",
                        LAUNCH + "builderThreads",
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

    private static Goal read(String what, String ours, String peer, double least) {
        return faster("P7", what, "ArrivedRead." + ours, "ArrivedRead." + peer, least);
    }

    private static Goal update(String what, String ours, String peer, double least) {
        return new Goal(
                "P8", what, "ArrivedUpdate." + ours, "ArrivedUpdate." + peer, PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal resync(String what, String ours, String peer, double most) {
        return new Goal("P9", what, "Resync." + ours, "Resync." + peer, NANOS, most, Sense.AT_MOST);
    }

    private static Goal cycles(String what, String ours, String peer) {
        return new Goal("", what, "GuardCycles." + ours, "GuardCycles." + peer, PER_SECOND, 0, Sense.AT_LEAST);
    }

    private static Goal pass(String what, String ours, String peer, double least) {
        return faster("P10", what, "Reconcile." + ours, "Reconcile." + peer, least);
    }

    private static Goal faster(String id, String what, String ours, String peer, double least) {
        return new Goal(id, what, ours, peer, NANOS, least, Sense.FASTER);
    }

    private static Goal crash(String what, String ours, String peer, double most) {
        return new Goal("P11", what, CRASH + ours, CRASH + peer, NANOS, most, Sense.AT_MOST);
    }

    private static Goal launch(String what, String ours, String peer, double least) {
        return new Goal("P13", what, LAUNCH + ours, LAUNCH + peer, PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal floor(String id, String what, String ours, double least) {
        return new Goal(id, what, ours, "", PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal ceiling(String id, String what, String ours, double most) {
        return new Goal(id, what, ours, "", NANOS, most, Sense.AT_MOST);
    }
}
