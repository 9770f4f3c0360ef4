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
 * Switches a heater as a panel says. The mistake: it goes by what the panel tells when it is touched, and what was told while it was down or got lost
 * never comes again; the twin looks at the panel at its start and every half minute.
 */
final class EdgesOnly extends HandMade {
    private static final Duration PERIOD = ofSeconds(30);

    private final HeatingApi heating;
    private final boolean mended;
    private boolean toSwitch;
    private boolean wanted;
    private long due;

    private EdgesOnly(HeatingApi heating, TimeSource time, boolean mended) {
        super(time);
        this.heating = heating;
        this.mended = mended;
        this.due = time.nanos();
    }

    /** A panel and a heater. */
    interface HeatingApi {
        void isWanted(Consumer<Boolean> then);

        void set(boolean on, Consumer<Boolean> then);
    }

    /** The panel was touched. */
    void touched(boolean on) {
        mailbox.post(() -> want(on));
    }

    private void want(boolean on) {
        wanted = on;
        toSwitch = true;
    }

    @Override
    Step decide(long now) {
        if (toSwitch) {
            toSwitch = false;
            heating.set(wanted, answer(done -> toSwitch |= !done));
        }
        if (!mended) {
            return Step.parked();
        }
        if (isDue(due)) {
            due = in(PERIOD);
            heating.isWanted(calls.expect(LIMIT, this::want, () -> wanted));
        }
        return at(due);
    }

    /** The real ones. */
    static final class Heating implements HeatingApi {
        private boolean wanted;
        private boolean on;
        private Consumer<Boolean> listener = any -> {};

        Heating() {}

        @Override
        public void isWanted(Consumer<Boolean> then) {
            then.accept(wanted);
        }

        @Override
        public void set(boolean to, Consumer<Boolean> then) {
            on = to;
            then.accept(true);
        }

        private void touch(boolean to) {
            wanted = to;
            listener.accept(to);
        }
    }

    record Scene(Heating heating, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            var loop = new EdgesOnly(process.remote(HeatingApi.class, heating), process.time(), mended);
            heating.listener = loop::touched;
            return loop;
        }

        @Override
        public void round(World world) {
            for (int i = 1; i <= 9; i++) {
                boolean on = i % 2 == 1;
                world.after(ofSeconds(10L * i), "it is switched " + (on ? "on" : "off"), () -> heating.touch(on));
            }
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Heating(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("the heater is as wanted", it -> it.heating.on == it.heating.wanted);
    }
}
