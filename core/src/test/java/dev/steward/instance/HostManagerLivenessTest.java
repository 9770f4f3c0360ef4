package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is up is asked whether it is still well, and whether it is time to restart it. */
class HostManagerLivenessTest {
    private static final Duration NANO = Scene.NANO;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final LeverProbe probe = new LeverProbe(Lever.WELL);

    private InstanceSpec probed(RestartPolicy policy) {
        return InstanceSpec.of("a", "/bin/a")
                .withRestart(policy)
                .withHealth(Health.unprobed().withLiveness(ProbePlan.liveness(probe)));
    }

    private static Scene up(InstanceSpec spec) {
        Scene scene = Scene.of(spec).settle();
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        scene.driver.takeOrders();
        return scene;
    }

    @Test
    void three_bad_answers_in_a_row_restart_it_and_two_do_not() {
        Scene scene = up(probed(RestartPolicy.reference()));
        probe.lever = Lever.UNWELL;
        scene.run(PERIOD.multipliedBy(2));
        assertThat(probe.looks).hasSize(2);
        probe.lever = Lever.WELL;
        scene.run(PERIOD);
        probe.lever = Lever.UNWELL;
        scene.run(PERIOD.multipliedBy(3).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.host.explain("a")).contains("its probe says: does not answer");

        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.UNWELL);
        assertThat(scene.instance("a").cause().text())
                .isEqualTo("3 looks in a row say that it is not well: does not answer, next start in 3 s");
        assertThat(scene.instance("a").failTimes()).hasSize(1);

        scene.run(Duration.ofSeconds(3).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(scene.instance("a").view().targetState()).isEqualTo(TargetState.UP);
    }

    @Test
    void silence_and_throws_are_bad_answers_and_a_good_one_ends_the_row() {
        Scene scene = up(probed(RestartPolicy.reference()));
        probe.lever = Lever.SILENT;
        scene.run(PERIOD.plusSeconds(5));
        assertThat(scene.instance("a").view().unwell()).isEqualTo("no answer within 5 s");
        probe.lever = Lever.THROWS;
        scene.run(PERIOD);
        probe.lever = Lever.UNWELL;
        scene.run(PERIOD);

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
    }

    @Test
    void unwell_again_soon_it_waits_longer_and_longer() {
        ProbePlan plan = ProbePlan.liveness(probe)
                .withDelay(Duration.ofSeconds(1))
                .withPeriod(Duration.ofSeconds(1))
                .withFailures(1);
        probe.lever = Lever.UNWELL;
        Scene scene = Scene.of(
                InstanceSpec.of("a", "/bin/a").withHealth(Health.unprobed().withLiveness(plan)));

        scene.run(Duration.ofSeconds(60));

        assertThat(scene.messages().stream()
                        .filter(text -> text.contains("a: down:"))
                        .map(text -> text.substring(text.indexOf("next start"))))
                .containsExactly(
                        "next start at once",
                        "next start in 3 s",
                        "next start in 6 s",
                        "next start in 12 s",
                        "next start in 24 s",
                        "next start in 30 s");
    }

