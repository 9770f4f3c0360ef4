package dev.steward.testkit.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays all runs of one proof. Not safe for use by many threads, though it uses some. */
final class Prover<S extends Scenario> {
    private static final int BLOCK = 128;
    private static final int TWICE_EVERY = 50;
    private static final int GROWTH_RUNS = 3;
    private static final int ROUNDS = 6;
    private static final int MANY_ROUNDS = 120;

    private final Setting<S> setting;
    private final int seeds;
    private final int most;
    private final Snippet snippet;
    private final long begun = System.nanoTime();
    private final Map<String, Integer> runs = new LinkedHashMap<>();
    private final List<String> notPlayed = new ArrayList<>();
    private long faults;
    private long alike;
    private Duration simulated = Duration.ZERO;
    private volatile String name = "";

    Prover(Setting<S> setting, int seeds, int most, Snippet snippet) {
        this.setting = setting;
        this.seeds = seeds;
        this.most = most;
        this.snippet = snippet;
    }

    /** One run to be played; with luck it finds its faults itself. */
    private record Job(Replay replay, @Nullable Luck luck, boolean twice) {
        private static Job of(Fault fault) {
            return new Job(Replay.of(0).with(List.of(fault)), null, false);
        }
    }

    /** @param only the one run to play, if it is not all of them */
    ProofReport run(@Nullable Replay only) {
        if (only != null) {
            RunEnd outcome = play(new Job(only, null, true));
            count("again", outcome);
            if (outcome.violation() != null) {
                throw failure(outcome, "played again");
            }
            return report();
        }
        Job first = new Job(Replay.of(0), null, true);
        RunEnd golden = play(first);
        count("golden", golden);
        if (golden.violation() != null) {
            throw found(golden, "golden", 1, 1);
        }
        for (FaultClass family : setting.families()) {
            playPoints(family, golden);
        }
        playGrowth(golden);
        playSeeds(golden);
        return report();
    }

    private void playPoints(FaultClass family, RunEnd golden) {
        boolean stores = golden.stores();
        boolean elects = golden.elects() && setting.processes() > 1;
        Points points = Points.of(family, golden, elects, stores, most);
        if (points.faults().isEmpty()) {
            notPlayed.add(family.missing());
            return;
        }
        boolean all = points.faults().size() == points.possible();
        String name = family.plural() + (all ? "" : " of " + points.possible());
        alike += points.alike();
        playAll(name, points.faults().stream().map(Job::of).toList());
    }

    private void playSeeds(RunEnd golden) {
        List<Job> jobs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            jobs.add(new Job(Replay.of(seed), luck(seed, golden, setting.families()), seed % TWICE_EVERY == 0));
        }
        if (!jobs.isEmpty()) {
            playAll("seeds", jobs);
        }
    }

    private Luck luck(long seed, RunEnd golden, List<FaultClass> families) {
        return new Luck(seed, families, golden.calls(), golden.passes());
    }

    /** Several rounds each: one without faults, one without deaths, which make a process forget, and one with all. */
    private void playGrowth(RunEnd golden) {
        List<FaultClass> deathless = setting.families().stream()
                .filter(family -> family != FaultClass.CRASH)
                .toList();
        for (int number = 0; number < GROWTH_RUNS; number++) {
            List<FaultClass> families = number == 0 ? List.of() : number == 1 ? deathless : setting.families();
            if (number > 0 && families.isEmpty()) {
                continue;
            }
            RunEnd outcome = play(new Job(Replay.of(number).rounds(ROUNDS), luck(number, golden, families), false));
            count("of growth", outcome);
            if (outcome.isOf(Violation.NO_UNBOUNDED_GROWTH)) {
                RunEnd longer =
                        play(new Job(Replay.of(number).rounds(MANY_ROUNDS), luck(number, golden, families), false));
                count("of growth", longer);
                if (!longer.isOf(Violation.NO_UNBOUNDED_GROWTH)) {
                    continue; // it has an end; and what else goes wrong, shorter runs find
                }
                outcome = longer;
            }
            if (outcome.violation() != null) {
                throw found(outcome, "of growth", number + 1, GROWTH_RUNS);
            }
        }
    }

    /** Plays some at once; of those that fail the first one counts, so that it is always the same. */
    private void playAll(String name, List<Job> jobs) {
        for (int from = 0; from < jobs.size(); from += BLOCK) {
            int first = from;
            int last = Math.min(from + BLOCK, jobs.size());
            List<RunEnd> outcomes = IntStream.range(first, last)
                    .parallel()
                    .mapToObj(i -> play(jobs.get(i)))
                    .toList();
            for (int i = 0; i < outcomes.size(); i++) {
                RunEnd outcome = outcomes.get(i);
                count(name, outcome);
                if (outcome.violation() != null) {
                    throw found(outcome, name, first + i + 1, jobs.size());
                }
            }
        }
    }

    private RunEnd play(Job job) {
        RunEnd outcome = play(job.replay, job.luck);
        if (job.twice && outcome.violation() == null) {
            RunEnd second = play(outcome.replay(), null);
            if (second.hash() != outcome.hash()) {
                return second.broken(Differences.of(outcome, second));
            }
        }
        return outcome;
    }

    private RunEnd play(Replay replay, @Nullable Luck luck) {
        Run<S> run = new Run<>(setting, replay, luck, null);
        RunEnd outcome = run.play();
        if (name.isEmpty()) {
            name = run.name();
        }
        return outcome;
    }

    private void count(String name, RunEnd outcome) {
        runs.merge(name, 1, Integer::sum);
        faults += outcome.fired().values().stream().mapToInt(Integer::intValue).sum();
        simulated = simulated.plus(outcome.simulated());
    }

    private ProofReport report() {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        ProofReport report = new ProofReport(name(), runs, alike, faults, simulated, took, notPlayed);
        System.out.println(report);
        return report;
    }

    private String name() {
        return !name.isEmpty() ? name : snippet.test().isEmpty() ? "a proof" : snippet.test();
    }

    // ---- failures

    private ProofFailure found(RunEnd failed, String name, int number, int of) {
        Shrinker shrinker = new Shrinker(replay -> play(replay, null), failed);
        RunEnd small = failed.isOf(Violation.DETERMINISM) ? failed : shrinker.shrink();
        int items = failed.replay().faults().size() + failed.events().size();
        int left = small.replay().faults().size() + small.events().size();
        String how = "found by run " + number + " of " + of + " " + name + " after "
                + runs.values().stream().mapToInt(Integer::intValue).sum() + " runs; shrunk from " + items
                + " faults and events to " + left + " in " + shrinker.runs() + " more";
        return failure(small, how);
    }

    private ProofFailure failure(RunEnd failed, String how) {
        Violation violation = failed.violation();
        if (violation == null) {
            throw new AssertionError("nothing failed in " + failed.replay());
        }
        Replay replay = failed.replay();
        ChronicleRecorder recorder = new ChronicleRecorder();
        new Run<>(setting, replay, null, recorder).play();
        Chronicle written = recorder.chronicle(name());
        Chronicle chronicle = written.withFailure(
                        violation.rule() + ": " + violation.text() + ", after " + ChronicleTime.of(violation.at()))
                .withFact("seed", replay.seed())
                .withFact("run", replay)
                .withFact("found", how)
                .withStory(Story.of(written, replay))
                .withTest(snippet.of(replay));
        return new ProofFailure(violation.rule(), replay, chronicle, how, violation.cause());
    }
}
