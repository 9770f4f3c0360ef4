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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has something built, and has it built anew if that takes more than a minute. The mistake: every status that comes in starts the minute again, so a
 * build that hangs is never given up.
 */
final class ResetsTimer extends HandMade {
    private static final Duration PERIOD = ofSeconds(10);
    private static final Duration PATIENCE = ofMinutes(1);

    private final FarmApi farm;
    private final boolean mended;
    private int builds;
    private boolean done;
    private long due;
    private long giveUp;

    private ResetsTimer(FarmApi farm, TimeSource time, boolean mended) {
        super(time);
        this.farm = farm;
        this.mended = mended;
        this.giveUp = time.nanos();
        this.due = time.nanos();
    }

    /** A build farm that knows each build by its number. */
    interface FarmApi {
        void build(int number, Consumer<Boolean> then);

        void isBuilt(int number, Consumer<Boolean> then);
    }

    @Override
    Step decide(long now) {
        if (done) {
            return Step.parked();
        }
        if (isDue(giveUp)) {
            builds++;
            giveUp = in(PATIENCE);
        }
        if (isDue(due)) {
            due = in(PERIOD);
            farm.build(builds, answer(any -> {}));
            farm.isBuilt(builds, answer(this::status));
        }
        return at(due).earliest(at(giveUp));
    }

    private void status(boolean built) {
        done |= built;
        if (!mended) {
            giveUp = in(PATIENCE);
        }
    }

    /** A farm where a build takes half a minute; those that it has at some time hang. */
    static final class Farm implements FarmApi {
        private final TimeSource time;
        private final Map<Integer, Long> begun = new TreeMap<>();
        private final Set<Integer> hanging = new TreeSet<>();
        private boolean delivered;

        Farm(TimeSource time) {
            this.time = time;
        }

        @Override
        public void build(int number, Consumer<Boolean> then) {
            begun.putIfAbsent(number, time.nanos());
            then.accept(true);
        }

        @Override
        public void isBuilt(int number, Consumer<Boolean> then) {
            Long since = begun.get(number);
            boolean built = since != null
                    && !hanging.contains(number)
                    && time.nanos() - since >= ofSeconds(30).toNanos();
            delivered |= built;
            then.accept(built);
        }

        private void hang() {
            hanging.addAll(begun.keySet());
        }
    }

    record Scene(Farm farm, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new ResetsTimer(process.remote(FarmApi.class, farm), process.time(), mended);
        }

        @Override
        public void round(World world) {
            world.after(ofSeconds(15), "what is being built hangs", farm::hang);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Farm(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("it is built", it -> it.farm.delivered);
    }
}
