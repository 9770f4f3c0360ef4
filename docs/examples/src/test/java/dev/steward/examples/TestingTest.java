package dev.steward.examples;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.Observation;
import dev.steward.instance.SiteConfig;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The blocks of the page about testing. */
@ExtendWith(StewardExtension.class)
class TestingTest {
    private static final SiteConfig SITE = SiteConfig.of(InstanceSpec.of("web", "httpd"));

    // region WithTheFake
    @Test
    void a_crashed_program_is_back_at_once(Simulation simulation, StateFeed feed) {
        FakeInstanceDriver driver = new FakeInstanceDriver(simulation);
        HostManager host = new HostManager(SITE, driver, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofMinutes(1));

        driver.crash("web");
        simulation.run(ofSeconds(1));

        assertThat(feed).recorded("web", "up", "down", "starting", "up");
        assertThat(driver.launches("web")).isEqualTo(2);
        driver.assertInvariants(); // never two copies, never a signal to a stranger
    }
    // endregion

    // region WithAMock
    @Test
    void the_same_with_a_mock_says_what_the_driver_does_line_by_line() {
        VirtualTime time = new VirtualTime();
        InstanceDriver driver = mock(InstanceDriver.class);
        DriverEvents[] events = new DriverEvents[1];
        when(driver.manages()).thenReturn(Management.HOST);
        doAnswer(call -> {
                    events[0] = call.getArgument(0);
                    events[0].census(Census.of(0, List.of()));
                    return null;
                })
                .when(driver)
                .open(any());
        doAnswer(call -> {
                    events[0].observed(new Observation.Running("web", call.getArgument(1), 17));
                    return null;
                })
                .when(driver)
                .launch(any(), any());

        HostManager host = new HostManager(SITE, driver, new InMemoryStateFeed(time), time);
        host.manageOnce();
        host.manageOnce();

        verify(driver).launch(argThat(spec -> spec.name().equals("web")), any());
        assertThat(host.instance("web").orElseThrow()).isUp();
    }
    // endregion
}
