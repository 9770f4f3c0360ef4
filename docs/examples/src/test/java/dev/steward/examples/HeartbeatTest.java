package dev.steward.examples;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofMillis;

import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a loop of one's own. */
// region TestingYourOwn
@ExtendWith(StewardExtension.class)
class HeartbeatTest {
    @Test
    void beats_at_its_interval_and_not_before(Simulation simulation) {
        Heartbeat heartbeat = new Heartbeat(simulation.time(), ofMillis(100), 10);
        simulation.add(heartbeat);
        simulation.run(ofMillis(299));
        assertThat(heartbeat.beats()).isEqualTo(3); // at 0, 100 and 200 ms
        simulation.run(ofMillis(1));
        assertThat(heartbeat.beats()).isEqualTo(4);
    }
}
// endregion
