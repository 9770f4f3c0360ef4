package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Replaces workers that have died, as their beats tell. The mistake: half a minute without news of a worker is its death, and so is half a minute in
 * which this process did not look; the twin counts looks that showed no new beat.
 */
final class OwnPauseAsDeath extends HandMade {
    private static final Duration PERIOD = ofSeconds(10);
    private static final Duration SILENCE = ofSeconds(30);
    private static final int LOOKS = 3;

    private final WorkerApi workers;
    private final boolean mended;
    private final Map<String, Heard> heard = new TreeMap<>();
    private long due;

    private OwnPauseAsDeath(WorkerApi workers, TimeSource time, boolean mended) {
        super(time);
        this.workers = workers;
        this.mended = mended;
        this.due = time.nanos();
    }

    /** What was last heard of a worker. */
    private record Heard(long beat, long at, int looksSince) {}

    /** A pool of workers; one that was replaced has another name. */
    interface WorkerApi {
        void beats(Consumer<Map<String, Long>> then);

        void replace(String worker, Consumer<Boolean> then);
    }

    @Override
    Step decide(long now) {
        heard.forEach((worker, last) -> {
            boolean silent = mended ? last.looksSince >= LOOKS : now - last.at > SILENCE.toNanos();
            if (silent) {
                workers.replace(worker, answer(done -> {}));
            }
        });
        heard.values().removeIf(last -> mended ? last.looksSince >= LOOKS : now - last.at > SILENCE.toNanos());
        if (isDue(due)) {
            due = in(PERIOD);
            workers.beats(calls.expect(ofSeconds(5), this::seen, Map::of));
        }
        return at(due);
    }

    private void seen(Map<String, Long> beats) {
        if (!beats.isEmpty()) {
            heard.keySet().retainAll(beats.keySet());
        }
        beats.forEach((worker, beat) -> heard.merge(
                worker,
                new Heard(beat, time.nanos(), 0),
                (last, next) -> last.beat < beat ? next : new Heard(last.beat, last.at, last.looksSince + 1)));
    }

    /** Two workers, which beat each second while they live. */
    static final class Pool implements WorkerApi {
        private final TimeSource time;
        private final long begun;
        private final Map<String, Long> diedAt = new TreeMap<>(); // of those that are there; -1 while they live
        private int made;
        private int killed;

        Pool(TimeSource time) {
            this.time = time;
            this.begun = time.nanos();
            add();
            add();
        }

        private void add() {
            diedAt.put("w" + ++made, -1L);
        }

        private long seconds() {
            return (time.nanos() - begun) / 1_000_000_000;
        }

        @Override
        public void beats(Consumer<Map<String, Long>> then) {
            Map<String, Long> beats = new TreeMap<>(diedAt);
            beats.replaceAll((worker, died) -> died < 0 ? seconds() : died);
            then.accept(beats);
        }

        @Override
        public void replace(String worker, Consumer<Boolean> then) {
            Long died = diedAt.remove(worker);
            if (died != null) {
                killed += died < 0 ? 1 : 0;
                add();
            }
            then.accept(true);
        }

        private void dies() {
            String first = diedAt.keySet().iterator().next();
            diedAt.replace(first, seconds());
        }

        private boolean allLive() {
            return diedAt.values().stream().allMatch(died -> died < 0);
        }
    }

    record Scene(Pool pool, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new OwnPauseAsDeath(process.remote(WorkerApi.class, pool), process.time(), mended);
        }

        @Override
        public void round(World world) {
            world.after(ofSeconds(25), "a worker dies", pool::dies);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Pool(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always("no living worker is replaced", it -> it.pool.killed == 0)
                .eventually("all workers live", it -> it.pool.allLive());
    }
}
