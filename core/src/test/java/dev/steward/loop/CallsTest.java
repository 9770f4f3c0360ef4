package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.internal.AllocatedBytes;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final Mailbox mailbox = new Mailbox();
    private final Calls calls = new Calls(mailbox, time);
    private final List<String> told = new ArrayList<>();

    private Consumer<String> expect(String name, Duration limit) {
        return calls.expect(limit, answer -> told.add(name + " " + answer), () -> "late");
    }

    private Consumer<String> expectThrowing(String name, Duration limit) {
        return calls.expect(
                limit,
                answer -> {
                    told.add(name + " " + answer);
                    throw new IllegalStateException(name);
                },
                () -> "late");
    }

    private void pass() {
        mailbox.drain();
        calls.expire();
    }

    @Test
    void an_answer_within_the_call_waits_for_the_drain() {
        expect("a", SECOND).accept("yes");
        assertThat(told).isEmpty();

        pass();

        assertThat(told).containsExactly("a yes");
        assertThat(calls.isIdle()).isTrue();
        assertThat(calls.next()).isEqualTo(Step.parked());
    }

    @Test
    void the_first_answer_counts_and_all_others_are_dropped() {
        Consumer<String> answer = expect("a", SECOND);
        answer.accept("yes");
        answer.accept("no");
        pass();
        answer.accept("again");
        time.advance(SECOND);
        pass();

        assertThat(told).containsExactly("a yes");
    }

    @Test
    void a_limit_is_over_at_its_very_nanosecond_and_is_in_the_step_until_then() {
        expect("a", SECOND);
        assertThat(calls.next()).isEqualTo(Step.after(SECOND));

        time.advance(SECOND.minus(NANO));
        pass();
        assertThat(told).isEmpty();
        assertThat(calls.next()).isEqualTo(Step.after(NANO));

        time.advance(NANO);
        assertThat(calls.next()).isEqualTo(Step.again());
        pass();
        assertThat(told).containsExactly("a late");
        assertThat(calls.next()).isEqualTo(Step.parked());
    }

    @Test
    void an_answer_after_the_limit_is_dropped_also_when_its_place_is_taken_by_another_call() {
        Consumer<String> late = expect("a", SECOND);
        time.advance(SECOND);
        pass();
        Consumer<String> next = expect("b", SECOND);

        late.accept("at last");
        pass();
        assertThat(told).containsExactly("a late");

        next.accept("yes");
        pass();
        assertThat(told).containsExactly("a late", "b yes");
    }

    @Test
    void an_answer_that_lies_in_the_mailbox_when_the_limit_is_over_still_counts() {
        Consumer<String> answer = expect("a", SECOND);
        answer.accept("yes");
        time.advance(SECOND.multipliedBy(2));

        pass();

        assertThat(told).containsExactly("a yes");
    }

    @Test
    void an_answer_that_comes_between_drain_and_expiry_is_too_late() {
        Consumer<String> answer = expect("a", SECOND);
        time.advance(SECOND);
        mailbox.drain();
        answer.accept("yes");
        calls.expire();
        mailbox.drain();

        assertThat(told).containsExactly("a late");
    }

    @Test
    void limits_that_are_over_together_complete_in_their_order() {
        expect("second", SECOND.plus(NANO));
        expect("first", SECOND);
        expect("third", SECOND.plus(NANO));
        time.advance(SECOND.multipliedBy(3));

        pass();

        assertThat(told).containsExactly("first late", "second late", "third late");
    }

    @Test
    void a_call_made_when_a_limit_is_over_waits_for_the_next_time() {
        calls.expect(SECOND, answer -> expect("b", NANO), () -> "late");
        time.advance(SECOND);

        pass();
        assertThat(told).isEmpty();
        assertThat(calls.next()).isEqualTo(Step.after(NANO));

        time.advance(NANO);
        pass();
        assertThat(told).containsExactly("b late");
    }

    @Test
    void one_that_throws_when_it_is_told_loses_nothing_of_the_others() {
        expectThrowing("a", SECOND);
        expect("b", SECOND);
        expectThrowing("c", SECOND);
        time.advance(SECOND);

        assertThatThrownBy(this::pass).hasMessage("a");
        assertThat(calls.next()).isEqualTo(Step.again());
        assertThatThrownBy(this::pass).hasMessage("c");
        pass();

        assertThat(told).containsExactly("a late", "b late", "c late");
        assertThat(calls.isIdle()).isTrue();
    }

    @Test
    void one_that_cannot_say_what_late_means_is_awaited_no_more() {
        calls.<String>expect(SECOND, told::add, () -> {
            throw new IllegalStateException("no words");
        });
        time.advance(SECOND);

        assertThatThrownBy(this::pass).hasMessage("no words");

        assertThat(calls.isIdle()).isTrue();
        assertThat(calls.next()).isEqualTo(Step.parked());
        pass();
    }

    @Test
    void an_answer_whose_receiver_throws_is_not_told_twice() {
        expectThrowing("a", SECOND).accept("yes");

        assertThatThrownBy(this::pass).hasMessage("a");
        time.advance(SECOND);
        pass();

        assertThat(told).containsExactly("a yes");
    }

    @Test
    void what_is_forgotten_is_told_nothing_and_new_calls_are() {
        Consumer<String> before = expect("a", SECOND);
        Consumer<String> posted = expect("b", SECOND);
        posted.accept("yes");

        calls.forget();
        assertThat(calls.isIdle()).isTrue();
        assertThat(calls.next()).isEqualTo(Step.parked());
        Consumer<String> after = expect("c", SECOND);
        before.accept("yes");
        after.accept("yes");
        time.advance(SECOND);
        pass();

        assertThat(told).containsExactly("c yes");
    }

    @Test
    void forgetting_while_limits_complete_silences_the_rest() {
        calls.expect(SECOND, answer -> calls.forget(), () -> "late");
        expect("b", SECOND);
        time.advance(SECOND);

        pass();

        assertThat(told).isEmpty();
        assertThat(calls.isIdle()).isTrue();
    }

    @Test
    void an_answer_wakes_the_loop() {
        List<String> woken = new ArrayList<>();
        mailbox.wakeWith(() -> woken.add("woken"));

        expect("a", SECOND).accept("yes");

        assertThat(woken).containsExactly("woken");
    }

    @Test
    void a_limit_of_centuries_is_one_that_never_comes_also_across_the_wrap_of_the_clock() {
        Consumer<String> answer = expect("a", Duration.ofSeconds(Long.MAX_VALUE));
        time.advance(Duration.ofDays(3650));
        pass();
        assertThat(told).isEmpty();

        answer.accept("yes");
        pass();
        assertThat(told).containsExactly("a yes");
    }

    @Test
    void places_that_are_used_again_mix_no_answers_up() {
        for (int i = 0; i < 1_000; i++) {
            Consumer<String> first = expect("a" + i, SECOND);
            Consumer<String> second = expect("b" + i, SECOND);
            second.accept("2");
            first.accept("1");
            pass();
            assertThat(told).containsExactly("b" + i + " 2", "a" + i + " 1");
            told.clear();
        }

        assertThat(calls.isIdle()).isTrue();
    }

    @Test
    void a_pass_in_which_nothing_is_due_allocates_nothing() throws ReflectiveOperationException {
        AllocatedBytes allocated = new AllocatedBytes();
        expect("a", SECOND);
        Runnable passes = () -> {
            for (int i = 0; i < 20_000; i++) {
                pass();
            }
        };
        passes.run();

        assertThat(allocated.in(passes)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refuses_a_limit_that_is_not_above_zero(long nanos) {
        assertThatThrownBy(() -> expect("a", Duration.ofNanos(nanos)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit is not above zero: " + Duration.ofNanos(nanos));
    }
}
