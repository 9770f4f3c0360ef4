package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.DOWN;
import static dev.steward.instance.RunState.FAILED;
import static dev.steward.instance.RunState.UP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceCause;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a manager leaves to the next one, when all is well with the store. */
class HostMemoryTest extends MemoryScene {
    @Test
    void forgets_everything_with_the_manager_unless_it_is_told_to_keep_it() {
        configure(FRAGILE, B);
        startWithoutMemory();
        down("b");
        failures(3);
        assertThat(instance("a").state()).isEqualTo(FAILED);

        kill();
        startWithoutMemory();

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(instance("b").state()).isEqualTo(UP);
        assertThat(manager().notYetKept()).isZero();
        assertThat(commits()).isZero();
    }

    // ---- targets

    @Test
    void keeps_a_target_that_was_asked_for() {
        start();
        down("a");
        run(ofSeconds(20));

        restart();

        assertThat(instance("a").targetState()).isEqualTo(TargetState.DOWN);
        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(instance("b").state()).isEqualTo(UP);
        assertThat(host.launches("a")).isOne();
        assertThat(messages()).contains("wanted down, as before the restart");
    }

    @Test
    void keeps_a_target_up_of_what_is_configured_to_start_down() {
        configure(A.withStart(TargetState.DOWN));
        start();
        up("a");
        run(ofSeconds(1));
        powerCut();

        start();

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void follows_the_configuration_where_nobody_has_asked_for_anything() {
        start();
        run(ofSeconds(1));
        powerCut();
        configure(A.withStart(TargetState.DOWN), B);

        start();

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(commits()).isZero();
    }

    @Test
    void stops_what_was_asked_to_be_down_and_runs_because_the_manager_died_first() {
        host.program("a").stopsIn(ofSeconds(3));
        start();
        down("a");
        run(ofMillis(10));

        restart();
        run(ofSeconds(10));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(host.running("a")).isZero();
    }

    @Test
    void puts_start_requests_above_what_was_kept_and_keeps_them_in_turn() {
        start();
        down("a");
        run(ofSeconds(1));

        startRequests(TargetRequest.up("a"));
        restart();
        assertThat(instance("a").state()).isEqualTo(UP);
        startRequests();
        restart();

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void does_not_take_its_own_end_for_a_request() {
        start();
        var end = manager().die(ofSeconds(20));
        simulation.runUntil(end::isDone, ofSeconds(20));
        assertThat(host.running("a")).isZero();
        manager().close();

        start();

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(commits()).isZero();
    }

    @Test
    void keeps_what_was_asked_for_just_before_its_end() {
        start();
        down("a");
        var end = manager().die(ofSeconds(20));
        simulation.runUntil(end::isDone, ofSeconds(20));
        manager().close();

        start();

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(instance("b").state()).isEqualTo(UP);
    }

    // ---- restart counts

    @Test
    void leaves_alone_what_was_given_up_before() {
        configure(FRAGILE);
        start();
        failures(3);
        assertThat(instance("a").state()).isEqualTo(FAILED);

        restart();
        run(ofMinutes(10));

        assertThat(instance("a").state()).isEqualTo(FAILED);
        assertThat(instance("a").cause().code()).isEqualTo(InstanceCause.GAVE_UP);
        assertThat(instance("a").cause().text()).startsWith("given up after 3 failures within 60 s");
        assertThat(host.launches("a")).isEqualTo(3);
    }

    @Test
    void leaves_alone_what_had_completed_before() {
        configure(A.withRestart(RestartPolicy.onFailure()));
        start();
        host.exit("a", 0);
        run(ofSeconds(1));

        restart();
        run(ofMinutes(1));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(instance("a").cause().code()).isEqualTo(InstanceCause.COMPLETED);
        assertThat(host.launches("a")).isOne();
    }

    @Test
    void starts_what_was_given_up_once_somebody_asks_and_keeps_that_too() {
        configure(FRAGILE);
        start();
        failures(3);
        restart();
        up("a");
        run(ofSeconds(1));
        assertThat(instance("a").state()).isEqualTo(UP);

        powerCut();
        start();

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void forgets_failures_for_a_restart_that_was_asked_for_and_keeps_that_too() {
        configure(FRAGILE);
        start();
        failures(2);
        var unused = manager().restart(List.of("a"), RestartOrder.TOGETHER);
        run(ofSeconds(20));

        restart();
        failures(2);

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void counts_on_within_the_window() {
        configure(FRAGILE);
        start();
        failures(2);

        restart();
        failures(1);

        assertThat(instance("a").state()).isEqualTo(FAILED);
    }

    @Test
    void counts_failures_no_more_that_are_older_than_the_window() {
        configure(FRAGILE);
        start();
        failures(2);
        kill();
        run(ofSeconds(61));

        start();
        failures(2);

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void goes_on_with_the_backoff_of_a_row_of_failures() {
        configure(A.withRestart(RestartPolicy.standard()));
        start();
        host.crash("a");
        run(ofMillis(10));
        host.crash("a");
        run(ofMillis(10));
        assertThat(instance("a").cause().text()).endsWith("next start in 3 s");
        run(ofSeconds(4));

        restart();
        host.crash("a");
        run(ofMillis(10));

        assertThat(instance("a").cause().text()).endsWith("next start in 6 s");
    }

    @Test
    void goes_on_with_what_runs_although_it_was_given_up() {
        configure(FRAGILE);
        start();
        failures(3);
        ground.diskFull(true);
        up("a");
        run(ofSeconds(1));

        kill();
        ground.diskFull(false);
        start();
        assertThat(instance("a").state()).isEqualTo(UP);
        failures(1);

        assertThat(instance("a").state()).as("the failures before are known").isEqualTo(FAILED);
    }

    // ---- clocks
}
