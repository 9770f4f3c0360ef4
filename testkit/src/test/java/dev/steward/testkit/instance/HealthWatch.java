package dev.steward.testkit.instance;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RunState;
import dev.steward.instance.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An oracle for probes: nothing is up before it has said that it is ready, nothing is stopped for its health that has not been found unwell
 * as often as its plan says, lately, and nothing that has been goes on. Told what a manager tells on its feed, at the end of each pass. Not
 * safe for use by many threads.
 */
final class HealthWatch {
    private static final int PASSES_TO_ACT = 3;
    private final World world;
    private final Map<String, Incarnation> lives = new HashMap<>();
    private final Map<String, Integer> verdicts = new HashMap<>();
    private final Set<String> excused = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    HealthWatch(World world) {
        this.world = world;
        world.readiness().values().forEach(WatchedProbe::forget);
        world.liveness().values().forEach(WatchedProbe::forget);
    }

    /** Another configuration: what was found by another plan may or may not count. */
    void configured() {
        world.liveness().forEach((name, probe) -> {
            probe.forget();
            excused.add(name);
        });
        verdicts.clear();
    }

    /** A pass has ended; its events have not been told yet. */
    void passEnded(Map<String, InstanceSpec> specs, Duration now) {
        specs.forEach((name, spec) -> {
            spec.health()
                    .readiness()
                    .ifPresent(plan -> watched(world.readiness(), name).passEnded(now, plan.limit()));
            spec.health()
                    .liveness()
                    .ifPresent(plan -> watched(world.liveness(), name).passEnded(now, plan.limit()));
        });
    }

    private static WatchedProbe watched(Map<String, WatchedProbe> probes, String name) {
        WatchedProbe probe = probes.get(name);
        if (probe == null) {
            throw new AssertionError("no probe of '" + name + "'");
        }
        return probe;
    }

    /** The feed has told of a move. */
    void moved(
            String name, RunState from, RunState to, Enum<?> why, InstanceSpec spec, ManagedInstance now, Duration at) {
        Incarnation life = now.life().orElse(lives.get(name));
        boolean wantedUp = now.targetState() == TargetState.UP;
        if (to == RunState.UP
                && why == InstanceCause.RUNNING
                && from == RunState.STARTING
                && life != null
                && wantedUp) {
            spec.health().readiness().ifPresent(plan -> {
                if (!watched(world.readiness(), name).hasSaidWell(life)
                        && now.life().isPresent()) {
                    violations.add("'" + name + "' is up at " + at + ", and has not said that it is ready");
                }
            });
        } else if (to == RunState.STOPPING && why == InstanceCause.NOT_READY && life != null) {
            spec.health().readiness().ifPresent(plan -> notReady(name, plan, life, at));
        } else if (to == RunState.STOPPING && why == InstanceCause.UNWELL && life != null) {
            spec.health().liveness().ifPresent(plan -> unwell(name, plan, life, at));
        }
        verdicts.remove(name);
        excused.remove(name);
        if (world.liveness().containsKey(name)) {
            watched(world.liveness(), name).forget();
        }
    }

    private void notReady(String name, ProbePlan plan, Incarnation life, Duration at) {
        Duration since = at.minus(plan.period()).minus(plan.limit());
        if (!watched(world.readiness(), name).hasSaidUnwellSince(life, since)) {
            violations.add("'" + name + "' is stopped at " + at + " as not ready, and has not been asked lately");
        }
    }

    private void unwell(String name, ProbePlan plan, Incarnation life, Duration at) {
        if (!excused.contains(name)
                && !verdicts.containsKey(name)
                && watched(world.liveness(), name).badInARow(life) < plan.failures()) {
            violations.add("'" + name + "' is stopped at " + at + " as unwell, and was not found so often enough");
        }
    }

    /** The events of a pass have been told. */
    void told(Map<String, InstanceSpec> specs, List<ManagedInstance> instances, int pass, Duration now) {
        for (ManagedInstance instance : instances) {
            String name = instance.instanceId();
            InstanceSpec spec = specs.get(name);
            instance.life().ifPresent(life -> lives.put(name, life));
            ProbePlan plan = spec == null ? null : spec.health().liveness().orElse(null);
            boolean up = instance.state() == RunState.UP && instance.targetState() == TargetState.UP;
            boolean held = instance.view().rulings().stream()
                    .anyMatch(why -> why.code() == InstanceCause.DEPENDENTS_FIRST // those that come after it go first
                            || why.code() == InstanceCause.HANDS_OFF);
            Incarnation life = instance.life().orElse(null);
            if (plan != null && instance.targetState() != TargetState.UP) {
                watched(world.liveness(), name).forget(); // a verdict on what is to stop anyway is none
                excused.add(name);
            }
            if (plan == null
                    || held
                    || life == null
                    || !up
                    || watched(world.liveness(), name).badInARow(life) < plan.failures()) {
                verdicts.remove(name);
            } else if (pass - verdicts.computeIfAbsent(name, any -> pass) >= PASSES_TO_ACT) {
                violations.add("'" + name + "' goes on at " + now + ", and was found unwell often enough: "
                        + instance.view().rulings());
            }
        }
    }

    /** What was wrong, in order. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
