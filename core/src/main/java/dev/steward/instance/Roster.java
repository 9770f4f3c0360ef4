package dev.steward.instance;

import com.google.common.collect.ImmutableMap;
import dev.steward.event.Reason;
import dev.steward.kernel.Texts;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one manager, in order, and how a configuration is merged into them. Not safe for use by many threads, but for
 * {@link #shown}.
 */
final class Roster {
    private final Host host;
    private final Map<String, InstanceRunner> runners = new LinkedHashMap<>();
    private final List<InstanceRunner> retired = new ArrayList<>();
    private final List<Runnable> signals = new ArrayList<>();
    private volatile ImmutableMap<String, ManagedInstance> shown = ImmutableMap.of();
    private boolean changed;

    Roster(Host host) {
        this.host = host;
    }

    /** Makes the instances those of {@code config}; those of the same class and management stay, with their targets. */
    void merge(SiteConfig config) {
        Map<String, InstanceSpec> configured = new LinkedHashMap<>();
        config.instances().forEach(spec -> configured.put(spec.name(), spec));
        runners.forEach((name, runner) -> {
            if (!configured.containsKey(name)) {
                withdraw(runner, null, "not configured any more");
            }
        });
        configured.values().forEach(this::merge);
    }

    private void merge(InstanceSpec spec) {
        InstanceRunner runner = runners.get(spec.name());
        if (runner == null) {
            add(spec, spec.start(), false);
            return;
        }
        InstanceSpec before = runner.wanted().spec();
        boolean same = before.agentClass().equals(spec.agentClass()) && before.management() == spec.management();
        if (runner.wanted().isWithdrawn()) {
            Wanted.Successor waiting = runner.wanted().successor();
            TargetState target = waiting == null ? spec.start() : waiting.target();
            runner.wanted().withdraw(new Wanted.Successor(spec, target, waiting != null && waiting.requested()));
            host.memory().changed(runner);
            runner.wake();
        } else if (!same) {
            withdraw(
                    runner,
                    new Wanted.Successor(spec, spec.start(), false),
                    "configured otherwise: " + spec.fullName());
        } else {
            runner.configure(spec);
        }
    }

    private void withdraw(InstanceRunner runner, Wanted.@Nullable Successor successor, String why) {
        if (!runner.wanted().isWithdrawn()) {
            host.publisher().message(runner.name(), why + ", is being stopped");
        }
        runner.wanted().withdraw(successor);
        host.memory().changed(runner);
        runner.wake();
    }

    private void add(InstanceSpec spec, TargetState target, boolean requested) {
        InstanceRunner runner = new InstanceRunner(host, spec, target, requested);
        runners.put(spec.name(), runner);
        host.memory().added(runner);
        changed = true;
    }

    /** Sets targets that have been accepted. */
    void request(Map<String, TargetState> targets) {
        targets.forEach((name, target) -> {
            InstanceRunner runner = runners.get(name);
            if (runner != null) {
                runner.request(target);
            }
        });
    }

    /** Everybody down, and nobody to come. */
    void shutDown() {
        runners.values().forEach(runner -> {
            if (runner.wanted().isWithdrawn()) {
                runner.wanted().withdraw(null);
            }
            runner.request(TargetState.DOWN);
        });
    }

    /** The names that a request may have: of all that are configured; a view. */
    Set<String> addressable() {
        return new AbstractSet<>() {
            @Override
            public boolean contains(@Nullable Object name) {
                InstanceRunner runner = runners.get(name);
                return runner != null && isAddressable(runner);
            }

            @Override
            public Iterator<String> iterator() {
                return addressed().iterator();
            }

            @Override
            public int size() {
                return (int) addressed().count();
            }

            private Stream<String> addressed() {
                return runners.values().stream().filter(Roster::isAddressable).map(InstanceRunner::name);
            }
        };
    }

    private static boolean isAddressable(InstanceRunner runner) {
        return !runner.wanted().isWithdrawn() || runner.wanted().successor() != null;
    }

    /** A withdrawn instance has come down; it is forgotten when the pass ends. */
    void retired(InstanceRunner runner) {
        retired.add(runner);
    }

    /** Forgets who has come down, puts successors in their places, and shows who is there. */
    void endOfPass() {
        if (!retired.isEmpty()) { // an iterator is an allocation
            for (InstanceRunner runner : retired) {
                if (runners.get(runner.name()) == runner && runner.standing().hasRetired()) {
                    replace(runner);
                }
            }
            retired.clear();
        }
        if (changed) {
            changed = false;
            host.ordering().configured(); // a successor may come after others than the one before it
            ImmutableMap.Builder<String, ManagedInstance> all = ImmutableMap.builderWithExpectedSize(runners.size());
            runners.forEach((name, runner) -> all.put(name, runner.teller().shown()));
            shown = all.buildOrThrow();
        }
    }

    private void replace(InstanceRunner runner) {
        runner.forget();
        host.changed(runner);
        changed = true;
        Wanted.Successor successor = runner.wanted().successor();
        if (successor == null) {
            runners.remove(runner.name());
            host.memory().removed(runner.name());
            host.publisher().message(runner.name(), "forgotten");
        } else {
            add(successor.spec(), successor.target(), successor.requested());
        }
    }

    /** Sends a signal to what runs of an instance, once all news of its end have been taken that are in the same mail. */
    void signal(String name, Signal signal, Consumer<SignalAnswer> answer) {
        signals.add(() -> answer.accept(signal(name, signal)));
    }

    /** All news of this pass have been taken. */
    void sendSignals() {
        signals.forEach(Runnable::run);
        signals.clear();
    }

    private SignalAnswer signal(String name, Signal signal) {
        InstanceRunner runner = runners.get(name);
        if (runner == null) {
            return SignalAnswer.UNKNOWN_ID;
        }
        Life life = runner.seen().life();
        if (life == null || life.pid() == 0) {
            return SignalAnswer.NOT_RUNNING;
        }
        host.publisher().message(name, signal + " requested");
        host.orders().signal(name, life, signal);
        return SignalAnswer.SENT;
    }

    @Nullable
    InstanceRunner find(String name) {
        return runners.get(name);
    }

    boolean contains(String name) {
        return runners.containsKey(name);
    }

    void forEach(Consumer<InstanceRunner> action) {
        runners.values().forEach(action);
    }

    /** The text without any secret of any instance. */
    String hideSecrets(String text) {
        String hidden = text;
        for (InstanceRunner runner : runners.values()) {
            hidden = Secret.hideAll(runner.wanted().spec().launch(), hidden);
        }
        return hidden;
    }

    /** What an instance has written, without its secrets, and so that it can be shown; from any thread. */
    List<String> harmless(String name, List<String> lines) {
        ManagedInstance known = shown.get(name);
        return lines.stream()
                .map(line -> known == null
                        ? line
                        : Secret.hideAll(known.view().spec().launch(), line))
                .map(Texts::harmless)
                .toList();
    }

    /** What an instance is launched with; null if there is none of that name. */
    @Nullable
    LaunchSpec launchOf(String name) {
        InstanceRunner runner = runners.get(name);
        return runner == null ? null : runner.wanted().spec().launch();
    }

    /** How long the longest stop plan takes, with half the grace of its last signal. */
    Duration longestForce() {
        return runners.values().stream()
                .map(runner -> force(runner.wanted().spec().stop()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Duration force(StopPlan plan) {
        StopPlan.Round last = plan.signals().get(plan.signals().size() - 1);
        return plan.length().minus(last.grace().dividedBy(2));
    }

    /** How a life of this name is stopped: as configured, or in the standard way. */
    StopPlan stopPlan(String name) {
        InstanceRunner runner = runners.get(name);
        return runner == null ? StopPlan.standard() : runner.wanted().spec().stop();
    }

    /** What the feed says of the instance that a leftover has the name of. */
    RunState stateOf(String name) {
        InstanceRunner runner = runners.get(name);
        return runner == null ? RunState.STOPPING : runner.teller().state();
    }

    /** Gives every instance a turn. */
    void readyAll() {
        runners.values().forEach(InstanceRunner::ready);
    }

    void wake(String name) {
        InstanceRunner runner = runners.get(name);
        if (runner != null) {
            runner.wake();
        }
    }

    void leftoverGone(String name, Reason why) {
        InstanceRunner runner = runners.get(name);
        if (runner != null) {
            runner.leftoverGone(why);
        }
    }

    /** All instances, in order, as of the end of the last pass; from any thread. */
    ImmutableMap<String, ManagedInstance> shown() {
        return shown;
    }
}
