package dev.steward.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * P11: from {@code kill -9} of a real process to the number of its successor, without the delay that is policy.
 *
 * <p>The whole library, the driver alone, a bare loop of {@code onExit} and {@code start}, and the same through the
 * programs {@code env} and {@code setsid}, as the driver starts, take turns, kill by kill. The score is the time
 * of a whole run and says nothing; the latencies are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class CrashToRelaunch {
    private static final int WARM_UP = 30;

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Kills of each, after a few of warm-up. */
        @Param("200")
        public int repeats;
    }

    /** Median, and what one of a hundred exceeds. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Latency {
        /** The whole library. */
        public double managerP50;
        /** The whole library. */
        public double managerP99;
        /** The driver alone. */
        public double driverP50;
        /** The driver alone. */
        public double driverP99;
        /** The bare loop. */
        public double bareP50;
        /** The bare loop. */
        public double bareP99;
        /** A bare loop that starts through the programs that the driver uses. */
        public double chainedP50;
    }

    /** One run. */
    @Benchmark
    public void relaunch(Setting setting, Latency latency) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("steward-bench");
        try (Relauncher manager = new Relaunchers.OfManager(folder.resolve("manager"));
                Relauncher driver = new Relaunchers.OfDriver(folder.resolve("driver"));
                Relauncher bare = new Relaunchers.Bare(false);
                Relauncher chained = new Relaunchers.Bare(true)) {
            List<Relauncher> all = List.of(manager, driver, bare, chained);
            long[][] took = new long[all.size()][WARM_UP + setting.repeats];
            for (int i = 0; i < WARM_UP + setting.repeats; i++) {
                for (int who = 0; who < all.size(); who++) {
                    took[who][i] = all.get(who).killAndWait();
                }
            }
            var ofManager = new Quantiles(took[0], WARM_UP);
            var ofDriver = new Quantiles(took[1], WARM_UP);
            var ofBare = new Quantiles(took[2], WARM_UP);
            latency.managerP50 = ofManager.at(0.5);
            latency.managerP99 = ofManager.at(0.99);
            latency.driverP50 = ofDriver.at(0.5);
            latency.driverP99 = ofDriver.at(0.99);
            latency.bareP50 = ofBare.at(0.5);
            latency.bareP99 = ofBare.at(0.99);
            latency.chainedP50 = new Quantiles(took[3], WARM_UP).at(0.5);
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
