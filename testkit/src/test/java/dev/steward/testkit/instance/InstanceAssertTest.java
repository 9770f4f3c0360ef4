package dev.steward.testkit.instance;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static dev.steward.testkit.assertj.StewardAssertions.assertThatThrownBy;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.Management;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Signal;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstanceAssertTest {
    private final Simulation simulation = new Simulation(1);
    private final FakeInstanceDriver driver = new FakeInstanceDriver(simulation);
    private final HostManager host = new HostManager(
            SiteConfig.of(
                    InstanceSpec.of("web", "/bin/web").withRestart(RestartPolicy.reference()),
                    InstanceSpec.of("box", "/bin/box").withManagement(Management.DOCKER)),
            driver,
            new InMemoryStateFeed(simulation.time()),
            simulation.time());

    @BeforeEach
    void begin() {
        simulation.add(host);
        driver.program("web").startsIn(Duration.ofSeconds(2));
    }

    @Test
    void follows_an_instance_up_and_down() {
        simulation.run(Duration.ofSeconds(1));
        assertThat(instance("web")).isStarting().isWanted(TargetState.UP).isSoBecause(InstanceCause.LAUNCHED);
        assertThat(instance("box")).isInoperable();

        simulation.run(Duration.ofSeconds(1));
        assertThat(instance("web"))
                .isUp()
                .hasRestarts(0)
                .hasPid(300)
                .isSteady(1)
                .hasUptime(Duration.ofSeconds(2));
        simulation.run(Duration.ofSeconds(1));
        assertThat(instance("web")).hasUptime(Duration.ofSeconds(3)).hasUptimeOfAtLeast(Duration.ofSeconds(3));

        driver.exit("web", 3);
        simulation.run(Duration.ofSeconds(1));
        assertThat(instance("web"))
                .isDown()
                .hasExitedWith(3)
                .isSoBecause(InstanceCause.EXITED)
                .hasUptime(Duration.ZERO);

        driver.program("web").ignores(Signal.INT);
        simulation.run(Duration.ofSeconds(5));
        assertThat(instance("web")).isUp().hasRestarts(1);

        var unused = host.update(List.of(TargetRequest.down("web")), false);
        simulation.run(Duration.ofSeconds(1));
        assertThat(instance("web")).isStopping().isWanted(TargetState.DOWN);

        simulation.run(Duration.ofMinutes(1));
        assertThat(instance("web")).isDown().hasExitedWith(143);
        driver.assertInvariants();
    }

    @Test
    void knows_what_an_earlier_manager_has_launched() {
        simulation.run(Duration.ofSeconds(3));
        assertThatThrownBy(() -> assertThat(instance("web")).hasFailed())
                .hasMessageContaining("expected in state FAILED, but it is UP");
        assertThatThrownBy(() -> assertThat(instance("web")).isAdopted())
                .hasMessageContaining("adopted: true, but it is false");
        simulation.kill(host);
        driver.die();
        HostManager next = new HostManager(
                SiteConfig.of(InstanceSpec.of("web", "/bin/web")),
                new FakeInstanceDriver(driver.host()),
                new InMemoryStateFeed(simulation.time()),
                simulation.time());
        simulation.add(next);
        simulation.run(Duration.ofSeconds(1));

        assertThat(next.instance("web").orElseThrow()).isUp().isAdopted().hasPid(300);
        driver.exit("web", 3);
        simulation.run(Duration.ZERO);
        assertThat(next.instance("web").orElseThrow()).hasExitedUnknown();
    }

    @Test
    void says_all_that_is_known_when_it_fails() {
        simulation.run(Duration.ofSeconds(3));
        driver.exit("web", 3);
        simulation.run(Duration.ofSeconds(1));

        assertThatThrownBy(() -> assertThat(instance("web")).isUp())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "expected in state UP, but it is DOWN",
                        "web down (exit code 3, next start in 3 s)",
                        "next action START_AT",
                        "last exit code 3");
        assertThatThrownBy(() -> assertThat(instance("web")).isSteady(0.9))
                .hasMessageContaining("a stability of at least 0.9");
        assertThatThrownBy(() -> assertThat(instance("web")).isRetired())
                .hasMessageContaining("retired: true, but it is false");
        assertThatThrownBy(() -> assertThat(instance("web")).hasPid(1))
                .hasMessageContaining("of pid 1, but it is null");
        assertThatThrownBy(() -> assertThat(instance("web")).hasExitedUnknown())
                .hasMessageContaining("ended with exit code unknown, but it is exit code 3");
        assertThatThrownBy(() -> assertThat(instance("web")).hasUptime(Duration.ofSeconds(1)))
                .hasMessageContaining("up for PT1S, but it is PT0S");
        assertThatThrownBy(() -> assertThat(instance("web")).hasUptimeOfAtLeast(Duration.ofSeconds(1)))
                .hasMessageContaining("up for at least PT1S, but it is PT0S");
    }

    private ManagedInstance instance(String name) {
        return host.instance(name).orElseThrow();
    }
}
