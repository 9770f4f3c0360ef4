package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import dev.steward.instance.StubDriver.Launching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order: never two copies, only legal moves, and after a quiet time what is wanted. */
class HostManagerWalkTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<Lever> LEVERS = List.of(Lever.values());
    private static final List<Launching> LAUNCHINGS = List.of(Launching.values());

    /** A history in which what has refused to die is taken back, and is not ready. */
    private static final long TAKEN_BACK_UNREADY = 2_543;

    static LongStream seeds() {
        if (Boolean.getBoolean("steward.nightly")) {
            return LongStream.range(0, 5_000);
        }
        return LongStream.concat(LongStream.range(0, 150), LongStream.of(TAKEN_BACK_UNREADY));
    }

    private final List<InstanceSpec> configured = new ArrayList<>();
    private final List<InstanceGroup> groups = new ArrayList<>();
    private final List<CompletableFuture<RestartAnswer>> restarts = new ArrayList<>();
    private final LeverProbe probe = new LeverProbe(Lever.WELL);
    private int strays;

    @ParameterizedTest
    @MethodSource("seeds")
    void settles_in_the_wanted_state_after_any_history(long seed) {
        Random random = new Random(seed);
        NAMES.forEach(name -> configured.add(random.nextBoolean() ? Scene.spec(name) : wild(name, random)));
        Scene scene = new Scene(() -> new SiteConfig(configured, groups, List.of()));
        if (random.nextBoolean()) {
            scene.driver.ran("a", new Incarnation("old-1"), Duration.ofSeconds(random.nextInt(30)));
            scene.driver.ran("ghost", new Incarnation("old-2"), Duration.ofDays(1));
        }

        for (int i = 0; i < 150; i++) {
            happen(scene, random);
            scene.run(Duration.ofMillis(random.nextInt(4_000)));
            assertThat(scene.driver.secondCopies)
                    .as("seed %s, step %s", seed, i)
                    .isEmpty();
        }

        quiet(scene);
        scene.run(Duration.ofMinutes(4));
        check(scene, seed);
        assertThat(restarts).as("seed %s", seed).allMatch(CompletableFuture::isDone);
        int launches = scene.driver.takeOrders().size();
        scene.run(Duration.ofHours(1));
        assertThat(scene.driver.takeOrders())
                .as("seed %s: %s before", seed, launches)
                .isEmpty();
        assertThat(scene.host.die(Duration.ofSeconds(30))).isNotDone();
        scene.settle();
        assertThat(scene.step.isFinished()).as("seed %s", seed).isTrue();
        assertThat(scene.driver.alive).as("seed %s", seed).isEmpty();
    }

    private void happen(Scene scene, Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        boolean alive = scene.driver.alive.values().stream()
                .anyMatch(running -> running.name().equals(name));
        switch (random.nextInt(19)) {
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
                    InstanceSpec spec = random.nextBoolean() ? Scene.spec(name) : wild(name, random);
                    configured.add(spec.withAgentClass("Class" + random.nextInt(2)));
                }
            }
            case 13 -> probe.lever = LEVERS.get(random.nextInt(LEVERS.size()));
            case 14 ->
                restarts.add(scene.host.restart(
                        List.of(name, NAMES.get(random.nextInt(NAMES.size())), "nobody"),
                        random.nextBoolean() ? RestartOrder.ROLLING : RestartOrder.TOGETHER));
            case 15 -> scene.host.signal(name, random.nextBoolean() ? Signal.TERM : Signal.HUP);
            case 16 -> {
                groups.clear();
                groups.add(
                        random.nextBoolean()
                                ? InstanceGroup.oneForAll("g", "a", "b", "c")
                                : InstanceGroup.restForOne("g", "d", "b", "a"));
                scene.host.update(List.of(), true);
            }
            case 17 -> {
                if (random.nextInt(4) == 0) {
                    scene.another();
                }
            }
            default -> scene.host.manageOnce(true);
        }
    }

    /** An instance with a policy, probes, and others before it, as chance has it; only after those before it in the alphabet. */
    private InstanceSpec wild(String name, Random random) {
        InstanceSpec spec = InstanceSpec.of(name, "/bin/" + name);
        Health health = Health.unprobed();
        if (random.nextBoolean()) {
            health = health.withReadiness(ProbePlan.readiness(probe));
        }
        if (random.nextInt(3) == 0) {
            health = health.withLiveness(
                    ProbePlan.liveness(probe).withDelay(Duration.ZERO).withPeriod(Duration.ofSeconds(1)));
        }
        if (random.nextInt(3) == 0) {
            health = health.withRecycle(RecyclePolicy.afterUptime(Duration.ofSeconds(5)));
        } else if (random.nextInt(3) == 0) {
            health = health.withRecycle(RecyclePolicy.aboveMemory(999));
        }
        if (random.nextBoolean() && !name.equals("a")) {
            spec = spec.withStartup(spec.startup().withPatience(Duration.ofSeconds(random.nextInt(20))))
                    .after(NAMES.get(random.nextInt(NAMES.indexOf(name))));
        }
        RestartPolicy policy = switch (random.nextInt(4)) {
            case 0 -> RestartPolicy.onFailure();
            case 1 -> RestartPolicy.never();
            case 2 -> RestartPolicy.standard().withGiveUp(2, Duration.ofSeconds(30));
            default -> RestartPolicy.standard();
        };
        return spec.withHealth(health).withRestart(policy);
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
        probe.lever = Lever.WELL;
        configured.clear();
        groups.clear();
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
