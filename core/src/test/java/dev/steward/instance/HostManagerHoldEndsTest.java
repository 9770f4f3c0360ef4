package dev.steward.instance;

import static dev.steward.instance.HoldScene.HOUR;
import static dev.steward.instance.HoldScene.hold;
import static dev.steward.instance.HoldScene.notifications;
import static dev.steward.instance.HoldScene.release;
import static dev.steward.instance.HoldScene.request;
import static dev.steward.instance.HoldScene.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hold is for what an earlier life or manager left behind, and for the end of the manager. */
class HostManagerHoldEndsTest {
    private static final Incarnation OLD = new Incarnation("old-1");
    private static final List<String> A = List.of("a");

    @Test
    void what_its_first_process_leaves_behind_is_left_alone_whatever_is_wanted() {
        for (TargetRequest wanted : List.of(TargetRequest.up("a"), TargetRequest.down("a"))) {
            Scene scene = up(Scene.spec("a"));
            hold(scene, "a");
            request(scene, wanted);

            scene.driver.leaves("a", 1);
            scene.run(Duration.ofMinutes(30));
            assertThat(scene.driver.takeOrders()).isEmpty();
            assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
            assertThat(notifications(scene))
                    .contains("pid 100, left behind by its first process, is left alone: "
                            + scene.instance("a").holds().get(0));

            release(scene, "a");
            assertThat(scene.driver.takeOrders()).startsWith("INT a");
            assertThat(scene.driver.secondCopies).isEmpty();
            assertThat(notifications(scene)).isEmpty();
        }
    }

    @Test
    void a_stray_of_its_name_is_left_alone_and_no_second_copy_is_launched_beside_it() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "ghost");

        scene.driver.tell(scene.driver.runs("ghost", OLD));
        scene.run(Duration.ofMinutes(30));
        assertThat(scene.driver.takeOrders()).containsExactly("look 1");
        assertThat(scene.host.explain("ghost")).contains("launched by nobody here, is left alone: held by ann");

        release(scene, "ghost");
        assertThat(scene.driver.takeOrders()).startsWith("INT ghost");
        assertThat(scene.takeEvents()).containsExactly("ghost stopping", "ghost down");
    }

    @Test
    void a_survivor_that_is_held_is_left_alone_and_keeps_nobody_else_waiting() {
        Scene scene = new Scene(
                SiteConfig.of(Scene.spec("a"), Scene.spec("b")),
                HostManager.Options.defaults().withAdopt(false));
        scene.driver.runs("a", OLD);
        scene.host.hold(A, "ann", "", HOUR);

        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
        assertThat(scene.instance("a").cause().text()).contains("is left alone: held by ann until ");

        scene.run(HOUR.minus(Scene.NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(Scene.NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_survivor_that_is_being_stopped_is_stopped_and_one_that_refuses_to_die_is_left_alone() {
        Scene scene = new Scene(
                SiteConfig.of(Scene.spec("a"), Scene.spec("b")),
                HostManager.Options.defaults().withAdopt(false));
        scene.driver.runs("a", OLD);
        scene.driver.isDeaf("a");
        scene.settle();
        hold(scene, "a");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");

        scene.run(Duration.ofMinutes(30));
        assertThat(scene.driver.takeOrders())
                .filteredOn(order -> !order.startsWith("look"))
                .containsExactly("TERM a", "KILL a", "launch b");

        release(scene, "a");
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.driver.takeOrders()).contains("KILL a");
    }

    @Test
    void what_survives_the_manager_is_taken_over_although_it_is_held() {
        Scene scene = new Scene(SiteConfig.of(Scene.spec("a")));
        scene.driver.runs("a", OLD);
        scene.host.hold(A, "ann", "", HOUR);

        scene.settle();

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void the_end_of_the_manager_asks_nobody_who_holds_what() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        scene.driver.tell(scene.driver.runs("a", OLD));
        scene.settle();
        scene.driver.takeOrders();

        var end = scene.host.die(Duration.ofMinutes(1));
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactlyInAnyOrder("INT a", "INT a", "look 2");
        assertThat(end.join().isClean()).isTrue();
    }

    @Test
    void a_hold_in_a_shutdown_holds_nothing() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.isDeaf("a");
        assertThat(scene.host.die(Duration.ofMinutes(1))).isNotDone();
        scene.settle();

        hold(scene, "a");
        scene.run(Duration.ofSeconds(30));

        assertThat(scene.driver.takeOrders()).contains("INT a", "TERM a", "KILL a");
    }

    @Test
    void a_hold_ends_with_its_manager() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        scene.driver.exits("a", 3);
        scene.settle();

        scene.another().settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }
}
