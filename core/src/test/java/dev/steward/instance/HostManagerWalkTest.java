package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.StubDriver.Launching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order: never two copies, only legal moves, and after a quiet time what is wanted. */
class HostManagerWalkTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<Launching> LAUNCHINGS = List.of(Launching.values());

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("steward.nightly") ? 5_000 : 150);
    }

    private final List<InstanceSpec> configured = new ArrayList<>();
    private int strays;

    @ParameterizedTest
    @MethodSource("seeds")
    void settles_in_the_wanted_state_after_any_history(long seed) {
        Random random = new Random(seed);
        NAMES.forEach(name -> configured.add(Scene.spec(name)));
        Scene scene = new Scene(() -> SiteConfig.of(configured));
        if (random.nextBoolean()) {
            scene.driver.runs("a", new Incarnation("old-1"));
            scene.driver.runs("ghost", new Incarnation("old-2"));
        }

        for (int i = 0; i < 150; i++) {
            happen(scene, random);
            scene.run(Duration.ofMillis(random.nextInt(4_000)));
            assertThat(scene.driver.secondCopies)
                    .as("seed %s, step %s", seed, i)
                    .isEmpty();
        }

        quiet(scene);
        scene.run(Duration.ofMinutes(2));
        check(scene, seed);
        assertThat(scene.host.die(Duration.ofSeconds(30))).isNotDone();
        scene.settle();
        assertThat(scene.step.isFinished()).as("seed %s", seed).isTrue();
        assertThat(scene.driver.alive).as("seed %s", seed).isEmpty();
        assertThat(scene.takeEvents().stream().filter(event -> event.endsWith(" starting")))
                .as("seed %s: every launch is told", seed)
                .hasSameSizeAs(scene.driver.takeOrders().stream()
                        .filter(order -> order.startsWith("launch"))
                        .toList());
    }

    private void happen(Scene scene, Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        boolean alive = scene.driver.alive.values().stream()
                .anyMatch(running -> running.name().equals(name));
        switch (random.nextInt(14)) {
            case 0, 1 -> scene.host.update(List.of(TargetRequest.up(name)), random.nextBoolean());
            case 2, 3 -> scene.host.update(List.of(TargetRequest.down(name)), random.nextBoolean());
            case 4, 5 -> {
                if (alive) {
                    scene.driver.exits(name, random.nextInt(4));
                }
            }
            case 6 -> {
                if (alive) {
                    scene.driver.leaves(name, 1);
                }
            }
            case 7 -> scene.driver.launching = LAUNCHINGS.get(random.nextInt(LAUNCHINGS.size()));
            case 8 -> scene.driver.answersLooks = random.nextInt(3) > 0;
            case 9 -> deaf(scene, name, random);
            case 10 -> scene.driver.tell(scene.driver.runs(name, new Incarnation("stray-" + ++strays)));
            case 11 -> scene.time.stepWall(Duration.ofMinutes(random.nextInt(120) - 60));
            case 12 -> {
                configured.removeIf(spec -> spec.name().equals(name));
                if (random.nextBoolean()) {
                    configured.add(Scene.spec(name).withAgentClass("Class" + random.nextInt(2)));
                }
            }
            default -> scene.host.manageOnce(true);
        }
    }

    private static void deaf(Scene scene, String name, Random random) {
        Set<Signal> deaf = EnumSet.noneOf(Signal.class);
        for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.KILL)) {
            if (random.nextInt(3) > 0) {
                deaf.add(signal);
            }
        }
        scene.driver.deafTo.put(name, deaf);
    }

    private void quiet(Scene scene) {
        scene.driver.launching = Launching.RUNS;
        scene.driver.answersLooks = true;
        scene.driver.deafTo.clear();
        configured.clear();
        NAMES.forEach(name -> configured.add(Scene.spec(name)));
        scene.host.update(List.of(new TargetRequest("all", "up"), TargetRequest.down("d")), true);
    }

    private static void check(Scene scene, long seed) {
        assertThat(scene.driver.secondCopies).as("seed %s", seed).isEmpty();
        assertThat(scene.host.instances())
                .as("seed %s", seed)
                .hasSize(NAMES.size())
                .allSatisfy(instance -> {
                    boolean wantedUp = !instance.instanceId().equals("d");
                    assertThat(instance.state())
                            .as("seed %s: %s\n%s", seed, instance, scene.host.explain(instance.instanceId()))
                            .isEqualTo(wantedUp ? RunState.UP : RunState.DOWN);
                });
        assertThat(scene.driver.alive.values().stream()
                        .map(Observation.Running::name)
                        .sorted())
                .as("seed %s", seed)
                .containsExactly("a", "b", "c");
        assertThat(scene.host.notifications()).as("seed %s", seed).isEmpty();
    }
}
