package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Mode;
import dev.steward.notify.Notification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A manager that only observes decides, explains and tells, and begins nothing. */
class HostManagerObserveTest {
    private static final Incarnation OLD = new Incarnation("old-1");
    private static final HostManager.Options OBSERVING =
            HostManager.Options.defaults().withMode(Mode.OBSERVE);

    private static Scene observing(InstanceSpec... specs) {
        return new Scene(SiteConfig.of(specs), OBSERVING);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void what_is_wanted_up_is_launched_by_a_manager_that_acts(Mode mode) {
        Scene scene = new Scene(
                SiteConfig.of(Scene.spec("a")), HostManager.Options.defaults().withMode(mode));

        scene.run(Duration.ofDays(1));

        assertThat(scene.driver.takeOrders()).isEqualTo(mode == Mode.ACT ? List.of("launch a") : List.of());
        assertThat(scene.instance("a").state()).isEqualTo(mode == Mode.ACT ? RunState.UP : RunState.DOWN);
    }

    @Test
    void says_what_it_would_do_and_that_it_does_not() {
        Scene scene = observing(Scene.spec("a"), Scene.spec("b").after("a"));

        scene.settle();

        assertThat(scene.host.explain("a").lines())
                .containsExactly(
                        "a:a is down for 0 s: the manager only observes",
                        "wanted up; would: launch",
                        "- the manager only observes",
                        "restarts 0, stability 1.00");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.HANDS_OFF);
        assertThat(scene.instance("a").holds()).isEmpty();
        assertThat(scene.host.explain("b")).contains("- waits for a to be up");
        assertThat(scene.host.notifications())
                .extracting(Notification::text)
                .containsExactly("only observes: nothing is launched, stopped or written");
    }

    @Test
    void takes_over_what_runs_tells_its_end_and_leaves_it_at_that() {
        Scene scene = observing(Scene.spec("a"));
        scene.driver.runs("a", OLD);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a up");
        assertThat(scene.instance("a").view().adopted()).isTrue();

        scene.driver.exits("a", 3);
        scene.run(Duration.ofDays(1));

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").exit()).contains(ExitStatus.of(3));
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void takes_over_what_somebody_else_has_restarted_only_as_a_stray_that_it_leaves_alone() {
        Scene scene = observing(Scene.spec("a"));
        scene.settle();

        scene.driver.tell(scene.driver.runs("a", OLD));
        scene.run(Duration.ofDays(1));

        assertThat(scene.driver.takeOrders()).containsExactly("look 1");
        assertThat(scene.host.explain("a"))
                .contains("launched by nobody here, is left alone: the manager only observes");
    }

    @Test
    void leaves_alone_what_it_would_stop() {
        Scene scene = observing(Scene.spec("a").withStart(TargetState.DOWN));
        scene.driver.runs("a", OLD);
        scene.driver.runs("ghost", new Incarnation("old-2"));

        scene.run(Duration.ofDays(1));

        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.host.explain("a")).contains("wanted down; would: stop");
        assertThat(scene.host.explain("ghost")).contains("is left alone: the manager only observes");
    }

    @Test
    void takes_requests_for_what_they_are_and_refuses_restarts() {
        Scene scene = observing(Scene.spec("a"));
        scene.driver.runs("a", OLD);
        scene.settle();

        var down = scene.host.requestAll(TargetState.DOWN);
        var restart = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.run(Duration.ofDays(1));
        assertThat(down.join().answers()).allMatch(TargetAnswer::isAccepted);
        assertThat(scene.instance("a").targetState()).isEqualTo(TargetState.DOWN);
        assertThat(restart.join().outcomes())
                .containsExactly(new RestartAnswer.Outcome("a", RestartAnswer.Verdict.NOT_WANTED_UP, ""));

        assertThat(scene.host.requestAll(TargetState.UP)).isNotDone();
        var again = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        assertThat(again.join().outcomes())
                .containsExactly(
                        new RestartAnswer.Outcome("a", RestartAnswer.Verdict.HELD, "the manager only observes"));
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void whoever_holds_something_is_named_and_changes_nothing() {
        Scene scene = observing(Scene.spec("a"));
        scene.host.hold(List.of("a"), "ann", "", Duration.ofHours(1));
        scene.settle();
        assertThat(scene.instance("a").holds()).hasSize(1);

        scene.run(Duration.ofHours(2));

        assertThat(scene.instance("a").holds()).isEmpty();
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void lets_everything_run_when_it_ends_and_names_it() {
        Scene scene = observing(Scene.spec("a"));
        scene.driver.runs("a", OLD);
        scene.driver.runs("ghost", new Incarnation("old-2"));
        scene.settle();
        scene.takeEvents();

        var end = scene.host.die(Duration.ofMinutes(1));
        scene.settle();

        assertThat(scene.step.isFinished()).isTrue();
        assertThat(end.join().left()).containsExactly("a (pid 100)", "ghost (pid 101)");
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).isEmpty();
    }

    @Test
    void names_also_what_it_has_found_before_it_knew_who_is_configured() {
        Scene scene = new Scene(
                () -> {
                    throw new IllegalStateException("half written");
                },
                OBSERVING);
        scene.driver.runs("a", OLD);
        scene.settle();

        var end = scene.host.die(Duration.ofMinutes(1));
        scene.settle();

        assertThat(end.join().left()).containsExactly("a (pid 100)");
        assertThat(scene.driver.takeOrders()).isEmpty();
    }
}
