package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A shutdown keeps the order as long as there is time, and never so long that somebody is not stopped with all force. */
class HostManagerShutdownOrderTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_shutdown_goes_in_order_and_is_clean() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.takeOrders();

        var answer = scene.host.die(Duration.ofSeconds(30));
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT b", "INT a");
        assertThat(answer).isCompletedWithValueMatching(ShutdownAnswer::isClean);
    }

    @Test
    void a_shutdown_gives_up_the_order_in_time_for_each_to_get_all_of_its_stop_plan() {
        Scene scene = Scene.of(
                        Scene.spec("a"),
                        Scene.spec("b").after("a"),
                        Scene.spec("c").after("b"))
                .settle();
        List.of("a", "b", "c").forEach(name -> scene.driver.deafTo.put(name, Set.of(Signal.INT, Signal.TERM)));
        scene.driver.takeOrders();

        var answer = scene.host.die(Duration.ofSeconds(15));
        scene.run(Duration.ofSeconds(15));

        assertThat(scene.driver.takeOrders()).contains("KILL a", "KILL b", "KILL c");
        assertThat(answer).isCompletedWithValueMatching(ShutdownAnswer::isClean);
        assertThat(scene.driver.alive).isEmpty();
    }

    @Test
    void even_a_short_shutdown_tells_everybody_to_stop() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.isDeaf("a");
        scene.driver.isDeaf("b");
        scene.driver.takeOrders();

        var answer = scene.host.die(Duration.ofSeconds(2));
        scene.run(Duration.ofSeconds(2));

        assertThat(scene.driver.takeOrders()).containsExactly("INT b", "INT a");
        assertThat(answer).isCompletedWithValueMatching(end -> end.left().size() == 2);
    }

    @Test
    void a_shutdown_without_any_time_tells_everybody_to_stop_too() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.takeOrders();

        scene.host.die(Duration.ZERO);
        scene.settle();

        assertThat(scene.driver.takeOrders()).contains("INT b", "INT a");
    }

    @Test
    void a_nearer_limit_hurries() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.isDeaf("b");
        scene.driver.takeOrders();
        scene.host.die(HOUR);
        scene.run(Duration.ofSeconds(11));
        assertThat(scene.driver.takeOrders()).doesNotContain("INT a");

        scene.host.die(Duration.ofSeconds(4));
        scene.run(Duration.ofSeconds(2));

        assertThat(scene.driver.takeOrders()).contains("INT a");
    }
}
