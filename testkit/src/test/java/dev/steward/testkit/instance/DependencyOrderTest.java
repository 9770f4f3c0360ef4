package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.DOWN;
import static dev.steward.instance.RunState.STARTING;
import static dev.steward.instance.RunState.STOPPING;
import static dev.steward.instance.RunState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private final DependencyOrder order = new DependencyOrder();
    private Duration now = Duration.ZERO;

    @BeforeEach
    void configure() {
        InstanceSpec store = InstanceSpec.of("store", "/bin/store");
        order.configured(List.of(store, InstanceSpec.of("web", "/bin/web").after("store", "elsewhere")), now);
    }

    @Test
    void has_nothing_against_the_right_order_both_ways() {
        want(true);
        move("store", STARTING, UP);
        move("web", STARTING, UP);
        want(false);
        move("web", STOPPING, DOWN);
        move("store", STOPPING, DOWN);

        assertThat(order.violations()).isEmpty();
    }

    @Test
    void finds_a_launch_before_another_is_up() {
        want(true);
        move("store", STARTING);
        move("web", STARTING);

        assertThat(order.violations()).containsExactly("'web' was launched at PT0S, and 'store' is STARTING");
    }

    @Test
    void finds_a_launch_while_another_is_down_for_a_moment() {
        want(true);
        move("store", STARTING, UP);
        move("web", STARTING, UP);
        move("store", DOWN);
        move("web", DOWN, STARTING);

        assertThat(order.violations()).containsExactly("'web' was launched at PT0S, and 'store' is DOWN");
    }

    @Test
    void finds_a_stop_before_another_is_down() {
        want(true);
        move("store", STARTING, UP);
        move("web", STARTING, UP);
        want(false);
        move("web", STOPPING);
        move("store", STOPPING);

        assertThat(order.violations()).containsExactly("'store' was told to stop at PT0S, and 'web' is STOPPING");
    }

    @Test
    void lets_those_go_ahead_whose_patience_is_over_and_not_a_nanosecond_before() {
        want(true);
        now = Duration.ofSeconds(60).minusNanos(1);
        move("web", STARTING);
        assertThat(order.violations()).hasSize(1);

        want(true);
        now = now.plusSeconds(60);
        move("web", STARTING);
        assertThat(order.violations()).hasSize(1);
    }

    @Test
    void lets_nobody_wait_for_who_is_not_wanted_or_may_not_be() {
        order.wanted("web", true, now);
        order.wanted("store", false, now);
        move("web", STARTING, DOWN);
        order.unsure("store", now);
        move("web", STARTING, UP);
        order.wanted("store", true, now);
        move("store", STARTING, UP);
        order.wanted("store", false, now);
        move("store", STOPPING);

        assertThat(order.violations()).as("web is not going").isEmpty();
    }

    @Test
    void lets_nobody_wait_on_the_way_down_when_time_is_running_out() {
        want(true);
        move("store", STARTING, UP);
        move("web", STARTING, UP);
        want(false);
        order.hurried();
        move("store", STOPPING);

        assertThat(order.violations()).isEmpty();
    }

    private void want(boolean up) {
        order.wanted("web", up, now);
        order.wanted("store", up, now);
    }

    private void move(String name, RunState... to) {
        for (RunState state : to) {
            order.moved(name, state, now);
        }
    }
}
