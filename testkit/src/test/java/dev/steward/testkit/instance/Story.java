package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.StateEvent;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RestartAnswer;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.RunState;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetAnswer;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.instance.UpdateAnswer;
import dev.steward.testkit.FakeHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one manager tells on its feed, held to what it should be: I14, each start with one exit record, is looked at here; I11, I13 and what
 * probes say by oracles of their own. Where the feed takes some events late, only that all of them come in order. Not safe for use by many
 * threads.
 */
final class Story {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(13); // of what is not configured any more

    private final World world;
    private final Tally tally;
    private final boolean strict;
    private final Map<String, RunState> states = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> launches = new HashMap<>();
    private final Set<String> started = new HashSet<>(); // and no exit recorded yet
    private final RestartIntensity intensity = new RestartIntensity();
    private final DependencyOrder order = new DependencyOrder();
    private final RollingWatch rolling = new RollingWatch();
    private final HealthWatch health;
    private final Map<String, Boolean> wishes = new LinkedHashMap<>(); // of this pass, the last one counts
    private final Map<String, Integer> beingRestarted = new HashMap<>();
    private List<InstanceSpec> site = List.of();
    private List<TargetRequest> startRequests;
    private long events;

    /**
     * @param startRequests carried out once, after the first configuration
     * @param strict whether the feed takes each event at once
     */
    Story(World world, List<TargetRequest> startRequests, boolean strict) {
        this.startRequests = startRequests;
        this.world = world;
        this.tally = world.tally();
        this.strict = strict;
        this.health = new HealthWatch(world);
    }

    boolean isStrict() {
        return strict;
    }

    // ---- what it is asked

    void loaded(Map<String, InstanceSpec> before, SiteConfig config) {
        Duration now = world.simulation().elapsed();
        site = config.instances();
        order.configured(site, now);
        for (InstanceSpec spec : site) {
            InstanceSpec old = before.get(spec.name());
            if (old == null) {
                order.wanted(spec.name(), spec.start() == TargetState.UP, now);
            } else if (!old.agentClass().equals(spec.agentClass())) {
                order.unsure(spec.name(), now);
            }
        }
        startRequests.forEach(request -> order.wanted(request.key(), isUp(request), now));
        startRequests = List.of();
        intensity.askedForAll();
        health.configured();
    }

    void asked(List<TargetRequest> requests, boolean reload) {
        for (TargetRequest request : requests) {
            if (request.key().equals(TargetRequest.ALL)) {
                intensity.askedForAll();
                site.forEach(spec -> unsure(spec.name()));
            } else {
                intensity.asked(request.key());
                unsure(request.key());
            }
        }
        if (reload) {
            intensity.askedForAll();
        }
    }

    void answered(UpdateAnswer answer) {
        for (TargetAnswer each : answer.answers()) {
            if (each.isAccepted()) {
                boolean up = isUp(each.request());
                String key = each.request().key();
                if (key.equals(TargetRequest.ALL)) {
                    intensity.askedForAll();
                    site.forEach(spec -> wishes.put(spec.name(), up));
                } else {
                    intensity.asked(key);
                    wishes.put(key, up);
                }
            }
        }
    }

    private static boolean isUp(TargetRequest request) {
        return request.target().equals("up");
    }

    void restartAsked(List<String> names, RestartOrder how, CompletableFuture<RestartAnswer> answer) {
        rolling.asked(how, answer);
        names.forEach(name -> beingRestarted.merge(name, 1, Integer::sum));
        names.forEach(intensity::asked);
        var unused = answer.thenRun(() -> {
            names.forEach(name -> beingRestarted.merge(name, -1, Integer::sum));
            names.forEach(intensity::asked);
        });
    }

    void unsure(String name) {
        order.unsure(name, world.simulation().elapsed());
    }

