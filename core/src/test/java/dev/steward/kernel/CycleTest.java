package dev.steward.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.internal.AllocatedBytes;
import dev.steward.loop.Step;
import dev.steward.notify.LoggedMessage;
import dev.steward.state.StateGraph;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CycleTest {
    private enum Light {
        OFF,
        ON
    }

    private static final Kind<Light> LIGHT = Kind.of(
            "light",
            Light.class,
            StateGraph.startingAt(Light.OFF)
                    .allow(Light.OFF, Light.ON)
                    .allow(Light.ON, Light.OFF)
                    .build());

    private final VirtualTime time = new VirtualTime();
    private final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    private final List<String> calls = new ArrayList<>();
    private final Cycle<Light> cycle = cycle(time);
    private boolean over;
    private Step next = Step.parked();

    private Cycle<Light> cycle(TimeSource clock) {
        return new Cycle<>(
                "lights",
                LIGHT,
                LoggerFactory.getLogger(CycleTest.class),
                feed,
                clock,
                Duration.ofMillis(10),
                name -> calls.add("hold of " + name));
    }

    private final Cycle.Work work = new Cycle.Work() {
        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void begin(long now) {
            calls.add("begin");
        }

        @Override
        public void beforeTurns(boolean force) {
            calls.add(force ? "before all turns" : "before turns");
        }

        @Override
        public void afterTurns(long now) {
            calls.add("after turns");
            cycle.publisher().message("lights", "shown");
        }

        @Override
        public void end() {
            calls.add("end, board has " + cycle.publisher().board().messages().size());
        }

        @Override
        public Step next(long now) {
            return next;
        }
    };

    private Step pass() {
        return cycle.pass(work, false);
    }

    private Due due(String name, Runnable turn) {
        return new Due() {
            @Override
            public void run(long now) {
                calls.add("turn of " + name);
                turn.run();
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    private List<String> messages() {
        return cycle.publisher().board().messages().stream()
                .map(LoggedMessage::text)
                .toList();
    }

    @Test
    void a_pass_has_its_order() {
        cycle.schedule().ready(cycle.schedule().add(due("a", () -> {})));
        cycle.post(() -> calls.add("mail"));

        Step step = pass();

        assertThat(calls)
                .containsExactly("begin", "mail", "before turns", "turn of a", "after turns", "end, board has 1");
        assertThat(step).isEqualTo(Step.parked());
    }

    @Test
    void an_unbounded_pass_says_so() {
        cycle.pass(work, true);

        assertThat(calls).contains("before all turns");
    }

    @Test
    void what_is_over_makes_no_pass() {
        over = true;

        assertThat(pass()).isEqualTo(Step.finished());
        assertThat(calls).isEmpty();
    }

    @Test
    void what_is_over_after_a_pass_is_finished_whatever_is_in_the_mail() {
        cycle.post(() -> {
            over = true;
            cycle.post(() -> calls.add("too late"));
        });

        assertThat(pass()).isEqualTo(Step.finished());
        assertThat(calls).contains("end, board has 1").doesNotContain("too late");
    }

    @Test
    void mail_that_comes_during_a_pass_waits_for_the_next_which_is_wanted_at_once() {
        cycle.post(() -> cycle.post(() -> calls.add("second")));

        assertThat(pass()).isEqualTo(Step.again());
        assertThat(calls).doesNotContain("second");

        assertThat(pass()).isEqualTo(Step.parked());
        assertThat(calls).contains("second");
    }

    @Test
    void the_next_pass_is_wanted_at_the_earliest_of_all_reasons() {
        cycle.schedule().at(cycle.schedule().add(due("a", () -> {})), time.nanos() + 5_000_000_000L);
        assertThat(pass()).isEqualTo(Step.after(Duration.ofSeconds(5)));

        next = Step.after(Duration.ofSeconds(3));
        assertThat(pass()).isEqualTo(Step.after(Duration.ofSeconds(3)));

        next = Step.after(Duration.ofSeconds(7));
        assertThat(pass()).isEqualTo(Step.after(Duration.ofSeconds(5)));
    }

    @Test
    void a_task_that_throws_is_told_and_stops_none_of_the_others() {
        cycle.post(() -> {
            throw new IllegalStateException("broken");
        });
        cycle.post(() -> calls.add("other"));

        Step step = pass();

        assertThat(calls).contains("other", "after turns");
        assertThat(messages()).contains("a defect: IllegalStateException: broken");
        assertThat(step).isEqualTo(Step.parked());
    }

    @Test
    void a_turn_that_throws_is_told_stops_none_of_the_others_and_is_had_again_a_second_later() {
        Due broken = due("broken", () -> {
            throw new IllegalStateException("broken");
        });
        cycle.schedule().ready(cycle.schedule().add(broken));
        cycle.schedule().ready(cycle.schedule().add(due("good", () -> {})));

        assertThat(pass()).isEqualTo(Step.after(Duration.ofSeconds(1)));
        assertThat(calls).contains("turn of broken", "turn of good", "after turns");
        assertThat(messages()).contains("a defect: IllegalStateException: broken");

        calls.clear();
        time.advance(Duration.ofSeconds(1));
        pass();
        assertThat(calls).contains("turn of broken").doesNotContain("turn of good");
    }

    @Test
    void two_passes_at_once_are_refused_and_the_first_goes_on() {
        List<String> refusals = new ArrayList<>();
        cycle.post(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(this::pass)
                    .withMessageContaining("lights")
                    .satisfies(refused -> refusals.add(refused.getMessage()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> cycle.exclusively("close", () -> calls.add("closed")))
                    .withMessageContaining("lights")
                    .satisfies(refused -> refusals.add(refused.getMessage()));
        });

        pass();

        assertThat(refusals).hasSize(2);
        assertThat(calls).contains("after turns").doesNotContain("closed");
        assertThat(messages()).containsExactly("shown");
        cycle.exclusively("close", () -> calls.add("closed"));
        assertThat(calls).contains("closed");
        pass();
    }

    @Test
    void a_pass_that_throws_leaves_the_next_one_clean() {
        Cycle.Work broken = new Cycle.Work() {
            @Override
            public boolean isOver() {
                return false;
            }

            @Override
            public void begin(long now) {
                throw new IllegalStateException("broken");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> cycle.pass(broken, false))
                .withMessage("broken");

        cycle.post(() -> calls.add("mail"));
        assertThat(pass()).isEqualTo(Step.parked());
        assertThat(calls).contains("mail");
    }

    @Test
    void posting_wakes_the_loop_also_of_what_was_posted_before_somebody_wanted_to_be_woken() {
        cycle.post(() -> {});
        cycle.wakeWith(() -> calls.add("woken"));
        assertThat(calls).containsExactly("woken");
        pass();

        calls.clear();
        cycle.post(() -> {});
        assertThat(calls).containsExactly("woken");
    }

    @Test
    void at_the_end_the_mail_is_taken_without_a_pass() {
        cycle.post(() -> calls.add("mail"));

        cycle.exclusively("close", cycle::drain);

        assertThat(calls).containsExactly("mail");
    }

    @Test
    void a_pass_over_its_budget_leaves_turns_for_the_next_and_an_unbounded_one_takes_all() {
        long[] nanos = new long[1];
        TimeSource slow = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanos() {
                return nanos[0] += 10_000_000; // each look at the clock takes as long as a whole pass may
            }
        };
        for (boolean unbounded : new boolean[] {false, true}) {
            Cycle<Light> many = cycle(slow);
            int[] turns = new int[1];
            for (int i = 0; i < 1_000; i++) {
                many.schedule().ready(many.schedule().add(due("a", () -> turns[0]++)));
            }

            Step step = many.pass(new Nothing(), unbounded);

            assertThat(turns[0]).isEqualTo(unbounded ? 1_000 : 63);
            assertThat(step).isEqualTo(unbounded ? Step.parked() : Step.again());
        }
    }

    private static final class Nothing implements Cycle.Work {
        @Override
        public boolean isOver() {
            return false;
        }
    }

    @Test
    void a_hold_ends_in_a_pass_that_is_asked_for_in_time() {
        cycle.post(() -> cycle.holds().hold("a", "ann", "", Duration.ofMinutes(1)));

        assertThat(pass()).isEqualTo(Step.after(Duration.ofMinutes(1)));
        assertThat(cycle.holds().isHeld("a")).isTrue();

        calls.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(pass()).isEqualTo(Step.parked());
        assertThat(cycle.holds().isHeld("a")).isFalse();
        assertThat(calls).contains("hold of a");
    }

    @Test
    void what_is_told_in_a_pass_is_on_the_feed() {
        cycle.post(() -> cycle.publisher().changed("a", Light.OFF, Light.ON, Reason.none()));
        List<String> events = new ArrayList<>();
        var subscription = feed.subscribe(() -> {});

        pass();

        subscription.poll(event -> events.add(event.name() + " " + event.state()));
        assertThat(events).containsExactly("a on");
    }

    @Test
    void a_pass_in_which_nothing_happens_allocates_nothing() throws ReflectiveOperationException {
        Nothing nothing = new Nothing();
        for (int i = 0; i < 20_000; i++) {
            cycle.pass(nothing, false);
        }

        long allocated = new AllocatedBytes().in(() -> {
            for (int i = 0; i < 20_000; i++) {
                cycle.pass(nothing, false);
            }
        });

        assertThat(allocated).isZero();
    }
}
