package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.internal.AllocatedBytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a loop costs whose things are content. */
class ReconcileIdleTest {
    private static final int THINGS = 1_000;
    private static final int PASSES = 10_000;

    @Test
    void an_idle_pass_over_a_thousand_things_looks_at_none_and_allocates_no_more_than_its_step()
            throws ReflectiveOperationException {
        LampRoom room = new LampRoom(LampRoom.options().withMostCalls(THINGS));
        for (int thing = 0; thing < THINGS; thing++) {
            room.loop.add("lamp-" + thing);
        }
        room.run(Duration.ofMinutes(5));
        assertThat(room.loop.things().values()).hasSize(THINGS).allMatch(view -> view.phase() == ThingPhase.RESTING);
        room.run(Duration.ofSeconds(1));
        room.asked();
        int[] decided = new int[1];
        room.lamp.decides = (thing, plan) -> decided[0]++;
        for (int pass = 0; pass < PASSES; pass++) {
            room.loop.manageOnce();
        }

        long[] nanos = new long[1];
        long allocated = new AllocatedBytes().in(() -> {
            long start = System.nanoTime();
            for (int pass = 0; pass < PASSES; pass++) {
                room.loop.manageOnce();
            }
            nanos[0] = System.nanoTime() - start;
        });

        report("idle pass over %,d things: %.1f ns, %.1f B"
                .formatted(THINGS, nanos[0] / (double) PASSES, allocated / (double) PASSES));
        assertThat(room.asked()).isEmpty();
        assertThat(decided[0]).isZero();
        assertThat(allocated).isLessThanOrEqualTo(32L * PASSES);
    }

    private static void report(String line) {
        System.out.println(line);
    }
}
