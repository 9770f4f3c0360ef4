package host;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.Management;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitchenTest {
    @Test
    void the_kettle_is_back_after_a_crash() {
        Simulation simulation = new Simulation(1);
        FakeInstanceDriver driver = new FakeInstanceDriver(simulation);
        HostManager host = Kitchen.manager(driver, new InMemoryStateFeed(simulation.time()), simulation.time());
        simulation.add(host);
        simulation.run(ofMinutes(1));

        driver.crash("kettle");
        simulation.run(ofSeconds(5));

        assertThat(host.instance("kettle").orElseThrow()).isUp();
        assertThat(driver.launches("kettle")).isEqualTo(2);
    }

    @Test
    void the_driver_of_real_processes_is_there(@TempDir Path folder) {
        try (InstanceDriver driver = Kitchen.driver(folder)) {
            assertThat(driver.manages()).isEqualTo(Management.HOST);
        }
    }
}
