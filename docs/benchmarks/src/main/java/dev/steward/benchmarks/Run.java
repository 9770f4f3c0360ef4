package dev.steward.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks by a profile and prints the ratios. A round is one fresh JVM for each benchmark, ours and the peers' in turn, so a peer is
 * never measured in another hour than what it is compared with.
 */
public final class Run {
    /** Those that measure by themselves, in one go. */
    private static final String IN_ONE_GO = "\\.(WaitLatency|CrashToRelaunch|AdoptedExit|LaunchRate"
            + "|Persistence|HandOver|SessionKilled|LeaderKilled|StoreLeaderKilled)\\.";

    private static final String BY_ITERATIONS =
            "\\.(StateWaitDispatch|Reconcile|ArrivedRead|ArrivedUpdate|Resync|GuardCycles)\\.";

    private enum Profile {
        /** For developing: one round, short iterations, few sizes. */
        QUICK(1, 2, 3, 300),
        /** What is published. */
        FULL(5, 3, 5, 1_000);

        private final int rounds;
        private final int warmUps;
        private final int iterations;
        private final int millis;

        Profile(int rounds, int warmUps, int iterations, int millis) {
            this.rounds = rounds;
            this.warmUps = warmUps;
            this.iterations = iterations;
            this.millis = millis;
        }

        private ChainedOptionsBuilder iterating(ChainedOptionsBuilder options) {
            TimeValue each = TimeValue.milliseconds(millis);
            options.warmupIterations(warmUps)
                    .warmupTime(each)
                    .measurementIterations(iterations)
                    .measurementTime(each)
                    .addProfiler(GCProfiler.class);
            return this == QUICK
                    ? options.param("instances", "100", "10000").param("nodes", "10000", "100000")
                    : options;
        }

        private ChainedOptionsBuilder inOneGo(ChainedOptionsBuilder options) {
            options.warmupIterations(0).measurementIterations(1);
            return this == QUICK
                    ? options.param("repeats", "50")
                            .param("turns", "3")
                            .param("handOvers", "5")
                            .param("kills", "3")
                    : options.param("seconds", "3").param("blocks", "25").param("watched", "60");
        }
    }

    private Run() {}

    /**
     * Takes the profile ({@code quick} or {@code full}), a regular expression over the names of benchmarks, and the folder for the results,
     * which are in JMH's JSON, a file or two for each round.
     */
    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length != 3) {
            throw new IllegalArgumentException("wanted: quick|full, a regular expression, a folder");
        }
        Profile profile = Profile.valueOf(args[0].toUpperCase(Locale.ROOT));
        Path folder = Files.createDirectories(Path.of(args[2]));
        List<List<Path>> rounds = new ArrayList<>();
        for (int round = 1; round <= profile.rounds; round++) {
            Path iterated = folder.resolve("jmh-" + args[0] + "-" + round + "-iterated.json");
            Path shots = folder.resolve("jmh-" + args[0] + "-" + round + "-in-one-go.json");
            Files.deleteIfExists(iterated);
            Files.deleteIfExists(shots);
            run(profile.iterating(options(args[1], IN_ONE_GO, iterated)));
            run(profile.inOneGo(options(args[1], BY_ITERATIONS, shots)));
            rounds.add(List.of(iterated, shots));
        }
        Ratios.print(rounds, System.out);
    }

    private static ChainedOptionsBuilder options(String include, String exclude, Path result) {
        return new OptionsBuilder()
                .include(include)
                .exclude(exclude)
                .forks(1)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(result.toString());
    }

    private static void run(ChainedOptionsBuilder options) throws RunnerException {
        try {
            new Runner(options.build()).run();
        } catch (NoBenchmarksException none) {
            // the regular expression has left nothing of this sort
        }
    }
}
