package dev.steward.testkit.instance;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import dev.steward.testkit.FakeProbe;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A probe that remembers its looks, and what came of each until its manager has had a pass. Not safe for use by many threads. */
final class WatchedProbe implements Probe {
    private final FakeProbe probe;
    private final World world;
    private final Simulation simulation;
    private final Tally tally;
    private List<Look> looks = new ArrayList<>();

    private static final class Look {
        private final Incarnation life;
        private final Duration began;
        private @Nullable ProbeResult result;
        private @Nullable Duration over;

        Look(Incarnation life, Duration began) {
            this.life = life;
            this.began = began;
        }
    }

    WatchedProbe(FakeProbe probe, World world) {
        this.probe = probe;
        this.world = world;
        this.simulation = world.simulation();
        this.tally = world.tally();
    }

    FakeProbe probe() {
        return probe;
    }

    @Override
    public void check(Subject subject, Consumer<ProbeResult> answer) {
        tally.probesAsked++;
        Look look = new Look(subject.life(), simulation.elapsed());
        looks.add(look);
        try {
            probe.check(subject, result -> {
                if (look.result == null && look.over == null) {
                    look.result = result;
                }
                boolean paused =
                        simulation.elapsed().compareTo(world.pausedUntil().get()) < 0;
                boolean wrong = paused && world.planted() == Planted.SUSPECTS_OTHERS_AFTER_ITS_OWN_PAUSE;
                answer.accept(wrong ? ProbeResult.unwell("too late") : result);
            });
        } catch (RuntimeException thrown) {
            tally.fault("F24 probe throws");
            look.result = ProbeResult.unwell("threw");
            throw thrown;
        }
    }

    /** Whoever asked before has nothing to do with what comes now. */
    void forget() {
        looks = new ArrayList<>();
    }

    /** A pass has ended: what is not answered within {@code limit} is bad from now on, whatever comes. */
    void passEnded(Duration now, Duration limit) {
        for (Look look : looks) {
            if (look.over == null && (look.result != null || now.compareTo(look.began.plus(limit)) >= 0)) {
                look.over = now;
                if (look.result == null) {
                    look.result = ProbeResult.unwell("no answer");
                }
            }
        }
    }

    /** How many of the last looks at that life have found it unwell, one after the other. */
    int badInARow(Incarnation life) {
        int bad = 0;
        for (Look look : looks) {
            if (look.life.equals(life) && look.over != null && look.result != null) {
                bad = look.result.isWell() ? 0 : bad + 1;
            }
        }
        return bad;
    }

    /** Whether any look at that life has found it well. */
    boolean hasSaidWell(Incarnation life) {
        return looks.stream().anyMatch(look -> look.life.equals(life) && look.result != null && look.result.isWell());
    }

    /** Whether a look that ended no longer ago than that has found that life unwell. */
    boolean hasSaidUnwellSince(Incarnation life, Duration since) {
        return looks.stream()
                .anyMatch(look -> look.life.equals(life)
                        && look.result != null
                        && !look.result.isWell()
                        && look.over != null
                        && look.over.compareTo(since) >= 0);
    }
}