    @Test
    void unwell_under_a_policy_of_never_it_is_stopped_and_given_up() {
        Scene scene = up(probed(RestartPolicy.never()));
        probe.lever = Lever.UNWELL;

        scene.run(PERIOD.multipliedBy(3));

        assertThat(scene.takeEvents()).containsExactly("a stopping", "a failed FAILED");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.GAVE_UP);
        assertThat(scene.driver.alive).isEmpty();
    }

    @Test
    void unwell_too_often_it_is_given_up() {
        Scene scene = up(probed(RestartPolicy.standard().withGiveUp(2, Duration.ofHours(1))));
        probe.lever = Lever.UNWELL;

        scene.run(Duration.ofMinutes(10));

        assertThat(scene.instance("a").state()).isEqualTo(RunState.FAILED);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a", "INT a");
    }

    @Test
    void nobody_asks_what_is_stopping_or_down() {
        Scene scene = up(probed(RestartPolicy.reference()));
        scene.driver.isDeaf("a");
        scene.host.requestAll(TargetState.DOWN);
        scene.run(Duration.ofMinutes(1));

        assertThat(probe.looks).isEmpty();
    }

    @Test
    void another_plan_while_it_is_up_asks_anew_and_an_equal_one_goes_on() {
        SiteConfig[] site = {SiteConfig.of(probed(RestartPolicy.reference()))};
        Scene scene = new Scene(() -> site[0]).settle();
        scene.run(Duration.ofSeconds(6));
        site[0] = SiteConfig.of(probed(RestartPolicy.reference()));
        scene.host.update(List.of(), true);
        scene.run(Duration.ofSeconds(4));
        assertThat(probe.takeLooks()).isEqualTo(1);

        ProbePlan faster = ProbePlan.liveness(probe).withDelay(Duration.ZERO).withPeriod(Duration.ofSeconds(1));
        site[0] = SiteConfig.of(
                probed(RestartPolicy.reference()).withHealth(Health.unprobed().withLiveness(faster)));
        scene.host.update(List.of(), true);
        scene.run(Duration.ofSeconds(5));
        assertThat(probe.takeLooks()).isEqualTo(6);

        site[0] = SiteConfig.of(probed(RestartPolicy.reference()).withHealth(Health.unprobed()));
        scene.host.update(List.of(), true);
        scene.run(Duration.ofMinutes(1));
        assertThat(probe.takeLooks()).isZero();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_restart_after_so_long_is_no_failure() {
        Scene scene = up(Scene.spec("a")
                .withHealth(Health.unprobed().withRecycle(RecyclePolicy.afterUptime(Duration.ofSeconds(100)))));

        scene.run(Duration.ofSeconds(100).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down", "a starting", "a up");
        assertThat(scene.instance("a").failTimes()).isEmpty();
        assertThat(scene.messages()).contains("a: stopping: has run for 100 s");
        assertThat(scene.instance("a").restarts()).isEqualTo(1);
    }

    @Test
    void more_memory_than_it_may_have_restarts_it() {
        Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withRecycle(RecyclePolicy.aboveMemory(1000))));
        scene.run(Duration.ofMinutes(5));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").view().memory()).hasValue(1000);

        scene.driver.memory = 1001;
        scene.run(Duration.ofMinutes(1).plusSeconds(2)); // measured each minute, and judged a second later

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(scene.messages()).contains("a: stopping: uses 1001 bytes of memory, more than 1000");
    }

    @Test
    void a_policy_that_throws_is_told_and_counts_as_no_reason() {
        boolean[] broken = {true};
        RecyclePolicy policy = vitals -> {
            if (broken[0]) {
                throw new IllegalStateException("the policy is broken");
            }
            return Optional.empty();
        };
        Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withRecycle(policy)));

        scene.run(Duration.ofMinutes(1));
        assertThat(scene.host.notifications())
                .singleElement()
                .satisfies(notification -> assertThat(notification.text())
                        .isEqualTo("its policy for restarts fails: IllegalStateException: the policy is broken"));
        assertThat(scene.host.explain("a")).contains("its policy for restarts fails");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);

        broken[0] = false;
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void what_a_broken_policy_has_said_goes_with_its_life() {
        RecyclePolicy policy = vitals -> {
            throw new IllegalStateException("the policy is broken");
        };
        Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withRecycle(policy)));
        scene.run(Duration.ofMinutes(1));

        scene.host.requestAll(TargetState.DOWN);
        scene.run(Duration.ofMinutes(1));

        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void a_driver_that_cannot_measure_hurts_nobody() {
        Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withRecycle(RecyclePolicy.aboveMemory(1))));
        scene.driver.beforeEachCall = call -> {
            if (call.equals("measure")) {
                throw new IllegalStateException("cannot");
            }
        };

        scene.run(Duration.ofMinutes(3));

        assertThat(scene.messages()).contains("a: cannot be measured: IllegalStateException: cannot");
    }
}
