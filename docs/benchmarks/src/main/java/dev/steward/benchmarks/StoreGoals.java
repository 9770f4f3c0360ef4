package dev.steward.benchmarks;

import static dev.steward.benchmarks.Goal.Unit.NANOS;
import static dev.steward.benchmarks.Goal.Unit.PER_SECOND;
import static dev.steward.benchmarks.Goal.Unit.TIMES;

import dev.steward.benchmarks.Goal.Sense;
import dev.steward.store.Batch;
import java.util.ArrayList;
import java.util.List;

/** What is to be reached by stores and leaders, row by row. */
final class StoreGoals {
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;
    private static final String KEEPER = "Persistence.zooKeeper#";
    private static final String HAND_OVER = "HandOver.zooKeeper#";
    private static final String SESSION = "SessionKilled.zooKeeper#";
    private static final String KILLED = "LeaderKilled.";
    private static final String ENSEMBLE = "StoreLeaderKilled.ensemble#";

    private StoreGoals() {}

    /** All rows, in order. */
    static List<Goal> all() {
        List<Goal> all = new ArrayList<>();
        all.addAll(ofPersistence());
        all.addAll(ofDatabase("SQLite", "Persistence.sqlite#"));
        all.addAll(ofDatabase("PostgreSQL", "Persistence.postgres#"));
        all.addAll(ofHandOver());
        all.addAll(ofSession());
        all.addAll(ofKill());
        all.addAll(ofEnsemble());
        return all;
    }

    private static List<Goal> ofPersistence() {
        return List.of(
                persisted("ZooKeeper, against one setData each", KEEPER + "ours", KEEPER + "one", 25),
                persisted("ZooKeeper, against bare transactions of 100", KEEPER + "ours", KEEPER + "hundred", 0),
                new Goal("P20", "ZooKeeper", KEEPER + "ours", "", PER_SECOND, 50e3, Sense.AT_LEAST),
                count("P20", "ZooKeeper, transactions in a cycle", KEEPER + "transactions", 1),
                count("P20", "ZooKeeper, the same, 1,000 idle cycles", KEEPER + "idleTransactions", Goal.NONE),
                count("P20", "changes in a batch, the most", KEEPER + "mostChanges", Batch.MOST_CHANGES),
                count("P20", "bytes in a batch, the most", KEEPER + "mostBytes", Batch.MOST_BYTES),
                ceiling("P20", "ZooKeeper, a look for changes when there are none", KEEPER + "idleChanges", 0));
    }

    private static List<Goal> ofDatabase(String name, String key) {
        return List.of(
                persisted(name + ", against a commit for each row", key + "ours", key + "one", 0),
                persisted(name + ", against commits of 100 rows", key + "ours", key + "hundred", 0),
                ceiling("P20", name + ", a look for changes when there are none", key + "idleChanges", 0));
    }

    private static List<Goal> ofHandOver() {
        return List.of(
                against("P21", "p50, 100 k records, bare latch", HAND_OVER + "oursP50", HAND_OVER + "bareP50", 3),
                against("P21", "longest, 100 k records, bare latch", HAND_OVER + "oursMax", HAND_OVER + "bareMax", 0),
                ceiling("P21", "p50, 100 k records", HAND_OVER + "oursP50", 20 * MILLI),
                ceiling("P21", "p50, 100 k records, a lease on SQLite", "HandOver.sqlite#oursP50", 0),
                ceiling("P21", "longest, 100 k records, a lease on SQLite", "HandOver.sqlite#oursMax", 0));
    }

    private static List<Goal> ofSession() {
        return List.of(
                against("P22", "p50, from the kill, bare latch", SESSION + "oursP50", SESSION + "bareP50", 1.5),
                against("P22", "longest, from the kill, bare latch", SESSION + "oursMax", SESSION + "bareMax", 0),
                against(
                        "P22",
                        "p50, and the kill is over",
                        SESSION + "oursReturnedP50",
                        SESSION + "bareReturnedP50",
                        1.5),
                against(
                        "P22",
                        "p50, from its close, bare latch",
                        SESSION + "oursClosedP50",
                        SESSION + "bareClosedP50",
                        0),
                ceiling("P22", "p50, from the kill", SESSION + "oursP50", 150 * MILLI));
    }

    private static List<Goal> ofKill() {
        String keeper = KILLED + "zooKeeper#";
        return List.of(
                against("P23", "p50, idle leader, bare latch", keeper + "oursP50", keeper + "bareP50", 0),
                against("P23", "longest, idle leader, bare latch", keeper + "oursMax", keeper + "bareMax", 0),
                against("P23", "p50, busy leader, bare latch", keeper + "busyP50", keeper + "bareBusyP50", 0),
                against("P23", "longest, busy leader, bare latch", keeper + "busyMax", keeper + "bareBusyMax", 0),
                ceiling("P23", "p50, idle leader: session + 200 ms", keeper + "oursP50", 1_200 * MILLI),
                ceiling("P23", "p50, busy leader: session + 200 ms", keeper + "busyP50", 1_200 * MILLI),
                ceiling("P23", "longest: a tenth of Kubernetes' lease", keeper + "oursMax", 15 * SECOND / 10),
                ceiling("P23", "p50, a lease of 1 s on SQLite", KILLED + "sqlite#oursP50", 0),
                ceiling("P23", "longest, a lease of 1 s on SQLite", KILLED + "sqlite#oursMax", 0));
    }

    private static List<Goal> ofEnsemble() {
        return List.of(
                against("P24", "write gap, p50, against raw writes", ENSEMBLE + "oursP50", ENSEMBLE + "rawP50", 0),
                against("P24", "write gap, longest, against raw writes", ENSEMBLE + "oursMax", ENSEMBLE + "rawMax", 0),
                ceiling("P24", "more than the raw gap of the same kill, p50", ENSEMBLE + "moreP50", 100 * MILLI),
                ceiling("P24", "more than the raw gap of the same kill, most", ENSEMBLE + "moreMax", 0),
                count("P24", "decisions acknowledged and lost", ENSEMBLE + "lost", Goal.NONE),
                count("P24", "decisions made twice", ENSEMBLE + "doubled", Goal.NONE),
                count("P24", "decisions acknowledged", ENSEMBLE + "acknowledged", 0));
    }

    private static Goal persisted(String what, String ours, String peer, double least) {
        return new Goal("P20", what, ours, peer, PER_SECOND, least, Sense.AT_LEAST);
    }

    private static Goal count(String id, String what, String ours, double most) {
        return new Goal(id, what, ours, "", TIMES, most, Sense.AT_MOST);
    }

    private static Goal against(String id, String what, String ours, String peer, double most) {
        return new Goal(id, what, ours, peer, NANOS, most, Sense.AT_MOST);
    }

    private static Goal ceiling(String id, String what, String ours, double most) {
        return new Goal(id, what, ours, "", NANOS, most, Sense.AT_MOST);
    }
}
