package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The same refusal to die under each of the two stop plans that are there to choose from: what is sent when, and when it is told. */
class HostManagerStopPlanTest {
    private static final Duration NANO = Scene.NANO;

    /** One that hears no signal at all, and has just been told to stop. */
    private static Scene stopping(StopPlan plan) {
        Scene scene = Scene.of(Scene.spec("a").withStop(plan)).settle();
        scene.driver.isDeaf("a");
        scene.takeEvents();
        scene.driver.takeOrders();
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a stopping");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        return scene;
    }

    /** No signal is sent until {@code duration} is over, and {@code signal} then. */
    private static void assertSentAfter(Scene scene, Duration duration, String signal) {
        scene.run(duration.minus(NANO));
        assertThat(scene.driver.takeOrders()).as("a nanosecond before").isEmpty();
        assertThat(scene.takeEvents()).as("a nanosecond before").isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders())
                .as("after %s", duration)
                .filteredOn(order -> !order.startsWith("look ")) // whether it is still there
                .containsExactly(signal);
    }

    private static void assertRefusedToDie(Scene scene) {
        assertThat(scene.takeEvents()).containsExactly("a stopping FAILED");
        assertThat(scene.instance("a").cause().text()).isEqualTo("pid 100 refuses to die");
    }

    @Test
    void as_the_reference_it_interrupts_once_and_complains_after_eleven_seconds_and_interrupts_again() {
        Scene scene = stopping(StopPlan.reference());

        assertSentAfter(scene, Duration.ofSeconds(11), "INT a");
        assertRefusedToDie(scene);

        assertSentAfter(scene, Duration.ofSeconds(11), "INT a");
        assertThat(scene.takeEvents()).isEmpty();
    }

    @Test
    void in_the_standard_way_it_terminates_after_five_seconds_and_kills_after_nine_and_complains_after_eleven() {
        Scene scene = stopping(StopPlan.standard());

        assertSentAfter(scene, Duration.ofSeconds(5), "TERM a");
        assertSentAfter(scene, Duration.ofSeconds(4), "KILL a");
        assertThat(scene.takeEvents()).isEmpty();
        assertSentAfter(scene, Duration.ofSeconds(2), "KILL a");
        assertRefusedToDie(scene);

        assertSentAfter(scene, Duration.ofSeconds(2), "KILL a");
        assertThat(scene.takeEvents()).isEmpty();
    }
}
