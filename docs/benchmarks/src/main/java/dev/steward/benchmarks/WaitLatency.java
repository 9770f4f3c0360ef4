package dev.steward.benchmarks;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
 * P6: from the call that publishes an event on one thread to the call of the listener on another, one hop, at a steady pace: 100,000
 * events a second where the receiver is busy, 5,000 where it parks in between, so that it really does.
 *
 * <p>{@code wait} is a {@link dev.steward.await.StateWait} whose listener is told of the end of each name; {@code feed} a bare cursor.
 * {@code busy} makes passes without a pause, {@code woken} makes one when a flag
 * says so, {@code parked} leaves that to a
 * {@link dev.steward.loop.LoopInvoker}.
 *
 * <p>The score is the time of a whole run and says nothing; the latencies are the counters.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class WaitLatency {
    /** Who hands over to whom, and how. */
    @State(Scope.Thread)
    public static class Setting {
        /** The means, and what the receiver does while nothing comes. */
        @Param({
            "wait-busy",
            "wait-woken",
            "wait-parked",
            "feed-busy",
            "feed-parked",
            "disruptor-busy",
            "disruptor-parked",
            "queue-busy",
            "queue-parked"
        })
        public String by;

        /** How many seconds are measured, after half as many of warm-up. */
        @Param("1")
        public int seconds;

        private int perSecond() {
            return by.endsWith("-parked") ? 5_000 : 100_000;
        }

        private Hop hop(int events) {
            return switch (by) {
                case "wait-busy" -> new StewardHops.OfWait(events, StewardHops::spinning);
                case "wait-woken" -> new StewardHops.OfWait(events, StewardHops::watching);
                case "wait-parked" -> new StewardHops.OfWait(events, StewardHops::parking);
                case "feed-busy" -> new StewardHops.OfFeed(events, StewardHops::spinning);
                case "feed-parked" -> new StewardHops.OfFeed(events, StewardHops::parking);
                case "disruptor-busy" -> new DisruptorHop(events, new BusySpinWaitStrategy());
                case "disruptor-parked" -> new DisruptorHop(events, new BlockingWaitStrategy());
                case "queue-busy" -> new QueueHop(events, false);
                case "queue-parked" -> new QueueHop(events, true);
                default -> throw new IllegalArgumentException(by);
            };
        }
    }

    /** The latencies in nanoseconds. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** The median. */
        public double p50;
        /** Of a hundred, one took longer. */
        public double p99;
        /** Of a thousand, one took longer. */
        public double p999;
    }

    /** One run. */
    @Benchmark
    public void hop(Setting setting, Latency latency) throws InterruptedException {
        int warmUp = setting.perSecond() * setting.seconds / 2;
        int events = warmUp + setting.perSecond() * setting.seconds;
        long[] sent = new long[events];
        long[] took = new long[events];
        try (Hop hop = setting.hop(events)) {
            var receiver = new Thread(
                    () -> hop.receive(number -> took[number] = System.nanoTime() - sent[number]), "receiver");
            var failure = new AtomicReference<@Nullable Throwable>();
            receiver.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            receiver.setDaemon(true);
            receiver.start();
            send(hop, sent, TimeUnit.SECONDS.toNanos(1) / setting.perSecond());
            receiver.join();
            if (failure.get() != null) {
                throw new IllegalStateException("the receiver has failed", failure.get());
            }
        }
        var quantiles = new Quantiles(took, warmUp);
        latency.p50 = quantiles.at(0.5);
        latency.p99 = quantiles.at(0.99);
        latency.p999 = quantiles.at(0.999);
    }

    private static void send(Hop hop, long[] sent, long period) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50); // so that the receiver is there
        for (int number = 0; number < sent.length; number++) {
            long now = System.nanoTime();
            while (now - due < 0) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            due = Math.max(due, now - period) + period; // a sender that was held up does not catch up in a burst
            sent[number] = now;
            hop.send(number);
        }
    }
}