    /** It is to be down within {@code limit}, so that towards the end of that nobody waits for anybody any more. */
    void hurriesIn(Duration limit, Collection<InstanceSpec> specs) {
        Duration force = specs.stream()
                .map(spec -> spec.stop().length())
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(LONGEST_STOP) > 0)
                .orElse(LONGEST_STOP);
        Duration half = limit.dividedBy(2);
        Duration rest = limit.compareTo(force) < 0 ? Duration.ZERO : limit.minus(force);
        Duration earliest = half.compareTo(rest) < 0 ? half : rest;
        if (earliest.isZero()) {
            order.hurried();
        } else {
            world.simulation().after(earliest.minusNanos(1), order::hurried);
        }
    }

    void shutsDown(Set<String> names) {
        names.forEach(name -> order.wanted(name, false, world.simulation().elapsed()));
    }

    void launchOrdered(String name) {
        launches.merge(name, 1, Integer::sum);
    }

    // ---- what it tells

    void passEnded(Map<String, InstanceSpec> specs, Duration now) {
        if (now.equals(world.pausedUntil().get())) {
            order.wakesUp();
        }
        wishes.forEach((name, up) -> order.wanted(name, up, now));
        wishes.clear();
        health.passEnded(specs, now);
    }

    void tell(StateEvent event, Map<String, InstanceSpec> specs, HostManager manager, Duration now) {
        events++;
        tally.events++;
        world.simulation()
                .note(event.kind() + " " + event.name() + " " + event.state() + " " + event.outcome() + " "
                        + event.cause());
        RunState to = RunState.valueOf(event.state().toUpperCase(Locale.ROOT));
        RunState before = states.getOrDefault(event.name(), RunState.DOWN);
        if (event.isFailure() && to == before) {
            return;
        }
        states.put(event.name(), to);
        assertThat(RunState.GRAPH.allows(before, to))
                .as("I14: %s after %s", event, before)
                .isTrue();
        count(event, to);
        if (strict) {
            follow(event, before, to, specs.get(event.name()), manager, now);
        }
    }

    private void count(StateEvent event, RunState to) {
        if (to == RunState.STARTING) {
            starts.merge(event.name(), isLaunch(event, to) ? 1 : 0, Integer::sum);
            assertThat(started.add(event.name()))
                    .as("I14: %s, and no exit record of the start before", event)
                    .isTrue();
        } else if (to == RunState.DOWN || to == RunState.FAILED) {
            started.remove(event.name());
        }
        Enum<?> why = event.cause().code();
        tally.giveUps += to == RunState.FAILED ? 1 : 0;
        tally.completions += to == RunState.DOWN && why == InstanceCause.COMPLETED ? 1 : 0;
    }

    /** Whether something was launched, and not taken over, or taken back, while it was on its way up. */
    private static boolean isLaunch(StateEvent event, RunState to) {
        return to == RunState.STARTING && event.cause().code() == InstanceCause.LAUNCHED;
    }

    private void follow(
            StateEvent event,
            RunState from,
            RunState to,
            @Nullable InstanceSpec spec,
            HostManager manager,
            Duration now) {
        String name = event.name();
        Enum<?> why = event.cause().code();
        boolean adopted = to == RunState.STARTING && !isLaunch(event, to);
        boolean left = to == RunState.STOPPING
                && world.host().lives(name).stream()
                        .allMatch(life -> life.exit().isPresent());
        if (adopted || left) {
            order.movedFreely(name, to, now);
        } else {
            order.moved(name, to, now);
        }
        rolling.moved(name, to, why);
        ManagedInstance instance = manager.instance(name).orElse(null);
        if (spec == null || instance == null) {
            intensity.stopped(name);
            return;
        }
        health.moved(name, from, to, why, spec, instance, now);
        if (beingRestarted.getOrDefault(name, 0) > 0) {
            intensity.asked(name); // at once, or when its turn comes
        }
        if (isLaunch(event, to)) {
            intensity.launched(name, now);
        } else if (to == RunState.UP) {
            intensity.up(name, now);
        } else if (hasFailed(from, to, why)) {
            intensity.ended(name, spec.restart(), isFailure(event, spec.restart(), instance), now);
        } else if (to != RunState.FAILED && to != RunState.STOPPING) {
            intensity.stopped(name);
        }
        if (to == RunState.DOWN && (why == InstanceCause.COMPLETED || why == InstanceCause.GAVE_UP)) {
            unsure(name);
        } else if (to == RunState.DOWN && intensity.rests(name)) {
            unsure(name);
        }
    }

    /** Whether this is an end that nobody has asked for. */
    private static boolean hasFailed(RunState from, RunState to, Enum<?> why) {
        if (from == RunState.STOPPING) {
            return why == InstanceCause.NOT_READY || why == InstanceCause.UNWELL || why == InstanceCause.GAVE_UP;
        }
        return to == RunState.DOWN
                && (why == InstanceCause.EXITED
                        || why == InstanceCause.LAUNCH_REFUSED
                        || why == InstanceCause.COMPLETED);
    }

    private static boolean isFailure(StateEvent event, RestartPolicy policy, ManagedInstance instance) {
        Enum<?> why = event.cause().code();
        if (why != InstanceCause.EXITED && why != InstanceCause.COMPLETED) {
            return true;
        }
        ExitStatus exit = event.cause().text().startsWith(ExitStatus.unknown().toString())
                ? ExitStatus.unknown()
                : instance.exit().orElse(ExitStatus.unknown());
        return policy.isFailure(exit);
    }

    void told(Map<String, InstanceSpec> specs, HostManager manager, int pass, Duration now) {
        order.passEnded();
        if (strict) {
            health.told(specs, manager.instances(), pass, now);
        }
    }

    void assertNothingWrong() {
        List<String> wrong = new ArrayList<>();
        wrong.addAll(intensity.violations());
        wrong.addAll(order.violations());
        wrong.addAll(rolling.violations());
        wrong.addAll(health.violations());
        assertThat(wrong).as("I11, I13, probes, restarts").isEmpty();
    }

    /** Each launch has been told as a start, and no other; nothing is left open of what does not run. */
    void assertComplete(FakeHost host, HostManager manager) {
        starts.values().removeIf(times -> times == 0);
        assertThat(starts).as("I14: starts on the feed, beside launches").isEqualTo(launches);
        started.forEach(name -> assertThat(host.running(name))
                .as("I14: '%s' has no exit record, runs", name)
                .isEqualTo(1));
        for (ManagedInstance instance : manager.instances()) {
            RunState told = states.getOrDefault(instance.instanceId(), RunState.DOWN);
            assertThat(told).as("the feed about %s", instance).isEqualTo(instance.state());
        }
    }

    long events() {
        return events;
    }
}
