package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.internal.AllocatedBytes;
import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pass costs what is due or has changed, and not what exists. */
class HostManagerIdleTest {
    private static final int INSTANCES = 10_000;
    private static final int PASSES = 20_000;

    private final List<InstanceSpec> specs = new ArrayList<>();

    private Scene tenThousand() {
        for (int i = 0; i < INSTANCES; i++) {
            specs.add(Scene.spec("i" + i));
        }
        Scene scene =
                new Scene(SiteConfig.of(specs), HostManager.Options.defaults().withBudget(Duration.ofMinutes(1)));
        scene.settle();
        assertThat(scene.host.instances()).hasSize(INSTANCES).allMatch(instance -> instance.state() == RunState.UP);
        return scene;
    }

    @Test
    void an_idle_pass_over_ten_thousand_allocates_nothing_and_looks_at_nobody() throws ReflectiveOperationException {
        Scene scene = tenThousand();
        List<InstanceView> views =
                scene.host.instances().stream().map(ManagedInstance::view).toList();
        for (int pass = 0; pass < PASSES; pass++) {
            scene.host.manageOnce();
        }

        AllocatedBytes bytes = new AllocatedBytes();
        Step[] step = new Step[1];
        long[] nanos = new long[1];
        long allocated = bytes.in(() -> {
            long start = System.nanoTime();
            for (int pass = 0; pass < PASSES; pass++) {
                step[0] = scene.host.manageOnce();
            }
            nanos[0] = System.nanoTime() - start;
        });

        assertThat(step[0]).isEqualTo(Step.parked());
        assertThat(allocated).isZero();
        assertThat(scene.host.instances().stream().map(ManagedInstance::view))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactlyElementsOf(views);
        report("idle pass over %,d instances: %.1f ns, %d B"
                .formatted(INSTANCES, nanos[0] / (double) PASSES, allocated));
    }

    @Test
    void a_forced_pass_looks_at_all_of_ten_thousand_and_changes_nothing() throws ReflectiveOperationException {
        Scene scene = tenThousand();
        scene.takeEvents();
        AllocatedBytes bytes = new AllocatedBytes();
        long best = Long.MAX_VALUE;
        for (int pass = 0; pass < 500; pass++) {
            long start = System.nanoTime();
            scene.host.manageOnce(true);
            best = Math.min(best, System.nanoTime() - start);
        }
        long allocated = bytes.in(() -> scene.host.manageOnce(true));

        scene.settle();
        assertThat(scene.takeEvents()).isEmpty();
        assertThat(allocated).isLessThan(200);
        report("full resolve of %,d instances: best of 500 %.1f us, %d B".formatted(INSTANCES, best / 1e3, allocated));
    }

    @Test
    void a_crash_of_one_of_ten_thousand_concerns_only_that_one() {
        Scene scene = tenThousand();
        List<InstanceView> views =
                scene.host.instances().stream().map(ManagedInstance::view).toList();

        scene.driver.exits("i4711", 1);
        scene.settle();

        List<ManagedInstance> instances = scene.host.instances();
        for (int i = 0; i < INSTANCES; i++) {
            if (i != 4711) {
                assertThat(instances.get(i).view()).isSameAs(views.get(i));
            }
        }
        assertThat(scene.instance("i4711").state()).isEqualTo(RunState.DOWN);
    }

    @Test
    void a_pass_over_its_budget_leaves_the_rest_in_order_for_the_next() {
        long[] nanos = new long[1];
        TimeSource slow = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanos() {
                return nanos[0] += 1_000_000; // each look at the clock takes a millisecond
            }
        };
        for (int i = 0; i < 1_000; i++) {
            specs.add(Scene.spec("i" + i));
        }
        StubDriver driver = new StubDriver();
        HostManager host = new HostManager(
                SiteConfig.of(specs),
                driver,
                new InMemoryStateFeed(new VirtualTime()),
                slow,
                HostManager.Options.defaults().withBudget(Duration.ofMillis(3)));

        int passes = 1;
        while (host.manageOnce().kind() == Step.Kind.AGAIN) {
            passes++;
        }

        assertThat(passes).isGreaterThan(5);
        assertThat(driver.orders)
                .hasSize(1_000)
                .startsWith("launch i0", "launch i1")
                .endsWith("launch i999");
        assertThat(host.instances()).allMatch(instance -> instance.state() == RunState.UP);
    }

    private static void report(String line) {
        System.out.println(line);
    }
}
