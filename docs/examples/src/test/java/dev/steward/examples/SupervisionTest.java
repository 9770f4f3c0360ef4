package dev.steward.examples;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.event.StateFeed;
import dev.steward.instance.Health;
import dev.steward.instance.HostManager;
import dev.steward.instance.HostMemory;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceGroup;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Output;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RecyclePolicy;
import dev.steward.instance.RestartAnswer;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.RunState;
import dev.steward.instance.Signal;
import dev.steward.instance.SignalAnswer;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.process.HostProbes;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The blocks of the page about programs of a host, each with what it promises. */
@ExtendWith(StewardExtension.class)
class SupervisionTest {
    private static List<InstanceSpec> policies() {
        // region Policies
        InstanceSpec server = InstanceSpec.of("server", "/opt/server/bin/serve"); // always, with backoff: the standard
        InstanceSpec importer = InstanceSpec.of("importer", "/opt/server/bin/import")
                .withRestart(RestartPolicy.onFailure().withSuccessCodes(0, 3)); // 3 is "nothing to import"
        InstanceSpec migration =
                InstanceSpec.of("migration", "/opt/server/bin/migrate").withRestart(RestartPolicy.never());
        InstanceSpec worker = InstanceSpec.of("worker", "/opt/server/bin/work")
                .withRestart(RestartPolicy.standard().withGiveUp(5, ofMinutes(1)));
        // endregion
        return List.of(server, importer, migration, worker);
    }

    @Test
    void policies_decide_what_happens_after_an_end(Simulation simulation, StateFeed feed) {
        var driver = new FakeInstanceDriver(simulation);
        var host = new HostManager(SiteConfig.of(policies()), driver, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofSeconds(1));

        driver.exit("importer", 3);
        driver.exit("migration", 0);
        driver.exit("server", 0);
        simulation.run(ofSeconds(1));
        assertThat(host.instance("importer").orElseThrow()).isDown();
        assertThat(host.instance("migration").orElseThrow()).isDown();
        assertThat(host.instance("server").orElseThrow()).isUp();

        for (int pause : new int[] {0, 3, 6, 12, 0}) {
            driver.crash("worker");
            simulation.run(ofSeconds(pause).plusMillis(100));
        }
        assertThat(host.instance("worker").orElseThrow()).hasFailed();
    }

    private static SiteConfig ordered(HostProbes probes) {
        // region Order
        InstanceSpec registry = InstanceSpec.of("registry", "/opt/registry/bin/registry", "--port", "8081")
                .withHealth(Health.unprobed()
                        .withReadiness(ProbePlan.readiness(probes.tcpPort(8081)))
                        .withLiveness(ProbePlan.liveness(probes.exec("/opt/registry/bin/check"))
                                .withPeriod(ofSeconds(30))));
        InstanceSpec aggregator = InstanceSpec.of("aggregator", "/opt/aggregator/bin/run")
                .after("registry"); // started once the registry is ready, stopped before it
        // endregion
        return SiteConfig.of(aggregator, registry);
    }

    @Test
    void what_comes_first_is_ready_first(Simulation simulation, StateFeed feed) {
        try (var probes = new HostProbes()) {
            assertThat(ordered(probes)).isEqualTo(ordered(probes)); // so that a reload changes nothing
            assertThat(ordered(probes).instances().get(0).startup().after()).containsExactly("registry");
        }
    }

    private static SiteConfig grouped() {
        // region Groups
        InstanceSpec cache = InstanceSpec.of("cache", "/opt/cache/bin/cache")
                .withHealth(Health.unprobed().withRecycle(RecyclePolicy.aboveMemory(2L << 30)));
        InstanceSpec web = InstanceSpec.of("web", "/opt/web/bin/web")
                .after("cache")
                .withHealth(Health.unprobed().withRecycle(RecyclePolicy.afterUptime(ofHours(24))));
        SiteConfig site = SiteConfig.of(cache, web).withGroups(InstanceGroup.restForOne("front", "cache", "web"));
        // endregion
        return site;
    }

    @Test
    void those_that_share_a_fate_are_restarted_together(Simulation simulation, StateFeed feed) {
        var driver = new FakeInstanceDriver(simulation);
        var host = new HostManager(grouped(), driver, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofSeconds(1));

        driver.crash("cache");
        simulation.run(ofSeconds(10));
        assertThat(driver.launches("web")).isEqualTo(2);

        driver.crash("web");
        simulation.run(ofSeconds(10));
        assertThat(driver.launches("cache")).isEqualTo(2);

        simulation.run(ofHours(24));
        assertThat(driver.launches("web")).isEqualTo(4); // it has run for a day
    }

    @Test
    void operations_answer_for_each_instance(Simulation simulation, StateFeed feed) {
        var driver = new FakeInstanceDriver(simulation);
        var host = new HostManager(grouped(), driver, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofSeconds(1));

        // region Operations
        CompletableFuture<RestartAnswer> restarted = host.restart(List.of("cache", "web"), RestartOrder.ROLLING);
        CompletableFuture<SignalAnswer> sent = host.signal("web", Signal.HUP);
        List<String> lastWords = host.tail("web", Output.STDERR, 20);
        RunState state = host.instance("web").orElseThrow().state();
        String why = host.explain("web");
        // endregion
        simulation.run(ofSeconds(30));

        assertThat(restarted.join().isDone()).isTrue();
        assertThat(sent.join()).isEqualTo(SignalAnswer.SENT);
        assertThat(lastWords).isEmpty();
        assertThat(state).isEqualTo(RunState.UP);
        assertThat(why).startsWith("web:web is up");
    }

    @Test
    void what_was_asked_for_outlives_the_manager(Simulation simulation, StateFeed feed) {
        RecordStore store = new InMemoryRecordStore(simulation.time());
        FakeHost fake = new FakeHost(simulation);
        var first = new FakeInstanceDriver(fake);
        HostManager host = remembering(store, first, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofSeconds(1));
        var unused = host.update(List.of(TargetRequest.down("web")), false);
        simulation.run(ofSeconds(30));

        simulation.kill(host);
        first.die();
        HostManager next = remembering(store, new FakeInstanceDriver(fake), feed, simulation.time());
        simulation.add(next);
        simulation.run(ofSeconds(1));

        assertThat(next.instance("cache").orElseThrow()).isUp();
        assertThat(next.instance("web").orElseThrow()).isDown();
        assertThat(fake.launches("web")).isEqualTo(1);
    }

    private static HostManager remembering(RecordStore store, InstanceDriver driver, StateFeed feed, TimeSource time) {
        // region Memory
        RecordCache cache = new RecordCache(store, Set.of(HostMemory.prefix("lab1")), time); // for this loop alone
        HostManager.Options options = HostManager.Options.defaults()
                .withMemory(HostMemory.of(cache, "lab1")); // of one name there is one manager at a time
        HostManager host = new HostManager(grouped(), driver, feed, time, options);
        // endregion
        return host;
    }
}
