package dev.steward.testkit.instance;

import dev.steward.instance.Health;
import dev.steward.instance.InstanceGroup;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RecyclePolicy;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Signal;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.StartPlan;
import dev.steward.instance.StopPlan;
import dev.steward.instance.TargetState;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site configuration that a seed decides, and what becomes of it. Not safe for use by many threads. */
final class LuckySite {
    private final Luck luck;
    private final World world;
    private final Map<String, RecyclePolicy> moody = new HashMap<>();
    private List<InstanceSpec> specs = new ArrayList<>();
    private List<InstanceGroup> groups = new ArrayList<>();

    LuckySite(Luck luck, World world) {
        this.luck = luck;
        this.world = world;
        for (String name : Luck.NAMES) {
            if (!luck.oneIn(3)) {
                specs.add(spec(name));
            }
        }
        regroup();
    }

    /** As it is now. */
    SiteConfig config() {
        return new SiteConfig(specs, groups, List.of());
    }

    List<InstanceSpec> specs() {
        return List.copyOf(specs);
    }

    /** Edits it: some are gone, some new, some of another class or otherwise looked after. */
    void edit() {
        world.tally().fault("F28 configuration edited");
        List<InstanceSpec> other = new ArrayList<>();
        Map<String, InstanceSpec> before = new HashMap<>();
        specs.forEach(spec -> before.put(spec.name(), spec));
        for (String name : Luck.NAMES) {
            InstanceSpec old = before.get(name);
            if (old == null && luck.oneIn(2)) {
                other.add(spec(name));
            } else if (old != null && !luck.oneIn(10)) {
                other.add(edited(old));
            }
        }
        List<String> names = other.stream().map(InstanceSpec::name).toList();
        specs = new ArrayList<>(
                other.stream().map(spec -> withAfterOnly(spec, names)).toList());
        regroup();
    }

    /** Nobody is asked any more for as long as it lasts, so that everything can come to rest. */
    void stopAsking() {
        specs.replaceAll(spec ->
                spec.withHealth(new Health(spec.health().readiness(), Optional.empty(), RecyclePolicy.never())));
    }

    private static InstanceSpec withAfterOnly(InstanceSpec spec, List<String> names) {
        List<String> after =
                spec.startup().after().stream().filter(names::contains).toList();
        return after.equals(spec.startup().after())
                ? spec
                : spec.withStartup(spec.startup().withAfter(after));
    }

    private InstanceSpec edited(InstanceSpec old) {
        return switch (luck.below(12)) {
            case 0 -> old.withAgentClass(old.agentClass() + "2");
            case 1 -> old.withStop(stop());
            case 2 -> old.withRestart(restart());
            case 3 -> old.withStartup(startup(old.name()));
            case 4 -> old.withHealth(health(old.name()));
            default -> old;
        };
    }

    private InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name)
                .withStart(luck.below(4) > 0 ? TargetState.UP : TargetState.DOWN)
                .withStop(stop())
                .withStartup(startup(name))
                .withRestart(restart())
                .withHealth(health(name));
    }

    /** All of them end with a kill: nothing else is sure to work. */
    private StopPlan stop() {
        return switch (luck.below(3)) {
            case 0 -> StopPlan.standard();
            case 1 -> StopPlan.of(Signal.KILL, luck.seconds(3));
            default -> StopPlan.of(Signal.TERM, luck.seconds(10)).then(Signal.KILL, luck.seconds(3));
        };
    }

    /** After some of those that come before it by name, so never in a circle. */
    private StartPlan startup(String name) {
        StartPlan plan = StartPlan.standard();
        if (luck.oneIn(3)) {
            plan = plan.withLimit(luck.seconds(20)).withRetry(luck.millis(6_000));
        }
        if (luck.oneIn(2)) {
            plan = plan.withPatience(luck.seconds(60));
        }
        List<String> before = Luck.NAMES.subList(0, Luck.NAMES.indexOf(name)).stream()
                .filter(other -> specs.stream().anyMatch(spec -> spec.name().equals(other)))
                .filter(other -> luck.oneIn(4))
                .toList();
        return plan.withAfter(before);
    }

    private RestartPolicy restart() {
        RestartPolicy policy = RestartPolicy.standard();
        switch (luck.below(8)) {
            case 0 -> policy = RestartPolicy.reference();
            case 1 -> policy = RestartPolicy.onFailure().withSuccessCodes(0, 1 + luck.below(2));
            case 2 -> policy = luck.oneIn(2) ? RestartPolicy.never() : RestartPolicy.onFailure();
            case 3 ->
                policy = policy.withBackoff(Backoff.exponential(luck.millis(2_000), Duration.ofSeconds(8))
                        .withJitter(0.5));
            default -> {}
        }
        return luck.oneIn(4)
                ? policy.withGiveUp(2 + luck.below(3), luck.seconds(60).plusSeconds(10))
                : policy;
    }

    private Health health(String name) {
        Health health = Health.unprobed();
        if (luck.oneIn(3)) {
            health = health.withReadiness(ProbePlan.readiness(world.readiness(name))
                    .withPeriod(luck.millis(2_000))
                    .withLimit(luck.millis(2_000)));
        }
        if (luck.oneIn(3)) {
            health = health.withLiveness(ProbePlan.liveness(world.liveness(name))
                    .withDelay(luck.seconds(5))
                    .withPeriod(luck.seconds(10))
                    .withLimit(luck.seconds(5))
                    .withFailures(1 + luck.below(3)));
        }
        return luck.oneIn(5) ? health.withRecycle(recycle(name)) : health;
    }

    private RecyclePolicy recycle(String name) {
        return luck.oneIn(2)
                ? RecyclePolicy.aboveMemory(8 << 20)
                : moody.computeIfAbsent(name, any -> new MoodyPolicy(world));
    }

    private void regroup() {
        List<String> names = specs.stream()
                .map(InstanceSpec::name)
                .filter(name -> luck.oneIn(2))
                .toList();
        groups = new ArrayList<>();
        if (names.size() > 1 && luck.oneIn(3)) {
            groups.add(new InstanceGroup("fate", names, luck.oneOf(InstanceGroup.Strategy.values())));
        }
    }

    /** How long it may take at most until everything is as it should be, once nothing goes wrong any more. */
    Duration settlesWithin() {
        Duration longest = Duration.ofSeconds(30);
        for (InstanceSpec spec : specs) {
            Duration one = spec.stop()
                    .length()
                    .plus(spec.startup().limit())
                    .plus(spec.startup().retry())
                    .plus(spec.restart().backoff().cap().multipliedBy(2))
                    .plus(spec.startup().patience());
            longest = longest.plus(one);
        }
        return longest;
    }

    /** Asks for a restart, or throws, as the plan of faults has it. */
    private record MoodyPolicy(World world) implements RecyclePolicy {
        @Override
        public Optional<String> reason(Vitals vitals) {
            if (world.simulation().faults().decide("recycle.throws")) {
                world.tally().fault("F24 policy throws");
                throw new IllegalStateException("no opinion");
            }
            return world.simulation().faults().decide("recycle.asks") ? Optional.of("a whim") : Optional.empty();
        }

        @Override
        public Duration period() {
            return Duration.ofSeconds(7);
        }

        @Override
        public boolean needsMemory() {
            return true;
        }
    }
}
