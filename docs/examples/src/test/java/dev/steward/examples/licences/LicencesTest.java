package dev.steward.examples.licences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reconcile.Plan;
import dev.steward.reconcile.Thing;
import dev.steward.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicencesTest {
    @Test
    void keeps_one_order_through_lost_answers_a_crash_and_a_server_that_forgets(@TempDir Path folder)
            throws IOException {
        assertThat(Licences.play(folder)).isTrue();
    }

    // region DecideTest
    @Test
    void records_an_order_before_it_sends_it() {
        LicenceKeeper keeper = new LicenceKeeper(new FakeLicenceServer(new VirtualTime()));
        Plan<Licence> plan = new Plan<>();

        keeper.decide(Thing.of("simulator", Licence.NONE, Instant.EPOCH), plan);

        assertThat(plan.writes()).containsKey(LicenceKeeper.ORDER);
        assertThat(plan.action()).isEmpty();
    }
    // endregion
}
