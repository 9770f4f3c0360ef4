package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.lead.LeaseElection;
import dev.steward.loop.Step;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a loop does with its things, with every answer in the hands of the test. */
class ReconcileLoopTest {
    private final VirtualTime time = new VirtualTime();
    private final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    private final Lamp lamp = new Lamp();

    @Test
    void looks_at_a_thing_before_it_does_anything_with_it() {
        ReconcileLoop<Boolean, Lamp.State> loop = new ReconcileLoop<>("lamps", lamp, feed, time);
        loop.add("hall");

        Step step = LampRoom.settle(loop);

        assertThat(lamp.asked).containsExactly("look hall", "switch on hall");
        assertThat(step).isEqualTo(Step.after(Duration.ofMinutes(1)));
        assertThat(loop.thing("hall").orElseThrow().state()).isEqualTo("lit");
    }

    @Test
    void commits_what_it_has_decided_before_it_acts() {
        lamp.keepsRecords = true;
        InMemoryRecordStore store = new InMemoryRecordStore(time);
        Role role =
                Role.of("lamps", "me", new LeaseElection("lamps", "me", store, time, Duration.ofSeconds(10)), store);
        ReconcileLoop<Boolean, Lamp.State> loop =
                ReconcileLoop.elected("lamps", lamp, role, feed, time, ReconcileOptions.defaults());
        loop.add("hall");

        LampRoom.settle(loop);

        assertThat(lamp.asked).containsExactly("look hall", "switch on hall lamps-1-1");
        assertThat(loop.explain("hall")).startsWith("hall is lit, resting since");
    }
}
