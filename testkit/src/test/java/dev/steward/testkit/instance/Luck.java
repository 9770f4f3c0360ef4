package dev.steward.testkit.instance;

import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeProbe;
import dev.steward.testkit.FakeProgram;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a seed decides in a {@link HostScenario}. Not safe for use by many threads. */
final class Luck {
    static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

    private final Random random;

    Luck(Random random) {
        this.random = random;
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    <T> T oneOf(T[] all) {
        return List.of(all).get(random.nextInt(all.length));
    }

    Duration seconds(int most) {
        return Duration.ofSeconds(1 + random.nextInt(most));
    }

    Duration millis(int most) {
        return Duration.ofMillis(1 + random.nextInt(most));
    }

    String upOrDown() {
        return random.nextInt(3) > 0 ? "up" : "down";
    }

    /** Gives an instance another program, for the lives that begin from now on; answers whether no signal ends it. */
    boolean program(FakeProgram program) {
        program.behaves();
        switch (random.nextInt(9)) {
            case 0 -> program.startsIn(seconds(20));
            case 1 -> program.exitsAfter(random.nextInt(4) == 0 ? Duration.ZERO : seconds(60), random.nextInt(4));
            case 2 -> program.ignores(Signal.INT).stopsIn(seconds(8));
            case 3 -> program.ignores(Signal.INT, Signal.TERM).leavesChild(Signal.INT, Signal.TERM);
            case 4 -> program.leavesChild(Signal.INT).exitsAfter(seconds(30), 0);
            case 5 -> program.leavesChildFor(seconds(30)).leavesZombie().exitsAfter(seconds(30), 1);
            case 6 -> program.refuses(oneOf(LaunchFailure.values()), 1 + random.nextInt(3));
            case 7 -> program.usesMemory(1 << 20).leaks(1 << 20);
            default -> program.stopsWith(random.nextInt(2));
        }
        boolean deaf = random.nextInt(10) == 0;
        if (deaf) {
            program.ignores(Signal.INT, Signal.TERM, Signal.KILL); // until the quiet
        }
        return deaf;
    }

    /** Gives a probe another mood, for the looks that begin from now on. */
    void mood(FakeProbe probe) {
        switch (random.nextInt(8)) {
            case 0, 1 -> probe.answersUnwell("out of sorts");
            case 2 -> probe.silent();
            case 3 -> probe.throwsIt();
            case 4 -> probe.answersInTheCall().answersWell();
            default -> probe.takes(millis(4_000)).answersWell();
        }
    }
}
