package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs is up once its readiness probe says so, and is started anew if that takes too long. */
class HostManagerReadinessTest {
    private static final Duration NANO = Scene.NANO;
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final LeverProbe probe = new LeverProbe(Lever.UNWELL);
    private final InstanceSpec spec =
            Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe)));

    @Test
    void is_up_with_the_first_good_answer() {
        Scene scene = Scene.of(spec);
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.takeEvents()).containsExactly("a starting");
        assertThat(probe.takeLooks()).as("at once, and then each 250 ms").isEqualTo(5);
        assertThat(scene.host.explain("a"))
                .contains("a:a is starting", "- is not ready yet", "its probe says: does not answer");

        probe.lever = Lever.WELL;
        scene.run(PERIOD.minus(NANO));
        assertThat(scene.takeEvents()).isEmpty();
        scene.run(NANO);
        assertThat(scene.takeEvents()).containsExactly("a up");
        assertThat(scene.host.explain("a")).doesNotContain("probe says");
        assertThat(scene.instance("a").uptime()).isEqualTo(Duration.ofMillis(1250));

        probe.takeLooks();
        scene.run(Duration.ofHours(1));
        assertThat(probe.takeLooks()).as("nobody asks what is ready").isZero();
    }

    @Test
    void a_ready_one_goes_up_in_the_pass_of_the_answer() {
        probe.lever = Lever.WELL;
        Scene scene = Scene.of(spec).settle();

        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(probe.looks).containsExactly(new Probe.Subject("a", scene.driver.life("a"), 100));
    }

    @Test
    void one_that_is_not_ready_in_time_is_stopped_first_and_started_after_its_end() {
        Scene scene = Scene.of(spec);
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        scene.run(LIMIT.minus(NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a starting", "a stopping");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.NOT_READY);
        assertThat(scene.instance("a").cause().text()).isEqualTo("not ready within 15 s: does not answer");

        scene.run(Duration.ofSeconds(5));
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a");
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text())
                .isEqualTo("not ready within 15 s: does not answer, next start in 5 s");
        scene.run(Duration.ofSeconds(5).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.driver.secondCopies).isEmpty();
        assertThat(scene.instance("a").view().targetState()).isEqualTo(TargetState.UP);
        assertThat(scene.instance("a").failTimes()).hasSize(1);
    }

    @Test
    void the_pause_after_a_failed_start_is_the_longer_of_the_retry_and_the_backoff() {
        Scene scene = Scene.of(spec.withStartup(StartPlan.standard().withLimit(Duration.ofSeconds(1)))
                .withRestart(RestartPolicy.standard()));
        scene.run(Duration.ofMinutes(2));

        assertThat(scene.messages().stream()
                        .filter(text -> text.contains("a: down:"))
                        .map(text -> text.substring(text.indexOf("next start"))))
                .startsWith("next start in 5 s", "next start in 5 s", "next start in 6 s", "next start in 12 s");
    }

    @Test
    void starts_that_are_never_ready_end_in_giving_up() {
        Scene scene = Scene.of(spec.withRestart(RestartPolicy.standard().withGiveUp(2, Duration.ofHours(1))));

        scene.run(Duration.ofMinutes(5));

        assertThat(scene.takeEvents())
                .containsExactly("a starting", "a stopping", "a down", "a starting", "a stopping", "a failed FAILED");
        assertThat(scene.driver.alive).isEmpty();
    }

    @Test
    void an_end_while_not_ready_is_a_failure_at_once() {
        Scene scene = Scene.of(spec).settle();
        scene.takeEvents();

        scene.driver.exits("a", 4);
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code 4, next start in 3 s");
        probe.takeLooks();
        scene.run(Duration.ofSeconds(3).minus(NANO));
        assertThat(probe.takeLooks()).as("nobody is left to ask").isZero();
    }

    @Test
    void wanted_down_while_not_ready_is_stopped_without_a_failure() {
        Scene scene = Scene.of(spec).settle();
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.instance("a").failTimes()).isEmpty();
    }

    @Test
    void wanted_down_and_up_again_while_not_ready_is_not_up_before_it_is_ready() {
        Scene scene = Scene.of(spec).settle();
        scene.takeEvents();

        scene.host.requestAll(TargetState.DOWN);
        scene.host.requestAll(TargetState.UP);
        scene.settle();

        assertThat(scene.takeEvents()).doesNotContain("a up");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lever.class,
            names = {"THROWS", "SILENT"})
    void a_probe_that_throws_or_says_nothing_counts_as_unwell(Lever lever) {
        probe.lever = lever;
        Scene scene = Scene.of(spec);

        scene.run(Duration.ofSeconds(2));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
        assertThat(scene.instance("a").view().unwell())
                .isEqualTo(
                        lever == Lever.THROWS ? "IllegalStateException: the probe is broken" : "no answer within 1 s");

        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(2));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void an_answer_counts_until_its_limit_and_not_after_it() {
        probe.lever = Lever.SILENT;
        Scene scene = Scene.of(spec).settle();
        scene.run(Duration.ofSeconds(1).minus(NANO));
        probe.unanswered.get(0).accept(ProbeResult.well());
        scene.settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);

        Scene late = Scene.of(spec).settle();
        late.run(Duration.ofSeconds(1));
        probe.unanswered.get(1).accept(ProbeResult.well());
        late.settle();
        assertThat(late.instance("a").state()).isEqualTo(RunState.STARTING);
    }

    @Test
    void a_second_answer_to_one_look_counts_nothing() {
        probe.lever = Lever.TWICE_GOOD_THEN_BAD;
        Scene scene = Scene.of(spec).settle();

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.instance("a").view().unwell()).isEmpty();
    }

    @Test
    void one_look_at_a_time() {
        probe.lever = Lever.SILENT;
        Scene scene = Scene.of(spec);

        scene.run(Duration.ofSeconds(1).minus(NANO));
        assertThat(probe.looks).hasSize(1);
        scene.run(PERIOD);
        assertThat(probe.looks).hasSize(1);
        scene.run(NANO);
        assertThat(probe.looks).hasSize(2);
    }

    @Test
    void an_answer_about_an_earlier_life_is_nothing_to_the_next() {
        probe.lever = Lever.SILENT;
        Scene scene = Scene.of(spec.withRestart(RestartPolicy.standard())).settle();
        scene.driver.exits("a", 1);
        scene.settle();

        probe.unanswered.get(0).accept(ProbeResult.well());
        scene.settle();

        assertThat(probe.looks).hasSize(2);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
        probe.unanswered.get(1).accept(ProbeResult.well());
        scene.settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void the_delay_is_counted_from_when_it_runs() {
        probe.lever = Lever.WELL;
        ProbePlan plan = ProbePlan.readiness(probe).withDelay(Duration.ofSeconds(2));
        Scene scene = Scene.of(Scene.spec("a").withHealth(Health.unprobed().withReadiness(plan)));

        scene.run(Duration.ofSeconds(2).minus(NANO));
        assertThat(probe.looks).isEmpty();
        scene.run(NANO);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void taken_out_of_the_configuration_the_probe_holds_up_nobody() {
        SiteConfig[] site = {SiteConfig.of(spec)};
        Scene scene = new Scene(() -> site[0]).settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);

        site[0] = SiteConfig.of(spec.withHealth(Health.unprobed()));
        scene.host.update(List.of(), true);
        scene.settle();

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void put_into_the_configuration_of_what_is_up_the_probe_waits_for_the_next_start() {
        SiteConfig[] site = {SiteConfig.of(Scene.spec("a"))};
        Scene scene = new Scene(() -> site[0]).settle();
        site[0] = SiteConfig.of(spec);
        scene.host.update(List.of(), true);
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(probe.looks).isEmpty();

        scene.driver.exits("a", 1);
        scene.run(Duration.ofSeconds(4));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
    }

    @Test
    void one_whose_launch_was_thought_lost_gets_ready_first_too() {
        Scene scene = Scene.of(Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))));
        scene.driver.launching = StubDriver.Launching.RUNS_UNANSWERED;
        scene.run(Duration.ofSeconds(16)); // the start limit is over, and a look finds it

        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(1));

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.driver.takeOrders()).containsOnlyOnce("launch a").doesNotContain("INT a");
    }
}
