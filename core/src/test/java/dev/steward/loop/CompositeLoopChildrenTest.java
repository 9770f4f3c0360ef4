package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Children come and go: adding, finishing, closing. */
class CompositeLoopChildrenTest {
    private final VirtualTime time = new VirtualTime();
    private final Reports reports = new Reports();
    private final CompositeLoop composite = new CompositeLoop("main", time, CompositeLoop.Options.defaults(), reports);
    private final List<String> closed = new ArrayList<>();

    private final class Closing implements ControlLoop {
        private final String name;
        private Step step = Step.parked();

        private Closing(String name) {
            this.name = name;
        }

        @Override
        public Step manageOnce() {
            return step;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void close() {
            closed.add(name);
            if (name.startsWith("bad")) {
                throw new IllegalStateException("will not close");
            }
        }
    }

    private Closing add(String name) {
        Closing child = new Closing(name);
        composite.add(child);
        return child;
    }

    private Closing addFinished(String name) {
        Closing child = add(name);
        child.step = Step.finished();
        return child;
    }

    @Test
    void a_finished_child_is_closed_and_never_called_again() {
        StubLoop child = new StubLoop("child", Step::finished);
        composite.add(child);
        add("other");

        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(child.closes).isOne();

        child.wake();
        time.advance(Duration.ofDays(1));
        composite.manageOnce();
        composite.close();
        assertThat(child.passes).isOne();
        assertThat(child.closes).isOne();
    }

    @Test
    void is_finished_when_all_of_its_children_are_and_stays_so() {
        addFinished("a");
        Closing b = add("b");
        b.step = Step.again();
        assertThat(composite.manageOnce()).isEqualTo(Step.again());

        b.step = Step.finished();

        assertThat(composite.manageOnce()).isEqualTo(Step.finished());
        assertThat(composite.manageOnce()).isEqualTo(Step.finished());
    }

    @Test
    void is_not_finished_while_a_child_waits_that_the_last_one_added_in_its_last_pass() {
        StubLoop successor = StubLoop.parked("successor");
        composite.add(new StubLoop("last", () -> {
            composite.add(successor);
            return Step.finished();
        }));

        assertThat(composite.manageOnce()).isEqualTo(Step.again());
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(successor.passes).isOne();
    }

    @Test
    void comes_alive_again_when_a_child_is_added_after_the_last_has_finished() {
        addFinished("a");
        composite.manageOnce();

        StubLoop next = StubLoop.parked("next");
        composite.add(next);

        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(next.passes).isOne();
    }

    @Test
    void the_wake_up_of_a_finished_child_does_not_reach_who_has_its_place_now() {
        StubLoop old = new StubLoop("old", Step::finished);
        composite.add(old);
        add("other");
        composite.manageOnce();
        StubLoop young = StubLoop.parked("young");
        composite.add(young);
        composite.manageOnce();

        old.wake();
        composite.manageOnce();
        assertThat(young.passes).isOne();
        young.wake();
        composite.manageOnce();
        assertThat(young.passes).isEqualTo(2);
    }

    @Test
    void a_child_that_finishes_with_a_deadline_behind_it_leaves_none_to_its_place() {
        List<Step> steps = new ArrayList<>(List.of(Step.after(Duration.ofSeconds(5)), Step.finished()));
        StubLoop old = new StubLoop("old", () -> steps.remove(0));
        composite.add(old);
        composite.manageOnce();
        old.wake();
        composite.manageOnce();
        StubLoop young = StubLoop.parked("young");
        composite.add(young);
        composite.manageOnce();

        time.advance(Duration.ofSeconds(10));
        composite.manageOnce();

        assertThat(young.passes).isOne();
    }

    @Test
    void a_child_added_in_a_pass_has_its_first_pass_in_the_next() {
        StubLoop late = StubLoop.parked("late");
        composite.add(new StubLoop("parent", () -> {
            composite.add(late);
            return Step.parked();
        }));

        assertThat(composite.manageOnce()).isEqualTo(Step.again());
        assertThat(late.passes).isZero();
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(late.passes).isOne();
    }

    @Test
    @Timeout(60)
    void children_may_be_added_from_many_threads_and_each_has_its_first_pass() throws InterruptedException {
        int threads = 4;
        int each = 1_000;
        Semaphore woken = new Semaphore(0);
        AtomicInteger passes = new AtomicInteger();
        composite.wakeWith(woken::release);
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    composite.add(new StubLoop("child", () -> {
                        passes.incrementAndGet();
                        return Step.parked();
                    }));
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        while (passes.get() < threads * each) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS))
                    .as("passes: %s", passes)
                    .isTrue();
            while (composite.manageOnce().kind() == Step.Kind.AGAIN) {
                woken.drainPermits();
            }
        }
        assertThat(passes).hasValue(threads * each);
    }

    @Test
    void closes_its_children_the_last_added_first_also_where_places_were_taken_again() {
        addFinished("gone");
        add("b");
        add("c");
        composite.manageOnce();
        add("d"); // in the place of the first
        composite.manageOnce();
        closed.clear();

        composite.close();

        assertThat(closed).containsExactly("d", "c", "b");
    }

    @Test
    void a_child_that_will_not_close_is_reported_and_the_others_are_closed() {
        add("a");
        add("bad");
        add("c");
        composite.manageOnce();

        composite.close();

        assertThat(closed).containsExactly("c", "bad", "a");
        assertThat(reports.lines).containsExactly("bad failed 1 in a row, next in 0 ms: will not close");
    }

    @Test
    void a_finished_child_that_will_not_close_is_reported_too() {
        addFinished("bad");
        Closing b = add("b");

        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(reports.lines).containsExactly("bad failed 1 in a row, next in 0 ms: will not close");
        b.step = Step.finished();
    }

    @Test
    void closing_twice_closes_the_children_once() {
        add("a");
        composite.manageOnce();

        composite.close();
        composite.close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void a_child_that_never_had_a_pass_is_closed_as_well() {
        add("a");

        composite.close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void a_closed_composite_is_finished_and_takes_no_child() {
        composite.close();

        assertThat(composite.manageOnce()).isEqualTo(Step.finished());
        assertThatIllegalStateException()
                .isThrownBy(() -> add("late"))
                .withMessageContaining("'main'")
                .withMessageContaining("'late'");
    }

    @Test
    void is_not_its_own_child() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> composite.add(composite))
                .withMessageContaining("'main'");
    }

    @Test
    void a_loop_that_nothing_wakes_and_that_holds_nothing_need_not_say_so() {
        ControlLoop plain = new ControlLoop() {
            @Override
            public Step manageOnce() {
                return Step.finished();
            }

            @Override
            public String name() {
                return "plain";
            }
        };

        assertThatCode(() -> {
                    try (CompositeLoop of = CompositeLoop.of("of", time, plain)) {
                        assertThat(of.manageOnce()).isEqualTo(Step.finished());
                        assertThat(of.name()).isEqualTo("of");
                    }
                })
                .doesNotThrowAnyException();
    }
}
