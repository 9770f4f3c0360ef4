package dev.steward.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
 * P21: a leader closes, until the first decision of the other one is committed under its own fence.
 *
 * <p>Both are in this JVM, each with a connection, a copy and a thread of its own; the copies hold {@value #BALLAST} records beside the one that
 * is decided about. Curator's latch alone, closed until the other one is told that it leads, takes turns. The score is the time of a
 * whole run and says nothing; the latencies are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR"})
public class HandOver {
    private static final int BALLAST = 100_000;
    private static final int WARM_UPS = 3;
    private static final int SESSION_MILLIS = 20_000;
    private static final int SETTLE_MILLIS = 300;
    private static final Duration LEASE = Duration.ofSeconds(1);

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Of each, after three of warm-up. */
        @Param("20")
        public int handOvers;
    }

    /** Median and longest. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** The leader loop. */
        public double oursP50;
        /** The leader loop. */
        public double oursMax;
        /** The latch alone. */
        public double bareP50 = Double.NaN;
        /** The latch alone. */
        public double bareMax = Double.NaN;
    }

    /** On ZooKeeper, with Curator's latch as the election. */
    @Benchmark
    public void zooKeeper(Setting setting, Latency latency) throws Exception {
        try (ZooServer server = new ZooServer();
                BareLatch first = new BareLatch(server.connectString(), SESSION_MILLIS);
                BareLatch second = new BareLatch(server.connectString(), SESSION_MILLIS);
                Pair pair = new Pair(
                        new CuratorSeat(server.connectString(), SESSION_MILLIS),
                        new CuratorSeat(server.connectString(), SESSION_MILLIS))) {
            first.stand();
            Await.until("the first latch leads", first::isLeading);
            second.stand();
            Deque<BareLatch> latches = new ArrayDeque<>(List.of(first, second));
            long[] ours = new long[setting.handOvers + WARM_UPS];
            long[] bare = new long[ours.length];
            for (int i = 0; i < ours.length; i++) {
                ours[i] = pair.handOver();
                bare[i] = handOver(latches);
            }
            report(ours, latency);
            latency.bareP50 = new Quantiles(bare, WARM_UPS).at(0.5);
            latency.bareMax = new Quantiles(bare, WARM_UPS).at(1);
        }
    }

    /** On SQLite, with a lease as the election. */
    @Benchmark
    public void sqlite(Setting setting, Latency latency) throws Exception {
        Path folder = Files.createTempDirectory("steward-bench");
        Path file = folder.resolve("ours.db");
        try (Pair pair = new Pair(JdbcSeat.sqlite(file, LEASE), JdbcSeat.sqlite(file, LEASE))) {
            long[] ours = new long[setting.handOvers + WARM_UPS];
            for (int i = 0; i < ours.length; i++) {
                ours[i] = pair.handOver();
            }
            report(ours, latency);
        } finally {
            CrashToRelaunch.delete(folder);
        }
    }

    private static void report(long[] ours, Latency latency) {
        latency.oursP50 = new Quantiles(ours, WARM_UPS).at(0.5);
        latency.oursMax = new Quantiles(ours, WARM_UPS).at(1);
    }

    private static long handOver(Deque<BareLatch> latches) throws Exception {
        BareLatch leader = latches.remove();
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        CompletableFuture<Long> leads = latches.element().leads();
        long begin = System.nanoTime();
        leader.retire();
        long took = Await.value("the other latch leads", leads) - begin;
        leader.stand();
        latches.add(leader);
        return took;
    }

    /** Two that lead in turn. */
    private static final class Pair implements AutoCloseable {
        private final Deque<Member> members = new ArrayDeque<>();

        private Pair(Seat first, Seat second) throws Exception {
            Member leader = Member.ofOne("first", first);
            Member standby = Member.ofOne("second", second);
            members.add(leader);
            members.add(standby);
            Ballast.load(first.store(), BALLAST);
            leader.stand(1);
            leader.awaitLeading();
            standby.stand(1);
            leader.awaitKnown(BALLAST + 2);
            standby.awaitKnown(BALLAST + 2); // the fence and what is decided about
        }

        private long handOver() throws Exception {
            Member leader = members.remove();
            Member standby = members.element();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            CompletableFuture<Long> decided = standby.seat().store().nextDecision();
            long begin = System.nanoTime();
            leader.retire();
            long took = Await.value("the first decision", decided) - begin;
            leader.stand(1);
            members.add(leader);
            return took;
        }

        @Override
        public void close() {
            members.forEach(Member::close);
        }
    }
}
