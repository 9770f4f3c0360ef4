package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.RestartPolicy;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartIntensityTest {
    private final RestartIntensity intensity = new RestartIntensity();

    @Test
    void allows_the_standard_pauses_of_a_crash_loop_and_not_a_nanosecond_less() {
        RestartPolicy policy = RestartPolicy.standard();
        List<Long> launches = new ArrayList<>();
        Duration now = Duration.ZERO;
        for (long pause : new long[] {0, 3, 6, 12, 24, 30, 30}) {
            intensity.ended("web", policy, true, now);
            now = now.plusSeconds(pause);
            intensity.launched("web", now);
            launches.add(now.toSeconds());
        }
        assertThat(intensity.violations()).isEmpty();
        assertThat(launches).filteredOn(at -> at < 60).as("in the first minute").hasSize(5);

        intensity.ended("web", policy, true, now);
        intensity.launched("web", now.plusSeconds(30).minusNanos(1));

        assertThat(intensity.violations())
                .containsExactly("'web' was launched at PT2M14.999999999S, after 8 ends in a row not before PT2M15S");
    }

    @Test
    void begins_anew_after_a_healthy_time_and_not_a_nanosecond_before() {
        RestartPolicy policy = RestartPolicy.standard();
        crash(policy, 0, 0);
        intensity.up("web", Duration.ZERO);
        intensity.ended("web", policy, true, Duration.ofSeconds(10));
        intensity.launched("web", Duration.ofSeconds(10));
        assertThat(intensity.violations()).isEmpty();

        intensity.up("web", Duration.ofSeconds(10));
        intensity.ended("web", policy, true, Duration.ofSeconds(20).minusNanos(1));
        intensity.launched("web", Duration.ofSeconds(20));
        assertThat(intensity.violations()).hasSize(1);
    }

    @Test
    void demands_the_constant_pause_of_the_reference_every_time() {
        RestartPolicy policy = RestartPolicy.reference();
        crash(policy, 0, 3);
        crash(policy, 10, 13);
        assertThat(intensity.violations()).isEmpty();

        crash(policy, 20, 22);
        assertThat(intensity.violations()).hasSize(1);
    }

    @Test
    void allows_no_launch_after_giving_up_until_somebody_asks() {
        RestartPolicy policy = RestartPolicy.reference().withGiveUp(3, Duration.ofSeconds(20));
        crash(policy, 0, 3);
        crash(policy, 10, 13);
        crash(policy, 20, 23); // the first of the three is just too long ago
        assertThat(intensity.violations()).isEmpty();

        crash(policy, 29, 32);
        assertThat(intensity.violations()).singleElement().asString().contains("was to be given up at PT29S");

        intensity.asked("web");
        intensity.launched("web", Duration.ofSeconds(33));
        assertThat(intensity.violations()).hasSize(1);
    }

    @Test
    void allows_no_launch_of_what_has_completed_or_is_never_launched_again() {
        intensity.ended("web", RestartPolicy.onFailure(), false, Duration.ZERO);
        intensity.ended("log", RestartPolicy.never(), true, Duration.ZERO);
        intensity.ended("job", RestartPolicy.onFailure(), true, Duration.ZERO);
        for (String name : List.of("web", "log", "job")) {
            intensity.launched(name, Duration.ofHours(1));
        }

        assertThat(intensity.violations())
                .containsExactly(
                        "'web' was launched at PT1H, and it has completed at PT0S",
                        "'log' was launched at PT1H, and it is not to be launched again after its end at PT0S");
    }

    @Test
    void says_nothing_of_what_was_stopped_or_asked_for_or_may_come_sooner_by_chance() {
        RestartPolicy policy = RestartPolicy.standard()
                .withBackoff(Backoff.constant(Duration.ofSeconds(5)).withJitter(1));
        crash(policy, 0, 5);
        intensity.up("web", Duration.ofSeconds(6));
        intensity.stopped("web");
        intensity.launched("web", Duration.ofSeconds(6));
        intensity.ended("web", policy, true, Duration.ofSeconds(7));
        intensity.askedForAll();
        intensity.launched("web", Duration.ofSeconds(7));

        assertThat(intensity.violations()).isEmpty();
    }

    private void crash(RestartPolicy policy, long end, long launch) {
        intensity.ended("web", policy, true, Duration.ofSeconds(end));
        intensity.launched("web", Duration.ofSeconds(launch));
    }
}
