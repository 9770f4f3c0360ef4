package dev.steward.benchmarks;

import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.RecordStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * P20: how many decisions a leader persists in a second, in batches of a hundred and the fence, and what its cycles write.
 *
 * <p>The leader loop with its thread, its copy and the store, and bare writes of values as large to as many places take turns. What is decided
 * is an addition: each decision reads a record in the copy and stages it anew. The score is the time of a whole run and says nothing; the
 * figures are the counters.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR"})
public class Persistence {
    private static final int RECORDS = 1_000;
    private static final int WARM_UPS = 3;
    private static final int BATCHES = 200;
    private static final int SINGLES = 500;
    private static final int HUNDREDS = 100;
    private static final int IDLE_PASSES = 1_000;
    private static final int IDLE_PAUSE_MILLIS = 2;
    private static final int IDLE_READS = 2_000;
    private static final int SESSION_MILLIS = 20_000;
    private static final long NOT_COUNTED = -1;
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Turns of each, after three of warm-up. */
        @Param("10")
        public int turns;
    }

    /** Decisions in a second, and what they cost. What was not measured is no number. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Rates {
        /** The leader's. */
        public double ours;
        /** Bare writes, one for each commit. */
        public double one;
        /** Bare writes, a hundred for each commit. */
        public double hundred;
        /** Nanoseconds of a look for changes when there are none, the median. */
        public double idleChanges;
        /** Transactions of the server for each cycle of the leader. */
        public double transactions = Double.NaN;
        /** Transactions of the server in a thousand cycles of a leader who has nothing to decide. */
        public double idleTransactions = Double.NaN;
        /** The most changes of a batch. */
        public double mostChanges;
        /** The most bytes of a batch. */
        public double mostBytes;
    }

    /** Counts the transactions that a server has made. */
    @FunctionalInterface
    private interface Meter {
        long transactions() throws Exception;
    }

    /** SQLite in a file, with the log and the synchronisation of our store. */
    @Benchmark
    public void sqlite(Setting setting, Rates rates) throws Exception {
        Path folder = Files.createTempDirectory("steward-bench");
        try {
            Connection bare = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
            run(
                    JdbcSeat.sqlite(folder.resolve("ours.db"), LEASE),
                    new BareSql(
                            bare, List.of("pragma journal_mode = wal", "pragma synchronous = full"), "blob", RECORDS),
                    setting,
                    rates);
        } finally {
            CrashToRelaunch.delete(folder);
        }
    }

    /** PostgreSQL on the loopback, told to synchronise, which one for tests does not by itself. */
    @Benchmark
    public void postgres(Setting setting, Rates rates) throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setServerConfig("fsync", "on").start()) {
            Connection bare = server.getPostgresDatabase().getConnection();
            requireSynchronising(bare);
            run(
                    JdbcSeat.postgres(server.getPostgresDatabase(), LEASE),
                    new BareSql(bare, List.of("set synchronous_commit = on"), "bytea", RECORDS),
                    setting,
                    rates);
        }
    }

    private static void requireSynchronising(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show fsync")) {
            if (!row.next() || !row.getString(1).equals("on")) {
                throw new IllegalStateException("the server does not synchronise");
            }
        }
    }

    /** ZooKeeper on the loopback, with its data on disk. */
    @Benchmark
    public void zooKeeper(Setting setting, Rates rates) throws Exception {
        try (ZooServer server = new ZooServer()) {
            String at = server.connectString();
            run(new CuratorSeat(at, SESSION_MILLIS), new BareZooKeeper(at, RECORDS), server::zxid, setting, rates);
        }
    }

    private static void run(Seat seat, BareWrites bare, Setting setting, Rates rates) throws Exception {
        run(seat, bare, () -> NOT_COUNTED, setting, rates);
    }

    private static void run(Seat seat, BareWrites bare, Meter meter, Setting setting, Rates rates) throws Exception {
        try (bare;
                Member leader = new Member("leader", seat, RECORDS, BareWrites.HUNDRED, Duration.ZERO)) {
            leader.stand(RECORDS / BareWrites.HUNDRED);
            leader.awaitLeading();
            count(leader, meter, rates);
            long ours = 0;
            long one = 0;
            long hundred = 0;
            for (int turn = -WARM_UPS; turn < setting.turns; turn++) {
                long first = System.nanoTime();
                Await.open("all decisions", leader.order(BATCHES));
                long second = System.nanoTime();
                for (int i = 0; i < SINGLES; i++) {
                    bare.one();
                }
                long third = System.nanoTime();
                for (int i = 0; i < HUNDREDS; i++) {
                    bare.hundred();
                }
                if (turn >= 0) {
                    ours += second - first;
                    one += third - second;
                    hundred += System.nanoTime() - third;
                }
            }
            rates.ours = perSecond((long) setting.turns * BATCHES * BareWrites.HUNDRED, ours);
            rates.one = perSecond((long) setting.turns * SINGLES, one);
            rates.hundred = perSecond((long) setting.turns * HUNDREDS * BareWrites.HUNDRED, hundred);
            rates.mostChanges = seat.store().mostChanges();
            rates.mostBytes = seat.store().mostBytes();
            rates.idleChanges = idleChanges(seat.store());
        }
    }

    private static void count(Member leader, Meter meter, Rates rates) throws Exception {
        Await.open("all decisions", leader.order(1)); // those of its beginning are over
        long before = meter.transactions();
        if (before == NOT_COUNTED) {
            return;
        }
        Await.open("all decisions", leader.order(BATCHES));
        rates.transactions = (meter.transactions() - before) / (double) BATCHES;
        long idle = meter.transactions();
        for (int i = 0; i < IDLE_PASSES; i++) {
            leader.wake();
            TimeUnit.MILLISECONDS.sleep(IDLE_PAUSE_MILLIS);
        }
        rates.idleTransactions = (double) meter.transactions() - idle;
    }

    private static double perSecond(long decisions, long nanos) {
        return (double) decisions * TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    private static double idleChanges(RecordStore store) throws Exception {
        Cursor cursor = Cursor.START;
        for (boolean more = true; more; ) {
            Changes page = look(store, cursor);
            cursor = page.next();
            more = page.more();
        }
        long[] took = new long[IDLE_READS];
        for (int i = 0; i < took.length; i++) {
            long begin = System.nanoTime();
            cursor = look(store, cursor).next();
            took[i] = System.nanoTime() - begin;
        }
        return new Quantiles(took, IDLE_READS / 2).at(0.5);
    }

    private static Changes look(RecordStore store, Cursor cursor) throws Exception {
        CompletableFuture<ChangesAnswer> answer = new CompletableFuture<>();
        store.changes(new ChangeQuery(Set.of(""), cursor, 10_000), answer::complete);
        ChangesAnswer got = Await.value("changes", answer);
        if (got instanceof Changes page) {
            return page;
        }
        throw new IllegalStateException("no changes: " + got);
    }
}
