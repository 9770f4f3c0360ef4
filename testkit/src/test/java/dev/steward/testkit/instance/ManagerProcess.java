package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.Subscription;
import dev.steward.instance.ConfigSource;
import dev.steward.instance.HostManager;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RunState;
import dev.steward.instance.Signal;
import dev.steward.instance.TargetAnswer;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.UpdateAnswer;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.FakeLife;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One life of the program that a host manager is in: its driver, its feed, and what it has been asked. It watches that the events are
 * a proper story, and that nothing is restarted faster than it should be. Not safe for use by many threads.
 */
final class ManagerProcess implements ControlLoop {
    /** The reference's constant delay before an instance is started again. */
    private static final Duration RESTART_DELAY = Duration.ofSeconds(3);

    final FakeInstanceDriver driver;
    final HostManager manager;
    int unanswered;
    private final Simulation simulation;
    private final Tally tally;
    private final Planted planted;
    private final Random luck;
    private final Subscription events;
    private final Map<String, RunState> states = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Set<String> started = new HashSet<>(); // and no exit recorded yet
    private final Map<String, Duration> launchedAt = new HashMap<>();
    private final Map<String, Duration> askedAt = new HashMap<>();
    private final Duration born;
    private Duration lastOrder = Duration.ZERO;
    private long eventsSeen;

    ManagerProcess(FakeHost host, Simulation simulation, ConfigSource site, Planted planted, Tally tally) {
        this.simulation = simulation;
        this.tally = tally;
        this.planted = planted;
        this.luck = new Random(simulation.seed());
        this.driver = new FakeInstanceDriver(host);
        this.born = simulation.elapsed();
        InMemoryStateFeed feed = new InMemoryStateFeed(simulation.time());
        this.events = feed.subscribe(() -> {});
        this.manager = new HostManager(site, watched(planted.around(driver, luck)), feed, simulation.time());
    }

    // ---- as a loop

    @Override
    public Step manageOnce() {
        tally.passes++;
        Step step = manager.manageOnce();
        events.poll(this::tell);
        return step;
    }

    @Override
    public String name() {
        return manager.name();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        manager.wakeWith(() -> {
            if (!planted.losesWakeUp(luck)) {
                wakeUp.wake();
            }
        });
    }

    @Override
    public void close() {
        manager.close();
        events.poll(this::tell);
    }

    // ---- asking

    /** Asks for something; the answer comes with the pass. */
    CompletableFuture<UpdateAnswer> update(List<TargetRequest> requests, boolean reload, boolean strict) {
        tally.requests += requests.size();
        asked(requests, reload);
        if (planted.losesRequest(luck)) {
            List<TargetAnswer> accepted = new ArrayList<>();
            requests.forEach(request -> accepted.add(new TargetAnswer(request, TargetAnswer.Verdict.ACCEPTED)));
            return CompletableFuture.completedFuture(new UpdateAnswer(accepted, Optional.empty()));
        }
        CompletableFuture<UpdateAnswer> answer = manager.update(requests, reload, strict);
        unanswered++;
        var unused = answer.thenAccept(given -> {
            unanswered--;
            asked(requests, reload);
        });
        return answer;
    }

    private void asked(List<TargetRequest> requests, boolean reload) {
        for (TargetRequest request : requests) {
            askedAt.put(request.key(), simulation.elapsed());
        }
        if (reload) {
            askedAt.put(TargetRequest.ALL, simulation.elapsed());
        }
    }

    // ---- watching

    /** I11: no faster than one restart per restart delay, unless somebody has asked meanwhile. */
    private InstanceDriver watched(InstanceDriver watched) {
        return new Decorator(watched) {
            @Override
            public void launch(InstanceSpec spec, Incarnation life) {
                Duration now = simulation.elapsed();
                Duration last = launchedAt.put(spec.name(), now);
                if (last != null && now.minus(last).compareTo(RESTART_DELAY) < 0) {
                    assertThat(List.of(asked(spec.name()), asked(TargetRequest.ALL)))
                            .as("I11: '%s' launched at %s and at %s, asked for at", spec.name(), last, now)
                            .anyMatch(asked -> asked.compareTo(last) >= 0);
                }
                assertSurvivorsFirst(spec.name());
                lastOrder = now;
                super.launch(spec, life);
            }

            @Override
            public void signal(String name, Incarnation life, Signal signal) {
                lastOrder = simulation.elapsed();
                super.signal(name, life, signal);
            }
        };
    }

    /** What an earlier manager has left is gone, or has been sent all that its stop plan has, before anything is launched. */
    private void assertSurvivorsFirst(String name) {
        for (FakeLife life : driver.host().lives()) {
            if (life.isAlive() && life.started().compareTo(born) < 0) {
                assertThat(driver.calls())
                        .as("launch of '%s', and %s is there", name, life)
                        .contains("signal " + life.name() + " KILL");
            }
        }
    }

    private Duration asked(String key) {
        return askedAt.getOrDefault(key, Duration.ofNanos(-1));
    }

    /** I14, as far as it is the manager's: each start on the feed is followed by one exit record before the next start. */
    private void tell(StateEvent event) {
        eventsSeen++;
        tally.events++;
        simulation.note(
                event.kind() + " " + event.name() + " " + event.state() + " " + event.outcome() + " " + event.cause());
        if (event.isFailure()) {
            return;
        }
        RunState to = RunState.valueOf(event.state().toUpperCase(Locale.ROOT));
        RunState from = states.put(event.name(), to);
        RunState before = from == null ? RunState.DOWN : from;
        assertThat(RunState.GRAPH.allows(before, to))
                .as("I14: %s after %s", event, before)
                .isTrue();
        if (to == RunState.STARTING) {
            starts.merge(event.name(), 1, Integer::sum);
            assertThat(started.add(event.name()))
                    .as("I14: %s, and no exit record of the start before", event)
                    .isTrue();
        } else if (to == RunState.DOWN) {
            started.remove(event.name());
        }
    }

    /** Each launch has been told as a start, and no other; nothing is left open of what does not run. */
    void assertStoryIsComplete(FakeHost host) {
        Map<String, Integer> launches = new HashMap<>();
        for (String call : driver.calls()) {
            if (call.startsWith("launch ")) {
                launches.merge(call.substring("launch ".length()), 1, Integer::sum);
            }
        }
        assertThat(starts).as("I14: starts on the feed, beside launches").isEqualTo(launches);
        started.forEach(name -> assertThat(host.running(name))
                .as("I14: '%s' has no exit record, runs", name)
                .isEqualTo(1));
        for (ManagedInstance instance : manager.instances()) {
            RunState told = states.getOrDefault(instance.instanceId(), RunState.DOWN);
            assertThat(told).as("the feed about %s", instance).isEqualTo(instance.state());
        }
    }

    /** When it last gave an order. */
    Duration lastOrder() {
        return lastOrder;
    }

    long eventsSeen() {
        return eventsSeen;
    }
}
