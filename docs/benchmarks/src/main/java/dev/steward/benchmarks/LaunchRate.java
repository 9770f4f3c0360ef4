package dev.steward.benchmarks;

import dev.steward.benchmarks.Relaunchers.Through;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
 * P13: how many processes ({@code true}) can be launched in a second and be seen to end, one after the other and eight at a time.
 *
 * <p>The driver and a plain {@link ProcessBuilder} with {@link Process#onExit} take turns, in blocks of {@value #BLOCK}; so does the same
 * through the programs that the driver may start through. The score is the time of a whole run and says nothing; the
 * rates are the counters.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class LaunchRate {
    private static final int BLOCK = 40;
    private static final int IN_FLIGHT = 8;
    private static final String PROGRAM = "true";

    /** How often. */
    @State(Scope.Thread)
    public static class Setting {
        /** Blocks of each, after two of warm-up. */
        @Param("10")
        public int blocks;
    }

    /** Launches in a second. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Rates {
        /** One after the other. */
        public double driverSequential;
        /** One after the other. */
        public double builderSequential;
        /** One after the other, through {@code setsid}. */
        public double sessionSequential;
        /** One after the other, through {@code env} and {@code setsid}. */
        public double signalsSequential;
        /** Eight at a time. */
        public double driverEight;
        /** Eight at a time. */
        public double builderEight;
        /** Eight at a time, through {@code setsid}. */
        public double sessionEight;
        /** Eight at a time, through {@code env} and {@code setsid}. */
        public double signalsEight;
        /** The most threads that the driver had beside those that were there before. */
        public double driverThreads;
        /** The same of the builder. */
        public double builderThreads;
    }

    /** Launches, and later says once for each that it has ended. */
    private interface Launcher {
        void launch() throws IOException;

        void awaitExit() throws InterruptedException;
    }

    private static final class OfDriver implements Launcher {
        private final InstanceSpec spec = InstanceSpec.of(PROGRAM, PROGRAM);
        private final DriverNews driver;

        private OfDriver(DriverNews driver) {
            this.driver = driver;
        }

        @Override
        public void launch() {
            driver.launch(spec);
        }

        @Override
        public void awaitExit() throws InterruptedException {
            driver.await(Observation.Exited.class);
        }
    }

    private static final class OfBuilder implements Launcher {
        private final ProcessBuilder builder;
        private final BlockingQueue<Process> ended = new LinkedBlockingQueue<>();

        private OfBuilder(Through through) {
            builder = through.builder(PROGRAM);
        }

        @Override
        public void launch() throws IOException {
            Process process = builder.start();
            var unused = process.onExit().thenAccept(ended::add);
        }

        @Override
        public void awaitExit() throws InterruptedException {
            ended.take();
        }
    }

    /** One run. */
    @Benchmark
    public void launch(Setting setting, Rates rates) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("steward-bench");
        try (var news = new DriverNews("bench-rate-" + ProcessHandle.current().pid(), folder)) {
            Launcher driver = new OfDriver(news);
            Launcher builder = new OfBuilder(Through.NOTHING);
            Launcher session = new OfBuilder(Through.SESSION);
            Launcher signals = new OfBuilder(Through.SIGNALS_AND_SESSION);
            long[] spent = new long[8];
            for (int block = -2; block < setting.blocks; block++) {
                long[] now = {
                    block(driver, 1),
                    block(builder, 1),
                    block(session, 1),
                    block(signals, 1),
                    block(driver, IN_FLIGHT),
                    block(builder, IN_FLIGHT),
                    block(session, IN_FLIGHT),
                    block(signals, IN_FLIGHT)
                };
                for (int i = 0; i < now.length && block >= 0; i++) {
                    spent[i] += now[i];
                }
            }
            double launches = (double) setting.blocks * BLOCK * TimeUnit.SECONDS.toNanos(1);
            rates.driverSequential = launches / spent[0];
            rates.builderSequential = launches / spent[1];
            rates.sessionSequential = launches / spent[2];
            rates.signalsSequential = launches / spent[3];
            rates.driverEight = launches / spent[4];
            rates.builderEight = launches / spent[5];
            rates.sessionEight = launches / spent[6];
            rates.signalsEight = launches / spent[7];
            rates.driverThreads = threads(driver);
            rates.builderThreads = threads(builder);
        } finally {
            CrashToRelaunch.delete(folder);
        }
    }

    private static long block(Launcher launcher, int inFlight) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int launched = 0; launched < BLOCK; launched++) {
            if (launched >= inFlight) {
                launcher.awaitExit();
            }
            launcher.launch();
        }
        for (int i = 0; i < inFlight; i++) {
            launcher.awaitExit();
        }
        return System.nanoTime() - begin;
    }

    /** The JDK's threads for children idle for a minute, so those of blocks before are among the ones that were there. */
    private static int threads(Launcher launcher) throws IOException, InterruptedException {
        var beans = ManagementFactory.getThreadMXBean();
        int before = beans.getThreadCount();
        beans.resetPeakThreadCount();
        block(launcher, IN_FLIGHT);
        return beans.getPeakThreadCount() - before;
    }
}
