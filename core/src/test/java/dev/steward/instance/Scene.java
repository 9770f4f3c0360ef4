package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A manager on virtual time over a stub. It checks of every event that it is a legal move. */
final class Scene implements AutoCloseable {
    static final Duration NANO = Duration.ofNanos(1);

    final VirtualTime time = new VirtualTime();
    final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    final StubDriver driver = new StubDriver();
    HostManager host;
    final List<StateEvent> events = new ArrayList<>();
    private final Subscription subscription = feed.subscribe(() -> {});
    private final Map<String, RunState> last = new HashMap<>();
    private final ConfigSource site;
    private final HostManager.Options options;
    Step step = Step.again();

    Scene(ConfigSource site) {
        this(site, HostManager.Options.defaults());
    }

    Scene(ConfigSource site, HostManager.Options options) {
        this.site = site;
        this.options = options;
        host = new HostManager(site, driver, feed, time, options);
    }

    /** The manager goes without a word, and another one comes; what runs goes on. */
    Scene another() {
        host.close();
        collect();
        last.clear();
        host = new HostManager(site, driver, feed, time, options);
        step = Step.again();
        return this;
    }

    static Scene of(InstanceSpec... instances) {
        return new Scene(SiteConfig.of(instances));
    }

    static InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name).withRestart(RestartPolicy.reference());
    }

    /** Passes until the loop wants to wait. */
    Scene settle() {
        for (int passes = 0; passes < 50; passes++) {
            step = host.manageOnce();
            collect();
            if (step.kind() != Step.Kind.AGAIN) {
                return this;
            }
        }
        throw new AssertionError("the loop does not settle: " + host.messages());
    }

    /** Lets time pass, with a pass whenever the loop asks for one, and one at the end. */
    Scene run(Duration duration) {
        Duration left = duration;
        settle();
        while (step.kind() == Step.Kind.AFTER && step.delay().compareTo(left) <= 0) {
            left = left.minus(step.delay());
            time.advance(step.delay());
            settle();
        }
        time.advance(left);
        return settle();
    }

    private void collect() {
        subscription.poll((StateListener) this::check);
    }

    private void check(StateEvent event) {
        events.add(event);
        RunState state = RunState.valueOf(event.state().toUpperCase(Locale.ROOT));
        RunState before = last.getOrDefault(event.name(), RunState.DOWN);
        if (event.isFailure() && (state != RunState.FAILED || before == state)) {
            assertThat(state).as("%s", event).isEqualTo(before);
        } else {
            assertThat(RunState.GRAPH.allows(before, state))
                    .as("%s after %s", event, before)
                    .isTrue();
            last.put(event.name(), state);
        }
    }

    ManagedInstance instance(String name) {
        return host.instance(name).orElseThrow();
    }

    /** The states that were published since this was last asked: {@code a up}. */
    List<String> takeEvents() {
        List<String> taken = events.stream()
                .map(event -> event.name() + " " + event.state() + (event.isFailure() ? " FAILED" : ""))
                .toList();
        events.clear();
        return taken;
    }

    StateEvent lastEvent() {
        return events.get(events.size() - 1);
    }

    List<String> messages() {
        return host.messages().stream()
                .map(message -> message.source() + ": " + message.text())
                .toList();
    }

    @Override
    public void close() {
        host.close();
    }
}
