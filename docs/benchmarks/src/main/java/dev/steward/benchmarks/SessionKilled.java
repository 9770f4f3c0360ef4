package dev.steward.benchmarks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
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
 * P22: the session of a leader is killed, until the first decision of the other one is committed under its own fence.
 *
 * <p>Killed as tests do it: a second connection takes the session over, and closes it. It is measured from the beginning of that, and from the
 * close. Both leaders are in this JVM; Curator's latch alone, until the other one is told that it leads, takes turns. The killed one comes
 * back by itself and is the next standby. The score is the time of a whole run and says nothing; the latencies are the counters.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class SessionKilled {
    private static final int WARM_UPS = 2;
    private static final int SESSION_MILLIS = 10_000;
    private static final int SETTLE_MILLIS = 500;

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Of each, after two of warm-up. */
        @Param("20")
        public int handOvers;
    }

    /** Median and longest, in nanoseconds. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** The leader loop, from the beginning of the kill. */
        public double oursP50;
        /** The leader loop, from the beginning of the kill. */
        public double oursMax;
        /** The leader loop, from the close of the session. */
        public double oursClosedP50;
        /** The leader loop, from the beginning of the kill until both have come to pass, the decision and the end of the kill. */
        public double oursReturnedP50;
        /** The latch alone, from the beginning of the kill. */
        public double bareP50;
        /** The latch alone, from the beginning of the kill. */
        public double bareMax;
        /** The latch alone, from the close of the session. */
        public double bareClosedP50;
        /** The latch alone, from the beginning of the kill until it has come back, too. */
        public double bareReturnedP50;
    }

    /** On ZooKeeper, with Curator's latch as the election. */
    @Benchmark
    public void zooKeeper(Setting setting, Latency latency) throws Exception {
        try (ZooServer server = new ZooServer();
                Ours ours = new Ours(server.connectString());
                Bare bare = new Bare(server.connectString())) {
            Takes ofOurs = new Takes(setting.handOvers);
            Takes ofBare = new Takes(setting.handOvers);
            for (int i = 0; i < setting.handOvers + WARM_UPS; i++) {
                ours.kill(i, ofOurs);
                bare.kill(i, ofBare);
            }
            latency.oursP50 = new Quantiles(ofOurs.begun, WARM_UPS).at(0.5);
            latency.oursMax = new Quantiles(ofOurs.begun, WARM_UPS).at(1);
            latency.oursClosedP50 = new Quantiles(ofOurs.closed, WARM_UPS).at(0.5);
            latency.oursReturnedP50 = new Quantiles(ofOurs.returned, WARM_UPS).at(0.5);
            latency.bareReturnedP50 = new Quantiles(ofBare.returned, WARM_UPS).at(0.5);
            latency.bareP50 = new Quantiles(ofBare.begun, WARM_UPS).at(0.5);
            latency.bareMax = new Quantiles(ofBare.begun, WARM_UPS).at(1);
            latency.bareClosedP50 = new Quantiles(ofBare.closed, WARM_UPS).at(0.5);
        }
    }

    /** What each kill took. */
    private static final class Takes {
        private final long[] begun;
        private final long[] closed;
        private final long[] returned;

        private Takes(int measured) {
            begun = new long[measured + WARM_UPS];
            returned = new long[begun.length];
            closed = new long[begun.length];
        }

        private void measure(int kill, CuratorFramework doomed, CompletableFuture<Long> succeeded) throws Exception {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            ZooKeeper victim = doomed.getZookeeperClient().getZooKeeper();
            CountDownLatch connected = new CountDownLatch(1);
            long begin = System.nanoTime();
            ZooKeeper duplicate = new ZooKeeper(
                    doomed.getZookeeperClient().getCurrentConnectionString(),
                    SESSION_MILLIS,
                    event -> {
                        if (event.getState() == KeeperState.SyncConnected) {
                            connected.countDown();
                        }
                    },
                    victim.getSessionId(),
                    victim.getSessionPasswd());
            Await.open("the session is taken over", connected);
            closed[kill] = -System.nanoTime();
            duplicate.close(); // which takes it 100 ms, while the other one goes on
            returned[kill] = System.nanoTime() - begin;
            long end = Await.value("somebody else leads", succeeded);
            returned[kill] = Math.max(returned[kill], end - begin);
            begun[kill] = end - begin;
            closed[kill] += end;
        }
    }

    private static final class Ours implements AutoCloseable {
        private final Deque<CuratorSeat> seats = new ArrayDeque<>();
        private final Deque<Member> members = new ArrayDeque<>();

        private Ours(String connectString) {
            for (String name : List.of("first", "second")) {
                CuratorSeat seat = new CuratorSeat(connectString, SESSION_MILLIS);
                Member member = Member.ofOne(name, seat);
                seats.add(seat);
                members.add(member);
                member.stand(1);
                if (members.size() == 1) {
                    member.awaitLeading();
                }
            }
        }

        private void kill(int kill, Takes takes) throws Exception {
            Member leader = members.remove();
            Member standby = members.element();
            CuratorSeat doomed = seats.remove();
            CuratorSeat next = seats.element();
            Await.until("both stand in line", () -> next.candidates(Candidate.ROLE) == 2);
            standby.awaitInTouch();
            takes.measure(kill, doomed.client(), next.store().nextDecision());
            var unused = leader.order(1); // for when it leads again
            members.add(leader);
            seats.add(doomed);
        }

        @Override
        public void close() {
            members.forEach(Member::close);
        }
    }

    private static final class Bare implements AutoCloseable {
        private final Deque<BareLatch> latches = new ArrayDeque<>();

        private Bare(String connectString) throws Exception {
            for (int i = 0; i < 2; i++) {
                BareLatch latch = new BareLatch(connectString, SESSION_MILLIS);
                latches.add(latch);
                latch.stand();
                if (i == 0) {
                    Await.until("the first latch leads", latch::isLeading);
                }
            }
        }

        private void kill(int kill, Takes takes) throws Exception {
            BareLatch doomed = latches.remove();
            BareLatch standby = latches.element();
            Await.until("both stand in line", () -> standby.candidates() == 2);
            takes.measure(kill, doomed.client(), standby.leads());
            latches.add(doomed);
        }

        @Override
        public void close() throws IOException {
            for (BareLatch latch : latches) {
                latch.close();
            }
        }
    }
}
