package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.RestartPolicy.When;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of an end, by its policy: a launch and when, or none. */
class RestartsTest {
    private static final Seen.Ending FAILURE = exited(ExitStatus.of(1));
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration HEALTHY = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final Restarts restarts = new Restarts("a");
    private long now = Long.MAX_VALUE - 1000; // about to wrap

    private static Seen.Ending exited(ExitStatus exit) {
        return Seen.Ending.exited(exit, "");
    }

    private static Seen.Ending refused(String why) {
        return Seen.Ending.refused(why, true);
    }

    private List<Long> secondsAfter(RestartPolicy policy, int failures, Duration wasUp) {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < failures; i++) {
            seconds.add(restarts.ended(policy, FAILURE, wasUp, now).toSeconds());
            now += Duration.ofSeconds(1).toNanos();
        }
        return seconds;
    }

    @Test
    void the_standard_is_at_once_and_then_three_seconds_doubling_to_thirty() {
        assertThat(secondsAfter(RestartPolicy.standard(), 8, SHORT))
                .containsExactly(0L, 3L, 6L, 12L, 24L, 30L, 30L, 30L);
    }

    @Test
    void the_reference_is_three_seconds_for_ever() {
        assertThat(secondsAfter(RestartPolicy.reference(), 40, SHORT)).containsOnly(3L);
        assertThat(restarts.rests()).isNull();
    }

    @Test
    void begins_anew_after_exactly_ten_seconds_of_health_and_not_a_nanosecond_before() {
        secondsAfter(RestartPolicy.standard(), 3, SHORT);

        assertThat(restarts.ended(RestartPolicy.standard(), FAILURE, HEALTHY.minusNanos(1), now))
                .isEqualTo(Duration.ofSeconds(12));
        assertThat(restarts.ended(RestartPolicy.standard(), FAILURE, HEALTHY, now))
                .isZero();
        assertThat(secondsAfter(RestartPolicy.standard(), 2, SHORT)).containsExactly(3L, 6L);
    }

    @Test
    void an_instance_that_was_never_up_ends_no_row_of_failures_even_if_no_health_is_asked_for() {
        RestartPolicy policy =
                RestartPolicy.standard().withBackoff(Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(8)));

        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pauses.add(restarts.ended(policy, refused("no such program"), Duration.ZERO, now));
        }

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L);
        assertThat(restarts.ended(policy, FAILURE, Duration.ofNanos(1), now)).isEqualTo(SHORT);
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS,     0, LAUNCHED",
        "ALWAYS,     7, LAUNCHED",
        "ALWAYS,     1, LAUNCHED",
        "ALWAYS,    -1, LAUNCHED",
        "ON_FAILURE, 0, COMPLETED",
        "ON_FAILURE, 7, COMPLETED",
        "ON_FAILURE, 1, LAUNCHED",
        "ON_FAILURE, 137, LAUNCHED",
        "ON_FAILURE, -1, LAUNCHED",
        "NEVER,      0, COMPLETED",
        "NEVER,      7, COMPLETED",
        "NEVER,      1, GAVE_UP",
        "NEVER,     -1, GAVE_UP",
    })
    void the_exit_code_decides(When when, int code, String then) {
        RestartPolicy policy = RestartPolicy.standard().withWhen(when).withSuccessCodes(0, 7);
        ExitStatus exit = code < 0 ? ExitStatus.unknown() : ExitStatus.of(code);

        restarts.ended(policy, exited(exit), SHORT, now);

        assertThat(restarts.rests() == null).as("is launched again").isEqualTo(then.equals("LAUNCHED"));
        assertThat(restarts.hasCompleted()).isEqualTo(then.equals("COMPLETED"));
        assertThat(restarts.hasGivenUp()).isEqualTo(then.equals("GAVE_UP"));
    }

    @Test
    void is_given_up_with_the_last_of_so_many_failures_in_less_than_the_window() {
        RestartPolicy policy = RestartPolicy.standard().withGiveUp(3, WINDOW);
        long first = now;
        restarts.ended(policy, FAILURE, SHORT, first);
        restarts.ended(policy, FAILURE, SHORT, first + 5);
        assertThat(restarts.rests()).isNull();

        restarts.ended(policy, FAILURE, SHORT, first + WINDOW.toNanos() - 1);

        assertThat(restarts.hasGivenUp()).isTrue();
        assertThat(restarts.rests().text()).isEqualTo("given up after 3 failures within 60 s: exit code 1");
        assertThat(restarts.rests().code()).isEqualTo(InstanceCause.GAVE_UP);
    }

    @Test
    void a_failure_as_old_as_the_window_counts_no_more() {
        RestartPolicy policy = RestartPolicy.standard().withGiveUp(3, WINDOW);
        long first = now;
        restarts.ended(policy, FAILURE, SHORT, first);
        restarts.ended(policy, FAILURE, SHORT, first + 5);

        restarts.ended(policy, FAILURE, SHORT, first + WINDOW.toNanos());
        assertThat(restarts.rests()).isNull();

        restarts.ended(policy, FAILURE, SHORT, first + WINDOW.toNanos() + 4);
        assertThat(restarts.hasGivenUp()).isTrue();
    }

    @Test
    void one_failure_may_be_enough() {
        restarts.ended(RestartPolicy.standard().withGiveUp(1, WINDOW), FAILURE, SHORT, now);

        assertThat(restarts.hasGivenUp()).isTrue();
    }

    @Test
    void successes_are_no_failures_within_the_window() {
        RestartPolicy policy = RestartPolicy.standard().withGiveUp(2, WINDOW);
        for (int i = 0; i < 10; i++) {
            restarts.ended(policy, exited(ExitStatus.of(0)), SHORT, now);
        }
        restarts.ended(policy, FAILURE, SHORT, now);

        assertThat(restarts.rests()).isNull();
    }

    @Test
    void a_refused_launch_is_never_tried_again_at_once_whatever_the_policy_says() {
        assertThat(restarts.ended(RestartPolicy.standard(), refused("no such program"), Duration.ZERO, now))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void what_is_not_as_it_should_be_has_not_been_well_however_long_it_ran() {
        Recycle unwell = Recycle.failed(InstanceCause.UNWELL, "hangs", Duration.ZERO);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pauses.add(restarts.cameDown(RestartPolicy.standard(), unwell, now).toSeconds());
        }
        assertThat(pauses).containsExactly(0L, 3L, 6L, 12L);
    }

    @Test
    void a_restart_that_somebody_asked_for_is_no_failure() {
        Recycle asked = Recycle.asked(InstanceCause.RESTART_REQUESTED, "asked");
        for (int i = 0; i < 10; i++) {
            assertThat(restarts.cameDown(RestartPolicy.standard().withGiveUp(1, WINDOW), asked, now))
                    .isZero();
        }
        assertThat(restarts.rests()).isNull();
    }

    @Test
    void the_longer_of_the_two_pauses_counts() {
        Recycle late = Recycle.failed(InstanceCause.NOT_READY, "not ready", Duration.ofSeconds(5));
        assertThat(restarts.cameDown(RestartPolicy.standard(), late, now)).isEqualTo(Duration.ofSeconds(5));
        secondsAfter(RestartPolicy.standard(), 2, SHORT);
        assertThat(restarts.cameDown(RestartPolicy.standard(), late, now)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void all_counts_anew_after_a_reset() {
        RestartPolicy policy = RestartPolicy.standard().withGiveUp(2, WINDOW);
        secondsAfter(policy, 2, SHORT);

        assertThat(restarts.rests()).isNotNull();
        restarts.reset();
        assertThat(restarts.rests()).isNull();
        assertThat(secondsAfter(policy, 1, SHORT)).containsExactly(0L);
        assertThat(restarts.rests()).isNull();
    }

    @Test
    void jitter_is_the_same_for_the_same_name_and_another_for_another() {
        RestartPolicy policy = RestartPolicy.standard()
                .withBackoff(Backoff.constant(Duration.ofSeconds(10)).withJitter(1));
        List<Duration> one = pauses(new Restarts("a"), policy);

        assertThat(pauses(new Restarts("a"), policy)).isEqualTo(one);
        assertThat(pauses(new Restarts("b"), policy)).isNotEqualTo(one);
        assertThat(one).allMatch(pause -> pause.toSeconds() >= 10 && pause.toSeconds() < 20);
    }

    private List<Duration> pauses(Restarts counted, RestartPolicy policy) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pauses.add(counted.ended(policy, FAILURE, SHORT, now));
        }
        return pauses;
    }

    @Test
    void a_row_of_billions_of_failures_still_has_a_pause() {
        assertThat(secondsAfter(RestartPolicy.standard(), 200, SHORT)).endsWith(30L, 30L);
    }
}
