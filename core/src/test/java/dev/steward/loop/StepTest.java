package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
    private static final Duration EVER = Duration.ofNanos(Long.MAX_VALUE);

    @Test
    void says_what_is_wanted_and_when() {
        assertStep(Step.again(), Step.Kind.AGAIN, Duration.ZERO, "again");
        assertStep(Step.after(Duration.ofSeconds(3)), Step.Kind.AFTER, Duration.ofSeconds(3), "after PT3S");
        assertStep(Step.parked(), Step.Kind.PARKED, EVER, "parked");
        assertStep(Step.finished(), Step.Kind.FINISHED, EVER, "finished");
        assertThat(Step.finished().isFinished()).isTrue();
        assertThat(List.of(Step.again(), Step.afterNanos(1), Step.parked())).noneMatch(Step::isFinished);
    }

    private static void assertStep(Step step, Step.Kind kind, Duration delay, String text) {
        assertThat(step.kind()).isEqualTo(kind);
        assertThat(step.delay()).isEqualTo(delay);
        assertThat(step.delayNanos()).isEqualTo(delay.toNanos());
        assertThat(step).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_delay_of_nothing_or_less_is_again(long nanos) {
        assertThat(Step.after(Duration.ofNanos(nanos))).isSameAs(Step.again());
    }

    @Test
    void a_delay_for_ever_is_parked() {
        assertThat(Step.after(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(Step.parked());
        assertThat(Step.after(EVER)).isSameAs(Step.parked());
        assertThat(Step.afterNanos(Long.MAX_VALUE)).isSameAs(Step.parked());
        assertThat(Step.afterNanos(Long.MAX_VALUE - 1).kind()).isEqualTo(Step.Kind.AFTER);
        assertThat(Step.afterNanos(0)).isSameAs(Step.again());
    }

    @Test
    void refuses_a_negative_count_of_nanoseconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Step.afterNanos(-7))
                .withMessageContaining("-7 ns");
    }

    @Test
    void the_earliest_of_two_is_the_more_urgent_one_either_way_round() {
        List<Step> byUrgency =
                List.of(Step.again(), Step.afterNanos(1), Step.afterNanos(2), Step.parked(), Step.finished());
        for (int i = 0; i < byUrgency.size(); i++) {
            for (int j = 0; j < byUrgency.size(); j++) {
                assertThat(byUrgency.get(i).earliest(byUrgency.get(j))).isSameAs(byUrgency.get(Math.min(i, j)));
            }
        }
    }

    @Test
    void is_compared_by_value() {
        assertThat(Step.afterNanos(5))
                .isEqualTo(Step.after(Duration.ofNanos(5)))
                .hasSameHashCodeAs(Step.afterNanos(5));
        assertThat(Step.afterNanos(5)).isNotEqualTo(Step.afterNanos(6)).isNotEqualTo(5);
        assertThat(Step.parked()).isNotEqualTo(Step.finished());
    }
}
