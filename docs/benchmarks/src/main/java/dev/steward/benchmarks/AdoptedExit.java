package dev.steward.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.process.ProcessDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
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
 * P12: from {@code kill -9} of a process that is nobody's child any more to the news of its end.
 *
 * <p>A first JVM launches the processes and ends. The driver of this one adopts them, and {@link ProcessHandle#onExit()} watches the same
 * ones: that polls, less and less often the longer it has watched, so it is let watch for a while first. It sees nothing before the system's
 * first process has reaped what was killed, and in a container that may take seconds; so it is measured from there, and the driver from the
 * kill. The kills come at random times. The score is the time of a whole run and says nothing; the latencies are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class AdoptedExit {
    private static final long LIMIT_SECONDS = 60;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int SHORTEST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 150;

    /** How many, and how long. */
    @State(Scope.Thread)
    public static class Setting {
        /** Processes, each of which is killed. */
        @Param("100")
        public int processes;

        /** Seconds for which they are watched before the first kill. */
        @Param("10")
        public int watched;
    }

    /** Median, what one of a hundred exceeds, and the longest. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** The driver. */
        public double driverP50;
        /** The driver. */
        public double driverP99;
        /** The driver. */
        public double driverMax;
        /** The JDK, from when the process has been reaped. */
        public double handleP50;
        /** The JDK, from when the process has been reaped. */
        public double handleP99;
        /** The JDK, from when the process has been reaped. */
        public double handleMax;
        /** The JDK, from the kill, with the time that the system's first process takes to reap. */
        public double unreapedP50;
    }

    /** What is found, and when each of it was seen to end. Safe for use by many threads. */
    private static final class Adopted implements DriverEvents {
        private final CompletableFuture<Census> found = new CompletableFuture<>();
        private final Map<String, Long> ended = new ConcurrentHashMap<>();
        private final CountDownLatch left;

        private Adopted(int processes) {
            left = new CountDownLatch(processes);
        }

        @Override
        public void observed(Observation news) {
            if (news instanceof Observation.Exited) {
                ended.put(news.name(), System.nanoTime());
                left.countDown();
            }
        }

        @Override
        public void census(Census census) {
            found.complete(census);
        }
    }

    /** One run. */
    @Benchmark
    public void notice(Setting setting, Latency latency) throws Exception {
        Path folder = Files.createTempDirectory("steward-bench");
        String owner = "bench-adopted-" + ProcessHandle.current().pid();
        var driver = new ProcessDriver(owner, folder, OnClose.LEAVE);
        try {
            FirstManager.run(owner, folder, setting.processes);
            var adopted = new Adopted(setting.processes);
            driver.open(adopted);
            List<Doomed> all = adopted.found.get(LIMIT_SECONDS, TimeUnit.SECONDS).running().stream()
                    .map(Doomed::new)
                    .toList();
            try {
                if (all.size() != setting.processes) {
                    throw new IllegalStateException(all.size() + " were adopted of " + setting.processes);
                }
                measure(all, adopted, setting.watched, latency);
            } finally {
                all.forEach(one -> one.handle.destroyForcibly());
            }
        } finally {
            driver.close();
            CrashToRelaunch.delete(folder);
        }
    }

    /** One of the processes, and when what happened to it. Written by three threads. */
    private static final class Doomed {
        private final String name;
        private final ProcessHandle handle;
        private volatile long killed;
        private volatile long gone;
        private volatile long seen;

        private Doomed(Observation.Running running) {
            name = running.name();
            handle = ProcessHandle.of(running.pid()).orElseThrow();
        }

        private void watch(CountDownLatch left) {
            var unused = handle.onExit().thenRun(() -> {
                seen = System.nanoTime();
                left.countDown();
            });
        }

        private void kill() {
            killed = System.nanoTime();
            handle.destroyForcibly();
        }

        private boolean isToBeReaped() {
            return killed != 0 && gone == 0;
        }

        private void lookWhetherReaped() {
            if (!Files.exists(Path.of("/proc", Long.toString(handle.pid())))) {
                gone = System.nanoTime();
            }
        }
    }

    private static void measure(List<Doomed> all, Adopted adopted, int watched, Latency latency)
            throws InterruptedException {
        var left = new CountDownLatch(all.size());
        all.forEach(one -> one.watch(left));
        TimeUnit.SECONDS.sleep(watched);
        var reaped = new Thread(() -> watchReaping(all), "watches the reaping");
        reaped.setDaemon(true);
        reaped.start();
        var random = new SplittableRandom(12);
        for (Doomed one : all) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            one.kill();
        }
        if (!adopted.left.await(LIMIT_SECONDS, TimeUnit.SECONDS) || !left.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not seen to end: " + adopted.left + " and " + left);
        }
        reaped.join();
        var driver = quantiles(all, one -> requireNonNull(adopted.ended.get(one.name)) - one.killed);
        var handle = quantiles(all, one -> Math.max(one.seen - one.gone, 0));
        latency.unreapedP50 = quantiles(all, one -> one.seen - one.killed).at(0.5);
        latency.driverP50 = driver.at(0.5);
        latency.driverP99 = driver.at(0.99);
        latency.driverMax = driver.at(1);
        latency.handleP50 = handle.at(0.5);
        latency.handleP99 = handle.at(0.99);
        latency.handleMax = handle.at(1);
    }

    private static void watchReaping(List<Doomed> all) {
        while (all.stream().anyMatch(one -> one.gone == 0)) {
            all.stream().filter(Doomed::isToBeReaped).forEach(Doomed::lookWhetherReaped);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Quantiles quantiles(List<Doomed> all, ToLongFunction<Doomed> nanos) {
        return new Quantiles(all.stream().mapToLong(nanos).toArray(), 0);
    }
}
