package dev.steward.testkit.instance;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Signal;
import dev.steward.instance.StopPlan;
import dev.steward.instance.TargetState;
import dev.steward.testkit.FakeProgram;
import java.time.Duration;
import java.util.ArrayList;
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

    private <T> T oneOf(T[] all) {
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

    /** Gives an instance another program, for the lives that begin from now on. */
    void program(FakeProgram program) {
        program.behaves();
        switch (random.nextInt(8)) {
            case 0 -> program.startsIn(seconds(20));
            case 1 -> program.exitsAfter(random.nextInt(4) == 0 ? Duration.ZERO : seconds(60), random.nextInt(4));
            case 2 -> program.ignores(Signal.INT).stopsIn(seconds(8));
            case 3 -> program.ignores(Signal.INT, Signal.TERM).leavesChild(Signal.INT, Signal.TERM);
            case 4 -> program.leavesChild(Signal.INT).exitsAfter(seconds(30), 0);
            case 5 -> program.leavesChildFor(seconds(30)).leavesZombie().exitsAfter(seconds(30), 1);
            case 6 -> program.refuses(oneOf(LaunchFailure.values()), 1 + random.nextInt(3));
            default -> program.stopsWith(random.nextInt(2));
        }
        if (random.nextInt(10) == 0) {
            program.ignores(Signal.INT, Signal.TERM, Signal.KILL); // until the quiet
        }
    }

    /** Another configuration: some are gone, some new, some of another class or with another stop plan. */
    List<InstanceSpec> otherSite(List<InstanceSpec> site) {
        List<InstanceSpec> other = new ArrayList<>();
        for (String name : NAMES) {
            InstanceSpec before = site.stream()
                    .filter(spec -> spec.name().equals(name))
                    .findFirst()
                    .orElse(null);
            int change = random.nextInt(10);
            if (before == null ? change < 5 : change == 0) {
                if (before == null) {
                    other.add(spec(name));
                }
            } else if (before != null) {
                other.add(
                        change == 1
                                ? before.withAgentClass(before.agentClass() + "2")
                                : change == 2 ? before.withStop(plan()) : before);
            }
        }
        return other;
    }

    /** An instance of this name. */
    InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name)
                .withStart(random.nextInt(4) > 0 ? TargetState.UP : TargetState.DOWN)
                .withStop(plan());
    }

    /** All of them end with a kill: nothing else is sure to work. */
    private StopPlan plan() {
        return switch (random.nextInt(3)) {
            case 0 -> StopPlan.standard();
            case 1 -> StopPlan.of(Signal.KILL, seconds(3));
            default -> StopPlan.of(Signal.TERM, seconds(10)).then(Signal.KILL, seconds(3));
        };
    }
}
