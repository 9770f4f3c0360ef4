package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.internal.AllocatedBytes;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work follows change, not size: ten thousand loops that want nothing cost nothing. */
class CompositeLoopIdleTest {
    private static final int LOOPS = 10_000;
    private static final int PASSES = 100_000;

    private final VirtualTime time = new VirtualTime();
    private final CompositeLoop composite = CompositeLoop.of("main", time);
    private final List<StubLoop> children = new ArrayList<>();
    private long passes;

    private void populate(Step step) {
        for (int i = 0; i < LOOPS; i++) {
            StubLoop child = new StubLoop("child-" + i, () -> {
                passes++;
                return step;
            });
            children.add(child);
            composite.add(child);
        }
        composite.manageOnce();
        assertThat(passes).isEqualTo(LOOPS);
    }

    @Test
    void a_pass_over_parked_loops_calls_nobody_and_allocates_nothing() throws ReflectiveOperationException {
        populate(Step.parked());
        for (int i = 0; i < PASSES; i++) {
            composite.manageOnce();
        }

        long[] took = new long[1];
        long allocated = new AllocatedBytes().in(() -> {
            long began = System.nanoTime();
            for (int i = 0; i < PASSES; i++) {
                composite.manageOnce();
            }
            took[0] = System.nanoTime() - began;
        });

        System.out.println("composite of " + LOOPS + " parked loops: " + allocated + " B in all and " + took[0] / PASSES
                + " ns per pass over " + PASSES + " passes");
        assertThat(passes).isEqualTo(LOOPS);
        assertThat(allocated).as("bytes in %s passes", PASSES).isZero();
    }

    @Test
    void a_pass_over_loops_of_which_none_is_due_calls_nobody() {
        populate(Step.after(Duration.ofHours(1)));

        for (int i = 0; i < 1_000; i++) {
            time.advance(Duration.ofSeconds(3));
            composite.manageOnce();
        }

        assertThat(passes).isEqualTo(LOOPS);
    }

    @Test
    void a_pass_in_which_one_of_them_was_woken_calls_just_that_one() {
        populate(Step.parked());

        children.get(7_777).wake();
        composite.manageOnce();

        assertThat(children.get(7_777).passes).isEqualTo(2);
        assertThat(passes).isEqualTo(LOOPS + 1);
    }
}
