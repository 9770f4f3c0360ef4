package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.time.Backoff;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which children a pass runs, in which order, and when the next one is wanted. */
class CompositeLoopTest {
    private final VirtualTime time = new VirtualTime();
    private final Reports reports = new Reports();
    private final List<String> ran = new ArrayList<>();
    private final CompositeLoop composite = new CompositeLoop("main", time, CompositeLoop.Options.defaults(), reports);

    private StubLoop add(String name, Supplier<Step> pass) {
        StubLoop child = new StubLoop(name, () -> {
            ran.add(name);
            return pass.get();
        });
        composite.add(child);
        return child;
    }

    @Test
    void without_children_it_is_parked_until_there_are_some() {
        AtomicInteger wakeUps = new AtomicInteger();
        composite.wakeWith(wakeUps::incrementAndGet);
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());

        add("a", Step::parked);

        assertThat(wakeUps).hasValue(1);
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(ran).containsExactly("a");
    }

    @Test
    void every_child_has_a_first_pass_in_the_order_of_adding() {
        add("a", Step::parked);
        add("b", Step::parked);
        add("c", Step::parked);
        assertThat(ran).isEmpty();

        composite.manageOnce();

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void a_child_that_asked_for_a_delay_runs_at_its_nanosecond_and_not_before() {
        add("a", () -> Step.after(Duration.ofHours(2))); // beyond the wrap
        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofHours(2)));

        time.advance(Duration.ofHours(2).minusNanos(1));
        assertThat(composite.manageOnce()).isEqualTo(Step.afterNanos(1));
        assertThat(ran).hasSize(1);

        time.advance(Duration.ofNanos(1));
        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofHours(2)));
        assertThat(ran).hasSize(2);
    }

    @Test
    void a_step_of_the_wall_clock_makes_nobody_due() {
        add("a", () -> Step.after(Duration.ofSeconds(10)));
        composite.manageOnce();

        time.stepWall(Duration.ofDays(1));

        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(10)));
        assertThat(ran).hasSize(1);
    }

    @Test
    void only_what_is_due_or_woken_runs() {
        StubLoop a = add("a", Step::parked);
        add("b", () -> Step.after(Duration.ofSeconds(5)));
        add("c", () -> Step.after(Duration.ofSeconds(9)));
        composite.manageOnce();
        ran.clear();

        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(5)));
        assertThat(ran).isEmpty();

        a.wake();
        composite.manageOnce();
        assertThat(ran).containsExactly("a");

        time.advance(Duration.ofSeconds(5));
        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(4)));
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void a_child_that_wants_again_runs_in_the_next_pass_behind_the_others() {
        add("a", Step::again);
        add("b", Step::again);

        assertThat(composite.manageOnce()).isEqualTo(Step.again());
        assertThat(ran).containsExactly("a", "b");
        composite.manageOnce();
        assertThat(ran).containsExactly("a", "b", "a", "b");
    }

    @Test
    void an_early_pass_replaces_the_deadline_that_was_asked_for_before() {
        List<Step> steps = new ArrayList<>(List.of(Step.after(Duration.ofSeconds(5)), Step.parked()));
        StubLoop a = add("a", () -> steps.remove(0));
        composite.manageOnce();

        a.wake();
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());

        time.advance(Duration.ofDays(1));
        composite.manageOnce();
        assertThat(ran).hasSize(2);
    }

    @Test
    void a_child_woken_in_its_own_pass_runs_again() {
        List<StubLoop> self = new ArrayList<>();
        AtomicInteger wakeUps = new AtomicInteger();
        composite.wakeWith(wakeUps::incrementAndGet);
        self.add(add("a", () -> {
            if (ran.size() < 3) {
                self.get(0).wake();
            }
            return Step.parked();
        }));

        for (int passes = 0; wakeUps.getAndSet(0) > 0; passes++) {
            composite.manageOnce();
            assertThat(passes).isLessThan(10);
        }

        assertThat(ran).hasSize(3);
    }

    @Test
    void a_child_woken_by_an_earlier_sibling_runs_in_the_next_pass() {
        List<StubLoop> siblings = new ArrayList<>();
        add("a", () -> {
            siblings.get(0).wake();
            return Step.parked();
        });
        siblings.add(add("b", Step::parked));

        composite.manageOnce();
        composite.manageOnce();

        assertThat(ran).containsExactly("a", "b", "b");
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
    }

    @Test
    void a_pass_that_has_used_up_its_budget_leaves_the_rest_in_order_to_the_next() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            add(name, () -> {
                time.advance(Duration.ofMillis(4)); // of the 10 of a pass
                return name.equals("a") ? Step.again() : Step.parked();
            });
        }

        assertThat(composite.manageOnce()).isEqualTo(Step.again());
        assertThat(ran).containsExactly("a", "b", "c");

        assertThat(composite.manageOnce()).isEqualTo(Step.again());
        assertThat(ran).containsExactly("a", "b", "c", "d", "e", "a");
    }

    @Test
    void a_budget_never_keeps_the_first_child_from_its_pass() {
        CompositeLoop hasty = new CompositeLoop(
                "hasty", time, CompositeLoop.Options.defaults().withBudget(Duration.ofNanos(1)), reports);
        StubLoop a = new StubLoop("a", () -> {
            time.advance(Duration.ofSeconds(1));
            return Step.parked();
        });
        hasty.add(a);

        hasty.manageOnce();

        assertThat(a.passes).isOne();
    }

    @Test
    void the_delay_of_a_child_counts_from_the_end_of_its_pass() {
        add("slow", () -> {
            time.advance(Duration.ofMillis(3));
            return Step.after(Duration.ofSeconds(1));
        });

        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(1)));
        time.advance(Duration.ofSeconds(1).minusNanos(1));
        composite.manageOnce();
        assertThat(ran).hasSize(1);
    }

    @Test
    void what_a_composite_of_composites_wants_is_what_the_most_urgent_child_wants() {
        CompositeLoop outer = CompositeLoop.of("outer", time, composite);
        StubLoop a = add("a", () -> Step.after(Duration.ofSeconds(7)));
        AtomicInteger wakeUps = new AtomicInteger();
        outer.wakeWith(wakeUps::incrementAndGet);
        assertThat(outer.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(7)));
        wakeUps.set(0);

        a.wake();
        a.wake();

        assertThat(wakeUps).hasValue(1);
        outer.manageOnce();
        assertThat(ran).hasSize(2);
    }

    @Test
    void options_refuse_what_makes_no_sense_and_keep_the_rest() {
        CompositeLoop.Options defaults = CompositeLoop.Options.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withBudget(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withPassLimit(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");

        assertThat(defaults.withBudget(Duration.ofMillis(1))
                        .withPassLimit(Duration.ofMillis(2))
                        .withBackoff(Backoff.none()))
                .isEqualTo(new CompositeLoop.Options(Duration.ofMillis(1), Duration.ofMillis(2), Backoff.none()));
    }
}
