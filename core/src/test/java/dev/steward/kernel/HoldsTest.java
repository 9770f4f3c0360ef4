package dev.steward.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.Hold;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final Pass pass = new Pass(time);
    private final Schedule schedule = new Schedule(time, (owner, defect) -> {
        throw defect;
    });
    private final List<String> told = new ArrayList<>();
    private final Holds holds = new Holds("manager", pass, schedule, told::add);

    /** Lets time pass, and then makes a pass. */
    private void after(Duration duration) {
        time.advance(duration);
        schedule.run(pass.begin(), Long.MAX_VALUE);
    }

    private List<String> holders(String name) {
        return holds.of(name).stream().map(Hold::holder).toList();
    }

    private List<String> takeTold() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    @Test
    void a_thing_that_is_held_says_by_whom_and_why_and_until_when() {
        holds.hold("a", "ann", "new disks", HOUR);

        assertThat(holds.isHeld("a")).isTrue();
        assertThat(holds.of("a"))
                .containsExactly(new Hold("ann", "new disks", time.now().plus(HOUR)));
        assertThat(takeTold()).containsExactly("a");
        assertThat(holds.isHeld("b")).isFalse();
        assertThat(holds.of("b")).isEmpty();
    }

    @Test
    void a_hold_ends_by_itself_at_its_time_and_not_a_nanosecond_before() {
        holds.hold("a", "ann", "", HOUR);
        takeTold();

        after(HOUR.minus(NANO));
        assertThat(holds.isHeld("a")).isTrue();
        assertThat(takeTold()).isEmpty();

        after(NANO);
        assertThat(holds.isHeld("a")).isFalse();
        assertThat(takeTold()).containsExactly("a");
    }

    @Test
    void what_is_over_ends_before_anybody_has_a_turn_in_a_pass_that_comes_late() {
        holds.hold("a", "ann", "", HOUR);
        time.advance(HOUR.minus(NANO));
        holds.endWhatIsOver(pass.begin());
        assertThat(holds.isHeld("a")).isTrue();

        time.advance(HOUR);
        holds.endWhatIsOver(pass.begin());

        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void asks_for_a_pass_when_the_next_hold_ends() {
        holds.hold("a", "ann", "", HOUR);
        holds.hold("b", "bob", "", HOUR.multipliedBy(2));

        assertThat(schedule.nanosToNext(pass.now())).isEqualTo(HOUR.toNanos());

        after(HOUR);
        assertThat(schedule.nanosToNext(pass.now())).isEqualTo(HOUR.toNanos());

        after(HOUR);
        assertThat(schedule.nanosToNext(pass.now())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_step_of_the_wall_clock_neither_ends_nor_prolongs_a_hold() {
        holds.hold("a", "ann", "", HOUR);

        time.stepWall(Duration.ofDays(2));
        after(HOUR.minus(NANO));
        assertThat(holds.isHeld("a")).isTrue();

        time.stepWall(Duration.ofDays(-4));
        after(NANO);
        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void is_free_when_the_last_of_several_holders_is_done() {
        holds.hold("a", "bob", "", HOUR);
        holds.hold("a", "ann", "", HOUR.multipliedBy(2));
        assertThat(holders("a")).containsExactly("ann", "bob");
        takeTold();

        after(HOUR);
        assertThat(holders("a")).containsExactly("ann");
        assertThat(takeTold()).containsExactly("a");

        holds.release("a", "ann");
        assertThat(holds.isHeld("a")).isFalse();
        assertThat(takeTold()).containsExactly("a");
    }

    @Test
    void of_one_holder_the_last_word_counts_be_it_longer_or_shorter() {
        holds.hold("a", "ann", "", HOUR);
        holds.hold("a", "ann", "longer", HOUR.multipliedBy(3));
        after(HOUR);
        assertThat(holders("a")).containsExactly("ann");

        holds.hold("a", "ann", "shorter", NANO);
        assertThat(holds.of("a")).extracting(Hold::reason).containsExactly("shorter");
        after(NANO);
        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void released_twice_is_told_once() {
        holds.hold("a", "ann", "", HOUR);
        takeTold();

        holds.release("a", "ann");
        holds.release("a", "ann");
        holds.release("a", "bob");
        holds.release("b", "ann");

        assertThat(takeTold()).containsExactly("a");
        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void nobody_but_its_holder_ends_a_hold() {
        holds.hold("a", "ann", "", HOUR);

        holds.release("a", "bob");

        assertThat(holders("a")).containsExactly("ann");
    }

    @Test
    void a_hold_that_was_released_does_not_end_the_next_one_of_its_holder() {
        holds.hold("a", "ann", "", HOUR);
        holds.release("a", "ann");
        after(HOUR.dividedBy(2));
        holds.hold("a", "ann", "", HOUR);

        after(HOUR.dividedBy(2));
        assertThat(holds.isHeld("a")).isTrue();

        after(HOUR.dividedBy(2));
        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void all_that_end_at_once_are_told_of() {
        holds.hold("a", "ann", "", HOUR);
        holds.hold("b", "ann", "", HOUR);
        holds.hold("b", "bob", "", HOUR);
        takeTold();

        after(HOUR);

        assertThat(takeTold()).containsExactlyInAnyOrder("a", "b", "b");
        assertThat(holds.isHeld("a")).isFalse();
        assertThat(holds.isHeld("b")).isFalse();
    }

    @Test
    void for_ever_is_a_hundred_years() {
        holds.hold("a", "ann", "", Duration.ofSeconds(Long.MAX_VALUE));

        after(Duration.ofDays(36_500).minus(NANO));
        assertThat(holds.isHeld("a")).isTrue();

        after(NANO);
        assertThat(holds.isHeld("a")).isFalse();
    }

    @Test
    void what_is_over_is_forgotten() {
        for (int i = 0; i < 10_000; i++) {
            holds.hold("thing-" + i, "ann", "", Duration.ofMillis(1 + i % 7));
            if (i % 3 == 0) {
                holds.release("thing-" + i, "ann");
            }
            after(Duration.ofMillis(1));
        }

        after(Duration.ofMillis(7));

        assertThat(holds).hasFieldOrPropertyWithValue("byName", Map.of());
        assertThat(schedule.nanosToNext(pass.now())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holds.check(List.of(), "ann", HOUR))
                .withMessageContaining("ann");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holds.check(List.of("a", ""), "ann", HOUR))
                .withMessageContaining("ann");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holds.check(List.of("a"), "", HOUR))
                .withMessageContaining("[a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holds.check(List.of("a"), "ann", Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holds.check(List.of("a"), "ann", NANO.negated()))
                .withMessageContaining("PT-0.000000001S");
        Holds.check(List.of("a", "b"), "ann", NANO);
    }
}
