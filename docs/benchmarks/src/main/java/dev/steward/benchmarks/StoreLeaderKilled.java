package dev.steward.benchmarks;

import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.InstanceSpec;
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
 * P24: the leader of three ZooKeeper servers is killed while decisions are made: for how long none is committed, and whether any is lost or made
 * twice.
 *
 * <p>A loop of bare {@code setData}, on a connection of its own to the same three, suffers the same kills at the same time; it asks again at
 * once, as long as it takes. The gap is the longest time between two writes that were acknowledged, of the seconds after a kill. Each decision adds one
 * to one number. The score is the time of a whole run and says nothing; the gaps are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR"})
public class StoreLeaderKilled {
    private static final int SESSION_MILLIS = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int CALM_MILLIS = 2_000;
    private static final int WRITES_AFTERWARDS = 50;
    private static final String NODE = "/bare-loop";

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Leaders of the ensemble. */
        @Param("10")
        public int kills;
    }

    /** Median and longest gap, and what became of the decisions. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Gaps {
        /** Between two decisions. */
        public double oursP50;
        /** Between two decisions. */
        public double oursMax;
        /** Between two raw writes. */
        public double rawP50;
        /** Between two raw writes. */
        public double rawMax;
        /** By how much the one was longer than the other, kill by kill; zero where it was not. */
        public double moreP50;
        /** By how much the one was longer than the other, kill by kill; zero where it was not. */
        public double moreMax;
        /** Decisions that were acknowledged. */
        public double acknowledged;
        /** Those of them that were lost. */
        public double lost;
        /** Decisions that were made twice. */
        public double doubled;
    }

    /** On three servers in this JVM. */
    @Benchmark
    public void ensemble(Setting setting, Gaps gaps) throws Exception {
        try (ZooEnsemble servers = new ZooEnsemble();
                RawLoop raw = new RawLoop(servers.connectString());
                Member leader =
                        new Member("leader", new CuratorSeat(servers.connectString(), SESSION_MILLIS), 1, 1, PAUSE)) {
            WriteGaps decided = new WriteGaps();
            Tally tally = new Tally();
            leader.seat().store().listen(tally);
            leader.seat().store().listen((batch, answer, nanos) -> {
                if (MeteredStore.isDecision(batch) && answer instanceof CommitAnswer.Committed) {
                    decided.wrote(nanos);
                }
            });
            leader.stand(Decisions.ENDLESS);
            leader.awaitLeading();
            raw.start();
            long[] ours = new long[setting.kills];
            long[] bare = new long[setting.kills];
            long[] more = new long[setting.kills];
            for (int i = 0; i < setting.kills; i++) {
                TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
                long kill = System.nanoTime();
                InstanceSpec killed = servers.killLeader();
                awaitWrites(decided, raw, System.nanoTime());
                ours[i] = decided.longestAfter(kill);
                bare[i] = raw.gaps.longestAfter(kill);
                more[i] = Math.max(ours[i] - bare[i], 0);
                long restart = System.nanoTime();
                servers.restart(killed);
                awaitWrites(decided, raw, restart);
            }
            leader.retire();
            long number = number(leader.seat().store());
            report(ours, bare, more, gaps);
            gaps.acknowledged = tally.acknowledged();
            gaps.lost = tally.lost(number);
            gaps.doubled = tally.doubled(number);
        }
    }

    private static void awaitWrites(WriteGaps decided, RawLoop raw, long after) {
        Await.until("decisions again", () -> decided.writesAfter(after) >= WRITES_AFTERWARDS);
        Await.until("raw writes again", () -> raw.gaps.writesAfter(after) >= WRITES_AFTERWARDS);
    }

    private static long number(MeteredStore store) throws Exception {
        CompletableFuture<ReadAnswer> answer = new CompletableFuture<>();
        store.read(Set.of(Decision.TYPE.key("thing-0")), answer::complete);
        ReadAnswer got = Await.value("the number", answer);
        if (got instanceof ReadAnswer.Found found && found.records().size() == 1) {
            return Tally.number(found.records().get(0));
        }
        throw new IllegalStateException("cannot be read: " + got);
    }

    private static void report(long[] ours, long[] bare, long[] more, Gaps gaps) {
        gaps.oursP50 = new Quantiles(ours, 0).at(0.5);
        gaps.oursMax = new Quantiles(ours, 0).at(1);
        gaps.rawP50 = new Quantiles(bare, 0).at(0.5);
        gaps.rawMax = new Quantiles(bare, 0).at(1);
        gaps.moreP50 = new Quantiles(more, 0).at(0.5);
        gaps.moreMax = new Quantiles(more, 0).at(1);
    }

    /** Bare writes on a thread of their own, with the same pause between them. */
    private static final class RawLoop implements AutoCloseable {
        private final WriteGaps gaps = new WriteGaps();
        private final CuratorFramework client;
        private final Thread thread = new Thread(this::write, "writes all the time");
        private volatile boolean over;

        private RawLoop(String connectString) throws Exception {
            client = ZooServer.connect(connectString, SESSION_MILLIS);
            client.create().forPath(NODE, BareWrites.value(0));
            thread.setDaemon(true);
        }

        private void start() {
            thread.start();
        }

        private void write() {
            try {
                for (int i = 1; !over; i++) {
                    client.setData().forPath(NODE, BareWrites.value(i));
                    gaps.wrote(System.nanoTime());
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                }
            } catch (Exception closed) {
                over = true;
            }
        }

        @Override
        public void close() {
            over = true;
            client.close();
        }
    }
}
