package dev.steward.examples;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.event.StateFeed;
import dev.steward.instance.ConfigSource;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.loop.Hold;
import dev.steward.loop.Mode;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.TimeSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How to keep a manager's hands off what it looks after. */
@ExtendWith(StewardExtension.class)
class HandsOffTest {
    private static final SiteConfig SITE =
            SiteConfig.of(InstanceSpec.of("cache", "/opt/cache/bin/cache"), InstanceSpec.of("web", "/opt/web/bin/web"));

    @Test
    void what_is_held_is_left_alone_until_nobody_holds_it(Simulation simulation, StateFeed feed) {
        var driver = new FakeInstanceDriver(simulation);
        var host = new HostManager(SITE, driver, feed, simulation.time());
        simulation.add(host);
        simulation.run(ofSeconds(1));

        // region Hold
        host.hold(List.of("cache", "web"), "ann", "new disks", ofHours(4)); // from any thread; ends by itself
        // endregion
        simulation.run(ofMinutes(1));
        driver.exit("cache", 0);
        var unused = host.update(List.of(TargetRequest.down("web")), false);
        simulation.run(ofMinutes(10));
        List<Hold> held = host.instance("cache").orElseThrow().holds();
        assertThat(held).extracting(Hold::holder).containsExactly("ann");
        assertThat(host.explain("cache")).contains("would: launch").contains("held by ann until");
        assertThat(host.instance("cache").orElseThrow()).isDown();
        assertThat(host.instance("web").orElseThrow()).isUp();

        // region Release
        host.release(List.of("cache", "web"), "ann"); // or earlier than that, by hand
        // endregion
        simulation.run(ofSeconds(30));
        assertThat(host.instance("cache").orElseThrow()).isUp();
        assertThat(host.instance("web").orElseThrow()).isDown();
    }

    private static HostManager observing(ConfigSource site, InstanceDriver driver, StateFeed feed, TimeSource time) {
        // region Observe
        HostManager.Options looking = HostManager.Options.defaults().withMode(Mode.OBSERVE);
        HostManager host = new HostManager(site, driver, feed, time, looking);
        // endregion
        return host;
    }

    @Test
    void a_manager_that_observes_says_what_it_would_do(Simulation simulation, StateFeed feed) {
        var driver = new FakeInstanceDriver(simulation);
        HostManager host = observing(SITE, driver, feed, simulation.time());
        simulation.add(host);

        simulation.run(ofDays(1));

        assertThat(driver.launches("cache")).isZero();
        assertThat(host.explain("cache")).contains("wanted up; would: launch");
    }
}
