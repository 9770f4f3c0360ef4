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
import java.util.function.Consumer;

/**
 * Listens to a sensor: asks for its next value, and when that comes for the one behind it. The mistake: it does so in the answer itself, which comes
 * whether or not anybody runs it any more; the twin leaves that to its next pass, and a closed loop has none.
 */
final class GoesOnAfterClose extends HandMade {
    private static final Duration PATIENCE = ofSeconds(20);

    private final SensorApi sensor;
    private final boolean mended;
    private int asks;
    private long overdue;

    private GoesOnAfterClose(SensorApi sensor, TimeSource time, boolean mended) {
        super(time);
        this.sensor = sensor;
        this.mended = mended;
        this.overdue = time.nanos();
    }

    /** Tells its next value when there is one, which takes some seconds. */
    interface SensorApi {
        void next(Consumer<Long> then);
    }

    @Override
    Step decide(long now) {
        if (isDue(overdue)) {
            ask();
        }
        return at(overdue);
    }

    private void ask() {
        overdue = in(PATIENCE);
        int mine = ++asks;
        Runnable then = () -> told(mine);
        sensor.next(mended ? value -> mailbox.post(then) : value -> then.run());
    }

    private void told(int ask) {
        if (ask == asks) {
            ask();
        }
    }

    record Scene(World world, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            SensorApi sensor =
                    then -> world.simulation().after(ofSeconds(3), "the sensor has a value", () -> then.accept(42L));
            return new GoesOnAfterClose(process.remote(SensorApi.class, sensor), process.time(), mended);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(world, mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2));
    }
}
