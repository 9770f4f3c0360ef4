package dev.steward.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.steward.benchmarks.Relaunchers.Through;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * P11: from {@code kill -9} of a real process to the number of its successor.
 *
 * <p>The whole library, the driver alone, a bare loop of {@code onExit} and {@code start}, the same through the programs that the driver
 * may start through, and, where they are installed, runit's {@code runsv} and {@code supervisord} take turns, kill by kill; but
 * {@code supervisord}, which looks once a second, in each fifth turn only. The score is the time of a whole run and says nothing; the
 * latencies are the counters, in nanoseconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR"})
public class CrashToRelaunch {
    private static final int WARM_UP = 30;

    /** What takes a second, or must have run for one, has one turn in so many. */
    private static final int SELDOM = 5;

    /** In which what the one before has started comes to rest. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

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
        /** Of the driver's time: until the end was known. */
        public double driverNoticeP50;
        /** Of the bare loop's time: until the end was known. */
        public double bareNoticeP50;
        /** The bare loop, through {@code setsid}. */
        public double sessionP50;
        /** The bare loop, through {@code env} and {@code setsid}. */
        public double signalsP50;
        /** A service of runit; not a number if that is not installed. */
        public double runsvP50;
        /** A service of runit. */
        public double runsvP99;
        /** A program of supervisord; not a number if that is not installed. */
        public double supervisordP50;
        /** A program of supervisord. */
        public double supervisordP99;

        private void set(Map<String, Turns> turns) {
            managerP50 = at(turns, "manager", 0.5);
            managerP99 = at(turns, "manager", 0.99);
            driverP50 = at(turns, "driver", 0.5);
            driverP99 = at(turns, "driver", 0.99);
            bareP50 = at(turns, "bare", 0.5);
            bareP99 = at(turns, "bare", 0.99);
            driverNoticeP50 = notice(turns, "driver");
            bareNoticeP50 = notice(turns, "bare");
            sessionP50 = at(turns, "session", 0.5);
            signalsP50 = at(turns, "signals", 0.5);
            runsvP50 = at(turns, "runsv", 0.5);
            runsvP99 = at(turns, "runsv", 0.99);
            supervisordP50 = at(turns, "supervisord", 0.5);
            supervisordP99 = at(turns, "supervisord", 0.99);
        }

        private static double notice(Map<String, Turns> turns, String name) {
            return new Quantiles(requireNonNull(turns.get(name)).noticed, 0).at(0.5);
        }

        private static double at(Map<String, Turns> turns, String name, double share) {
            Turns one = turns.get(name);
            if (one == null) {
                return Double.NaN;
            }
            return one.at(share);
        }
    }

    /** What one of them took. */
    private static final class Turns {
        private final Relauncher who;
        private final int every;
        private final long[] took;
        private final long[] noticed;
        private int used;

        /** @param every in each how manieth of all turns it has one */
        private Turns(Relauncher who, int every, int repeats) {
            this.who = who;
            this.every = every;
            this.took = new long[repeats / every];
            this.noticed = new long[took.length];
        }

        private void take(int turn) throws InterruptedException {
            if (turn % every == 0) {
                LockSupport.parkNanos(REST_NANOS);
                long nanos = who.killAndWait();
                if (turn >= WARM_UP) {
                    noticed[used] = who.untilNoticed();
                    took[used++] = nanos;
                }
            }
        }

        private double at(double share) {
            return new Quantiles(took, 0).at(share);
        }

        private void close() {
            who.close();
        }
    }

    /** One run. */
    @Benchmark
    public void relaunch(Setting setting, Latency latency) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("steward-bench");
        Map<String, Turns> turns = new LinkedHashMap<>();
        try {
            int repeats = setting.repeats;
            turns.put("manager", new Turns(new Relaunchers.OfManager(folder.resolve("manager")), 1, repeats));
            turns.put("driver", new Turns(new Relaunchers.OfDriver(folder.resolve("driver")), 1, repeats));
            turns.put("bare", new Turns(new Relaunchers.Bare(Through.NOTHING), 1, repeats));
            turns.put("session", new Turns(new Relaunchers.Bare(Through.SESSION), 1, repeats));
            turns.put("signals", new Turns(new Relaunchers.Bare(Through.SIGNALS_AND_SESSION), 1, repeats));
            if (isInstalled(SystemSupervisor.RUNSV)) {
                turns.put("runsv", new Turns(runsv(folder), 1, repeats));
            }
            if (isInstalled(SystemSupervisor.SUPERVISORD)) {
                Relauncher supervisord = SystemSupervisor.supervisord(folder.resolve("supervisord"));
                turns.put("supervisord", new Turns(supervisord, SELDOM, repeats));
            }
            for (int turn = 0; turn < WARM_UP + repeats; turn++) {
                for (Turns one : turns.values()) {
                    one.take(turn);
                }
            }
            turns.forEach((name, one) -> System.out.println(name + ": " + one.took.length + " kills measured"));
            latency.set(turns);
        } finally {
            turns.values().forEach(Turns::close);
            delete(folder);
        }
    }

    private static boolean isInstalled(Path program) {
        boolean is = Files.isExecutable(program);
        if (!is) {
            System.out.println(program + " is not installed, so it is not measured");
        }
        return is;
    }

    private static Relauncher runsv(Path folder) throws IOException {
        List<Relauncher> services = new ArrayList<>();
        for (int i = 0; i < SELDOM; i++) {
            services.add(SystemSupervisor.runsv(folder.resolve("runsv-" + i)));
        }
        return new Rota(services);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
