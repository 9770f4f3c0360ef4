package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.StubDriver.Launching;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Launches without an answer, lives of nobody, and late news: nothing is ever launched on a guess. */
class HostManagerUnknownTest {
    private static final Duration START_LIMIT = Duration.ofSeconds(15);

    @Test
    void a_launch_without_an_answer_that_worked_is_found_and_taken() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = Launching.RUNS_UNANSWERED;

        scene.run(START_LIMIT.minus(Scene.NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        scene.run(Scene.NANO);

        assertThat(scene.driver.takeOrders()).containsExactly("look 1");
        assertThat(scene.takeEvents()).containsExactly("a starting", "a down", "a up");
        assertThat(scene.instance("a").pid()).hasValue(100);
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_launch_without_an_answer_that_was_lost_is_repeated_after_a_look() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = Launching.IS_LOST;
        scene.run(START_LIMIT);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a", "look 1");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.LAUNCH_UNKNOWN);

        scene.driver.launching = Launching.RUNS;
        scene.run(Duration.ofSeconds(5).minus(Scene.NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(Scene.NANO);

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.instance("a").restarts()).isEqualTo(1);
    }

    @Test
    void while_the_look_has_no_answer_nothing_is_launched() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = Launching.RUNS_UNANSWERED;
        scene.settle();
        scene.driver.answersLooks = false;

        scene.run(Duration.ofMinutes(5));
        assertThat(scene.driver.takeOrders()).filteredOn("launch a"::equals).hasSize(1);
        assertThat(scene.instance("a").cause().text()).isEqualTo("the launch before may have worked, looking");

        // a census of a look that was asked for before the launch says nothing about it
        scene.driver.answersLooks = true;
        Incarnation life = scene.driver.life("a");
        Observation.Running running = scene.driver.alive.remove(life);
        scene.driver.census(0);
        scene.settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.driver.takeOrders()).doesNotContain("launch a");

        scene.driver.alive.put(life, running);
        scene.run(Duration.ofSeconds(15));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void an_unknown_launch_that_is_not_wanted_any_more_is_stopped_when_it_is_found() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = Launching.RUNS_UNANSWERED;
        scene.settle();
        scene.driver.answersLooks = false;
        scene.run(START_LIMIT);
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.driver.answersLooks = true;
        scene.run(START_LIMIT);

        assertThat(scene.driver.takeOrders()).containsExactly("look 2", "INT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
    }

    @Test
    void late_news_of_an_earlier_life_changes_nothing() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        Incarnation first = scene.driver.life("a");
        scene.driver.exits("a", 1);
        scene.run(Duration.ofSeconds(3));
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.driver.tell(new Observation.Exited("a", first, ExitStatus.of(9), false, List.of()));
        scene.driver.tell(new Observation.Gone("a", first));
        scene.settle();

        assertThat(scene.takeEvents()).isEmpty();
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").exit()).contains(ExitStatus.of(1));
    }

    @Test
    void a_stray_second_life_is_stopped_and_the_first_goes_on() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.takeEvents();
        scene.driver.takeOrders();

        Incarnation stray = new Incarnation("stray-1");
        scene.driver.tell(scene.driver.runs("a", stray));
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "look 1");
        assertThat(scene.takeEvents()).isEmpty();
        assertThat(scene.driver.alive.keySet()).doesNotContain(stray).hasSize(1);
        assertThat(scene.instance("a").pid()).hasValue(100);
        assertThat(scene.messages()).contains("a: pid 101, launched by nobody here, is being stopped");
    }

    @Test
    void late_news_of_a_run_that_is_over_holds_a_launch_only_until_a_look() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        Observation.Running before = scene.driver.alive.get(scene.driver.life("a"));
        scene.driver.exits("a", 1);
        scene.settle();
        scene.driver.tell(before);
        scene.settle();

        assertThat(scene.host.notifications()).isEmpty();
        scene.run(Duration.ofSeconds(3));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void an_exit_that_nobody_told_is_found_by_a_later_look() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b")).settle();
        scene.driver.alive.remove(scene.driver.life("a"));
        scene.takeEvents();

        scene.driver.tell(scene.driver.runs("b", new Incarnation("stray-1"))); // makes it look
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code unknown, next start in 3 s");
        assertThat(scene.instance("a").exit()).contains(ExitStatus.unknown());
    }

    @Test
    void a_stray_that_refuses_to_die_is_no_failure_of_the_instance_beside_it() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.takeEvents();
        scene.driver.isDeaf("a");
        scene.driver.tell(scene.driver.runs("a", new Incarnation("stray-1")));

        scene.run(Duration.ofSeconds(20));

        assertThat(scene.takeEvents()).isEmpty();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.host.explain("a")).contains("pid 101, launched by nobody here, refuses to die");
    }
}
