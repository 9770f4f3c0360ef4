package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceCause;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RunState;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeLife;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The end of a {@link HostScenario}: nothing goes wrong any more, and everything must become as it was asked for. Not safe for use by many threads. */
final class Quiet {
    private static final Duration QUIET = Duration.ofMinutes(3);

    private final World world;
    private final FakeHost host;
    private final LuckySite site;
    private final TargetModel model;
    private final ManagerProcess running;
    private final Duration since;

    Quiet(World world, LuckySite site, TargetModel model, ManagerProcess running, Duration since) {
        this.world = world;
        this.host = world.host();
        this.site = site;
        this.model = model;
        this.running = running;
        this.since = since;
    }

    /** Asks for them to be up. */
    void ask(Set<String> names) {
        if (!names.isEmpty()) {
            var unused = running.update(names.stream().map(TargetRequest::up).toList(), false, false)
                    .thenAccept(model::answered);
        }
    }

    /** @param reload loads the configuration anew */
    void assertSettles(Runnable reload) {
        world.simulation().runUntil(() -> isAsAskedFor(true), site.settlesWithin()); // I2
        ask(resting());
        world.simulation().runUntil(() -> isAsAskedFor(false), site.settlesWithin());
        int calls = host.calls().size();
        long events = running.eventsSeen();
        world.simulation().run(QUIET); // with all its probes
        assertThat(host.calls()).as("I2: orders after all is settled").hasSize(calls);
        assertThat(running.eventsSeen()).as("I2: events after all is settled").isEqualTo(events);
        assertThat(isAsAskedFor(false)).as("I2: it stays so").isTrue();
        Tally tally = world.tally();
        Duration took = running.lastOrder().minus(since);
        tally.longestToSettle = took.compareTo(tally.longestToSettle) > 0 ? took : tally.longestToSettle;

        site.stopAsking();
        reload.run();
        world.simulation().settle(QUIET); // I5: nothing left to do, nothing left in any queue
        assertThat(host.calls()).as("I2: orders because nobody is asked").hasSize(calls);
        assertThat(running.unanswered).as("I3: requests without an answer").isZero();
        assertThat(running.manager.instances())
                .as("I5: instances")
                .hasSize(model.targets().size());
        assertThat(running.manager.notifications())
                .as("I5: what operators are told for as long as it lasts")
                .isEmpty();
        running.assertStoryIsComplete(host);
        assertHistory();
        host.assertInvariants();
    }

    private Set<String> resting() {
        Set<String> names = new HashSet<>();
        for (ManagedInstance instance : running.manager.instances()) {
            if (instance.targetState() == TargetState.UP && rests(instance)) {
                names.add(instance.instanceId());
            }
        }
        return names;
    }

    private static boolean rests(ManagedInstance instance) {
        return instance.state() == RunState.FAILED
                || (instance.state() == RunState.DOWN && instance.cause().code() == InstanceCause.COMPLETED);
    }

    /** @param restful whether it is all the same if something has completed or was given up */
    private boolean isAsAskedFor(boolean restful) {
        Map<String, TargetState> targets = model.targets();
        for (String name : Luck.NAMES) {
            TargetState target = targets.get(name);
            ManagedInstance instance = running.manager.instance(name).orElse(null);
            boolean rests = restful && instance != null && rests(instance);
            boolean up = target == TargetState.UP && !rests;
            if (host.running(name) != (up ? 1 : 0) || (instance == null) != (target == null)) {
                return false;
            }
            boolean asItShould = instance == null || rests || instance.state() == (up ? RunState.UP : RunState.DOWN);
            if (!asItShould || (instance != null && instance.targetState() != target)) {
                return false;
            }
        }
        return running.unanswered == 0;
    }

    /** I14, as far as it is the host's: every start has one exit, but for what runs; and the manager knows how the last one ended. */
    private void assertHistory() {
        Set<Long> pids = new HashSet<>();
        for (FakeLife life : host.lives()) {
            assertThat(life.exit().isPresent())
                    .as("I14: %s has an exit record", life)
                    .isNotEqualTo(life.isAlive());
            if (life.isAlive()) {
                assertThat(pids.add(life.pid()))
                        .as("%s has a pid of its own", life)
                        .isTrue();
                assertThat(running.manager.instance(life.name()).orElseThrow().life())
                        .contains(life.life());
            }
        }
        assertThat(host.processes()).as("processes, zombies included").hasSize(pids.size());
    }
}
