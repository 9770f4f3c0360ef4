package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import dev.steward.loop.Step;
import dev.steward.notify.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier manager left running is taken over where it is wanted, and never is there a second copy. */
class HostManagerAdoptionTest {
    private static final Duration NANO = Scene.NANO;
    private static final Incarnation OLD = new Incarnation("old-1");
    private static final Incarnation OLDER = new Incarnation("old-2");

    private final LeverProbe probe = new LeverProbe(Lever.UNWELL);
    private final InstanceSpec probed =
            Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe)));

    private static List<String> notifications(Scene scene) {
        return scene.host.notifications().stream().map(Notification::text).toList();
    }

    @Test
    void a_survivor_is_taken_over_with_its_age_and_nothing_is_launched() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).containsExactly("a up");
        ManagedInstance a = scene.instance("a");
        assertThat(a.cause().code()).isEqualTo(InstanceCause.ADOPTED);
        assertThat(a.cause().text()).isEqualTo("pid 100 adopted, running for 2 h");
        assertThat(a.view().adopted()).isTrue();
        assertThat(a.life()).contains(OLD);
        assertThat(a.uptime()).isEqualTo(Duration.ofHours(2));
        assertThat(a.restarts()).isZero();
        assertThat(scene.step).isEqualTo(Step.parked());
        scene.run(Duration.ofMinutes(10));
        assertThat(a.uptime()).isEqualTo(Duration.ofMinutes(130));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(notifications(scene)).isEmpty();
    }

    @Test
    void others_are_launched_beside_it_without_waiting() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void an_adopted_one_ends_like_any_other() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.settle();
        scene.takeEvents();

        scene.driver.vanishes("a");
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code unknown, next start in 3 s");
        assertThat(scene.instance("a").failTimes()).hasSize(1);
        scene.run(Duration.ofSeconds(3));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.instance("a").view().adopted()).isFalse();
    }

    @Test
    void an_unknown_code_is_a_failure_and_a_known_success_has_completed() {
        InstanceSpec spec = Scene.spec("a").withRestart(RestartPolicy.onFailure());
        Scene unknown = Scene.of(spec);
        unknown.driver.ran("a", OLD, Duration.ofHours(2));
        unknown.settle();
        unknown.driver.tell(new Observation.Exited("a", OLD, ExitStatus.unknown(), false, List.of()));
        unknown.driver.alive.clear();
        unknown.settle();
        assertThat(unknown.takeEvents()).containsExactly("a up", "a down", "a starting", "a up");

        Scene known = Scene.of(spec);
        known.driver.ran("a", OLD, Duration.ofHours(2));
        known.settle();
        known.driver.exits("a", 0);
        known.settle();
        assertThat(known.takeEvents()).containsExactly("a up", "a down");
        assertThat(known.instance("a").cause().code()).isEqualTo(InstanceCause.COMPLETED);
    }

    @Test
    void an_adopted_one_is_stopped_when_asked_for() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.settle();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a up", "a stopping", "a down");
    }

    @Test
    void a_young_one_is_starting_until_it_is_ready_and_has_the_rest_of_its_limit() {
        Scene scene = Scene.of(probed);
        scene.driver.ran("a", OLD, Duration.ofSeconds(14));
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a starting");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.ADOPTED);

        scene.run(Duration.ofSeconds(1).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_young_one_goes_up_when_its_probe_says_so() {
        Scene scene = Scene.of(probed);
        scene.driver.ran("a", OLD, Duration.ofSeconds(14));
        scene.settle();

        probe.lever = Lever.WELL;
        scene.run(Duration.ofMillis(250));

        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").view().adopted()).isTrue();
    }

    @Test
    void one_that_is_as_old_as_the_limit_of_a_start_is_taken_to_be_ready() {
        Scene scene = Scene.of(probed);
        scene.driver.ran("a", OLD, Duration.ofSeconds(15));

        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a up");
        assertThat(probe.looks).isEmpty();
    }

    @Test
    void of_two_lives_of_one_name_one_is_taken_over_and_the_other_is_stopped_and_named() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.driver.ran("a", OLDER, Duration.ofHours(3));
        scene.driver.deafTo.put("a", Set.of(Signal.INT));

        scene.settle();
        assertThat(scene.instance("a").life()).contains(OLD);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(notifications(scene)).singleElement().asString().contains("pid 101", "is being stopped");
        scene.run(Duration.ofSeconds(5));

        assertThat(scene.driver.alive).containsOnlyKeys(OLD);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(notifications(scene)).isEmpty();
    }

    @Test
    void what_has_lost_its_first_process_is_stopped_and_not_taken_over() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2), false);

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down", "a starting", "a up");
    }

    @Test
    void what_nobody_has_configured_is_stopped() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("ghost", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).contains("INT ghost", "launch a");
        assertThat(scene.takeEvents()).contains("ghost stopping", "ghost down");
    }

    @Test
    void what_is_wanted_down_is_taken_over_and_stopped_by_its_plan() {
        Scene scene = Scene.of(
                Scene.spec("a").withStart(TargetState.DOWN).withStop(StopPlan.of(Signal.QUIT, Duration.ofSeconds(1))));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("QUIT a");
        assertThat(scene.takeEvents()).endsWith("a stopping", "a down").doesNotContain("a starting");
    }

    @Test
    void what_is_managed_in_another_way_now_is_stopped() {
        Scene scene = Scene.of(Scene.spec("a").withManagement(Management.DOCKER));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
    }

    @Test
    void told_not_to_a_manager_takes_nothing_over() {
        Scene scene = new Scene(
                SiteConfig.of(Scene.spec("a")), HostManager.Options.defaults().withAdopt(false));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void before_a_configuration_there_is_nobody_to_take_it_over_and_it_is_left_alone(boolean throwing) {
        SiteConfig[] site = new SiteConfig[1];
        ConfigSource source = () -> {
            if (site[0] == null) {
                throw new IllegalStateException("no file");
            }
            return site[0];
        };
        Scene scene = new Scene(source, HostManager.Options.defaults().withReloadOnStart(throwing));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.driver.ran("ghost", OLDER, Duration.ofHours(2));

        scene.run(Duration.ofHours(1));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).isEmpty();
        assertThat(notifications(scene))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("left alone until a configuration can be loaded: [a (pid 100), ghost (pid 101)]"));

        site[0] = SiteConfig.of(Scene.spec("a"));
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactlyInAnyOrder("a up", "ghost stopping", "ghost down");
        assertThat(scene.driver.takeOrders()).containsExactly("INT ghost");
        assertThat(notifications(scene)).isEmpty();
        assertThat(scene.instance("a").uptime()).isEqualTo(Duration.ofHours(3));
    }

    private static Scene unconfigured(SiteConfig later) {
        SiteConfig[] site = {later};
        Scene scene = new Scene(() -> site[0], HostManager.Options.defaults().withReloadOnStart(false));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        return scene.settle();
    }

    @Test
    void one_that_ends_before_a_configuration_is_forgotten() {
        Scene scene = unconfigured(SiteConfig.of(Scene.spec("a")));

        scene.driver.exits("a", 0);
        scene.settle();
        assertThat(notifications(scene)).isEmpty();

        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void one_that_loses_its_first_process_before_a_configuration_is_stopped_then() {
        Scene scene = unconfigured(SiteConfig.of(Scene.spec("a")));

        scene.driver.leaves("a", 0);
        scene.settle();
        assertThat(notifications(scene)).hasSize(1);

        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
    }

    @Test
    void a_shutdown_before_a_configuration_stops_what_is_there() {
        Scene scene = unconfigured(SiteConfig.of());

        var answer = scene.host.die(Duration.ofSeconds(20));
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(answer).isCompletedWithValueMatching(ShutdownAnswer::isClean);
    }

    @Test
    void a_shutdown_before_the_first_census_waits_for_it() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.driver.answersLooks = false;
        scene.settle();
        var answer = scene.host.die(Duration.ofSeconds(30));
        scene.run(Duration.ofSeconds(10));
        assertThat(answer).isNotDone();

        scene.driver.answersLooks = true;
        scene.run(Duration.ofSeconds(10));

        assertThat(scene.driver.takeOrders()).contains("INT a").doesNotContain("launch a");
        assertThat(answer).isCompletedWithValueMatching(ShutdownAnswer::isClean);
    }

    @Test
    void a_second_census_changes_nothing_about_what_was_taken_over() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.settle();
        scene.takeEvents();

        scene.driver.census(0);
        scene.driver.census(1);
        scene.settle();

        assertThat(scene.takeEvents()).isEmpty();
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").life()).contains(OLD);
        assertThat(scene.instance("a").uptime()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void one_that_ends_while_it_is_being_taken_over_is_launched_anew() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.driver.answersLooks = false;
        scene.settle();
        scene.driver.answersLooks = true;
        scene.driver.census(0);
        scene.driver.vanishes("a"); // the same pass reads both

        scene.run(Duration.ofSeconds(3));

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_name_that_is_configured_later_finds_its_stray_being_stopped() {
        List<InstanceSpec> configured = new ArrayList<>();
        Scene scene = new Scene(() -> SiteConfig.of(configured));
        scene.driver.ran("a", OLD, Duration.ofHours(2));
        scene.driver.isDeaf("a");
        scene.settle();

        configured.add(Scene.spec("a"));
        scene.host.update(List.of(), true);
        scene.run(Duration.ofSeconds(30));

        assertThat(scene.driver.takeOrders()).doesNotContain("launch a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STOPPING);
    }

    @Test
    void dependents_of_an_adopted_one_do_not_wait() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a"));
        scene.driver.ran("a", OLD, Duration.ofHours(2));

        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a up", "b starting", "b up");
    }

    @Test
    void beside_one_that_is_being_stopped_none_is_taken_over() {
        Scene scene = Scene.of(probed);
        scene.driver.answersLooks = false;
        scene.settle();
        scene.driver.ran("a", OLD, Duration.ofHours(2), false);
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        scene.driver.tell(scene.driver.alive.get(OLD));
        scene.settle();
        scene.driver.ran("a", OLDER, Duration.ofSeconds(1));
        scene.driver.tell(scene.driver.alive.get(OLDER));
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a stopping");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "INT a");

        scene.driver.answersLooks = true;
        scene.driver.census(0);
        scene.run(Duration.ofSeconds(5));

        assertThat(scene.driver.takeOrders()).endsWith("launch a");
        assertThat(scene.driver.secondCopies).isEmpty();
    }
}
