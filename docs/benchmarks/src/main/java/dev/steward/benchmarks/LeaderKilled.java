package dev.steward.benchmarks;

import dev.steward.benchmarks.LeaderProcess.With;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
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
 * P23: {@code kill -9} of a JVM that leads, until the first decision of the standby in this one is committed under its own fence.
 *
 * <p>The session, or the lease, lasts a second, and the server counts in ticks of 200 ms. The leader is idle, as that of the bare latch was when the
 * goal was set, or it writes every 50 ms, which puts the end of its session off until its very end. Each kill comes at a random time. The
 * score is the time of a whole run and says nothing; the latencies are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class LeaderKilled {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofMillis(50);
    private static final int SHORTEST_PAUSE_MILLIS = 700;
    private static final int LONGEST_PAUSE_MILLIS = 1_700;

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Of each. */
        @Param("10")
        public int kills;
    }

    /** Median and longest. What was not measured is no number. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** An idle leader. */
        public double oursP50;
        /** An idle leader. */
        public double oursMax;
        /** A busy leader. */
        public double busyP50 = Double.NaN;
        /** A busy leader. */
        public double busyMax = Double.NaN;
        /** The latch alone, idle. */
        public double bareP50 = Double.NaN;
        /** The latch alone, idle. */
        public double bareMax = Double.NaN;
        /** The latch alone, and its process writes. */
        public double bareBusyP50 = Double.NaN;
        /** The latch alone, and its process writes. */
        public double bareBusyMax = Double.NaN;
    }

    /** On ZooKeeper, with Curator's latch as the election. */
    @Benchmark
    public void zooKeeper(Setting setting, Latency latency) throws Exception {
        try (ZooServer server = new ZooServer()) {
            String at = server.connectString();
            long[] idle = new long[setting.kills];
            long[] busy = new long[setting.kills];
            long[] bare = new long[setting.kills];
            long[] bareBusy = new long[setting.kills];
            for (int i = 0; i < setting.kills; i++) {
                idle[i] = killed(With.CURATOR, at, Duration.ZERO);
                bare[i] = latchKilled(at, Duration.ZERO);
                busy[i] = killed(With.CURATOR, at, BUSY);
                bareBusy[i] = latchKilled(at, BUSY);
            }
            latency.oursP50 = new Quantiles(idle, 0).at(0.5);
            latency.oursMax = new Quantiles(idle, 0).at(1);
            latency.busyP50 = new Quantiles(busy, 0).at(0.5);
            latency.busyMax = new Quantiles(busy, 0).at(1);
            latency.bareP50 = new Quantiles(bare, 0).at(0.5);
            latency.bareMax = new Quantiles(bare, 0).at(1);
            latency.bareBusyP50 = new Quantiles(bareBusy, 0).at(0.5);
            latency.bareBusyMax = new Quantiles(bareBusy, 0).at(1);
        }
    }

    /** On SQLite, with a lease as the election, which the leader renews three times a second. */
    @Benchmark
    public void sqlite(Setting setting, Latency latency) throws Exception {
        Path folder = Files.createTempDirectory("steward-bench");
        try {
            long[] idle = new long[setting.kills];
            for (int i = 0; i < idle.length; i++) {
                idle[i] = killed(With.SQLITE, folder.resolve("ours.db").toString(), Duration.ZERO);
            }
            latency.oursP50 = new Quantiles(idle, 0).at(0.5);
            latency.oursMax = new Quantiles(idle, 0).at(1);
        } finally {
            CrashToRelaunch.delete(folder);
        }
    }

    private static long killed(With with, String address, Duration pause) throws Exception {
        try (LeaderProcess leader = LeaderProcess.start(with, address, PATIENCE, pause);
                Member standby = Member.ofOne("standby", seat(with, address))) {
            CompletableFuture<Long> decided = standby.seat().store().nextDecision();
            standby.stand(1);
            standby.awaitInTouch();
            return took(leader, decided);
        }
    }

    private static Seat seat(With with, String address) {
        return with == With.SQLITE
                ? JdbcSeat.sqlite(Path.of(address), PATIENCE)
                : new CuratorSeat(address, (int) PATIENCE.toMillis());
    }

    private static long latchKilled(String address, Duration pause) throws Exception {
        try (LeaderProcess leader = LeaderProcess.start(With.LATCH, address, PATIENCE, pause);
                BareLatch standby = new BareLatch(address, (int) PATIENCE.toMillis())) {
            standby.stand();
            Await.until("both stand in line", () -> standby.candidates() == 2);
            return took(leader, standby.leads());
        }
    }

    private static long took(LeaderProcess leader, CompletableFuture<Long> succeeded) throws Exception {
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        if (succeeded.isDone()) {
            throw new IllegalStateException("the standby leads, and nobody was killed");
        }
        long begin = System.nanoTime();
        leader.kill();
        return Await.value("the standby leads", succeeded) - begin;
    }
}
