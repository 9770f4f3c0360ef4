package dev.steward.store;

import static dev.steward.store.CacheScene.NANO;
import static dev.steward.store.CacheScene.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.internal.AllocatedBytes;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCacheTest {
    private final CacheScene scene = new CacheScene();
    private final HeldStore store = scene.store;
    private final RecordCache cache = scene.cache;

    /** Says its name when it is woken. */
    private record Woken(String name) implements ControlLoop {
        @Override
        public Step manageOnce() {
            return Step.parked();
        }
    }

    @Test
    void asks_for_nothing_before_it_is_polled_and_wants_to_be_at_once() {
        assertThat(store.asked).isEmpty();
        assertThat(cache.isLoaded()).isFalse();
        assertThat(cache.next()).isEqualTo(Step.again());
        assertThat(cache.staleness()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void loads_what_it_follows_and_nothing_else() {
        scene.write("a/1", "x");
        scene.write("b/1", "y");
        scene.write("a/1", "z");

        cache.poll();

        assertThat(cache.isLoaded()).isTrue();
        assertThat(cache.size()).isOne();
        assertThat(scene.text("a/1")).isEqualTo("z");
        assertThat(cache.get("b/1")).isEmpty();
        assertThat(scene.seen).containsExactly(">a/1=z@3");
        assertThat(store.asked).containsExactly("changes after 0");
        assertThat(cache.next()).isEqualTo(Step.after(PERIOD));
    }

    @Test
    void loads_page_by_page_eight_in_a_poll_and_goes_on_at_once() {
        CacheScene paged = new CacheScene(RecordCache.Options.defaults().withPageSize(1));
        for (int i = 1; i <= 10; i++) {
            paged.write("a/" + i, "x");
        }

        paged.cache.poll();
        assertThat(paged.store.asked).hasSize(8);
        assertThat(paged.cache.isLoaded()).isFalse();
        assertThat(paged.cache.next()).isEqualTo(Step.again());

        paged.cache.poll();
        assertThat(paged.cache.isLoaded()).isTrue();
        assertThat(paged.cache.size()).isEqualTo(10);
        assertThat(paged.store.asked).hasSize(10).endsWith("changes after 8", "changes after 9");
    }

    @Test
    void reads_again_one_period_after_it_last_began_at_the_very_nanosecond() {
        scene.loaded();
        store.hints = false;
        scene.write("a/1", "x");

        assertThat(scene.after(PERIOD.minus(NANO))).isEqualTo(Step.after(NANO));
        assertThat(store.asked).isEmpty();
        assertThat(scene.after(NANO)).isEqualTo(Step.after(PERIOD));

        assertThat(store.asked).containsExactly("changes after 0");
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void counts_the_period_from_when_a_read_began_and_not_from_its_answer() {
        scene.loaded();
        store.holds = true;
        scene.after(PERIOD);
        scene.after(Duration.ofMillis(300));
        store.answer();

        assertThat(scene.after(Duration.ZERO)).isEqualTo(Step.after(Duration.ofMillis(700)));
        assertThat(cache.staleness()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void reads_when_the_store_hints_and_not_again_until_the_next_hint() {
        scene.loaded();

        scene.write("a/1", "x");
        assertThat(cache.next()).isEqualTo(Step.again());
        cache.poll();
        cache.poll();

        assertThat(store.asked).containsExactly("changes after 0");
        assertThat(scene.seen).containsExactly(">a/1=x@1");
    }

    @Test
    void a_hint_while_a_read_is_on_its_way_brings_another_read() {
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();
        Runnable early = store.perform();
        scene.write("a/1", "x");
        early.run();
        cache.poll();
        store.answerAll();
        cache.poll();

        assertThat(store.asked).hasSize(2);
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void wakes_every_loop_once_for_any_number_of_hints() {
        List<String> woken = new ArrayList<>();
        ControlLoop one = new Woken("one");
        ControlLoop two = new Woken("two");
        cache.wakes(one, () -> woken.add("one"));
        cache.wakes(two, () -> woken.add("two"));
        assertThat(woken).containsExactly("one", "two");
        scene.loaded();
        woken.clear();

        store.hint();
        store.hint();
        assertThat(woken).containsExactlyInAnyOrder("one", "two");

        cache.poll();
        woken.clear();
        cache.wakesNoMore(one);
        store.hint();
        assertThat(woken).containsExactly("two");
    }

    @Test
    void an_answer_wakes_the_loops() {
        List<String> woken = new ArrayList<>();
        store.holds = true;
        cache.poll();
        cache.wakes(new Woken("one"), () -> woken.add("one"));
        woken.clear();

        store.answer();

        assertThat(woken).containsExactly("one");
        assertThat(cache.isLoaded()).isFalse();
        assertThat(cache.next()).isEqualTo(Step.again());
    }

    @Test
    void tells_listeners_of_what_has_come_changed_and_gone_in_the_order_in_which_they_came() {
        scene.loaded();
        cache.follow("a/b/", (before, after) -> scene.seen.add("second"));
        scene.write("a/1", "x");
        scene.write("a/b/1", "x");
        cache.poll();
        scene.write("a/1", "y");
        cache.poll();
        scene.delete("a/1");
        cache.poll();

        assertThat(scene.seen).containsExactly(">a/1=x@1", ">a/b/1=x@2", "second", "a/1=x@1>a/1=y@3", "a/1=y@3>");
        assertThat(cache.size()).isOne();
    }

    @Test
    void tells_a_late_listener_of_what_is_known_within_the_call() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.write("a/b/3", "z");
        scene.delete("a/2");
        scene.loaded();
        List<String> told = new ArrayList<>();

        cache.follow(
                "a/",
                (before, after) ->
                        told.add(before.isPresent() + " " + after.get().key()));
        cache.follow("a/b/", (before, after) -> told.add("b " + after.get().key()));

        assertThat(told).containsExactlyInAnyOrder("false a/1", "false a/b/3", "b a/b/3");
    }

    @Test
    void says_nothing_of_a_record_that_came_and_went_between_two_reads() {
        scene.write("b/1", "so that the store is not empty");
        scene.loaded();
        scene.write("a/1", "x");
        scene.delete("a/1");

        cache.poll();

        assertThat(scene.seen).isEmpty();
        assertThat(cache.rememberedDeletions()).isOne();
    }

    @Test
    void follows_only_what_is_below_its_prefixes() {
        assertThat(cache.follows("a/")).isTrue();
        assertThat(cache.follows("a/b/")).isTrue();
        assertThat(cache.follows("b/")).isFalse();
        assertThat(cache.follows("")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.follow("b/", (before, after) -> {}))
                .withMessage("b/ is not followed by this cache");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.follow("a", (before, after) -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordCache(store, Set.of(), scene.time));
    }

    @Test
    void a_ticket_is_complete_when_a_read_that_began_after_it_is_in() {
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();
        RecordCache.Ticket ticket = cache.refresh();

        store.answer();
        cache.poll();
        assertThat(cache.isComplete(ticket))
                .as("by a read that began before it")
                .isFalse();

        store.answer();
        cache.poll();
        assertThat(cache.isComplete(ticket)).isTrue();
        assertThat(cache.isComplete(cache.refresh())).isFalse();
    }

    @Test
    void a_ticket_with_a_revision_waits_until_that_is_in_too() {
        scene.loaded();
        RecordCache.Ticket ticket = cache.refresh();
        cache.poll();
        long next = 1;
        assertThat(cache.isComplete(ticket, next - 1)).isTrue();
        assertThat(cache.isComplete(ticket, next)).isFalse();

        scene.write("a/1", "x");
        cache.poll();
        assertThat(cache.isComplete(ticket, next)).isTrue();
    }

    @Test
    void remembers_a_deletion_for_an_hour_to_the_nanosecond() {
        scene.write("a/1", "x");
        scene.loaded();
        scene.delete("a/1");
        cache.poll();
        Duration hour = Duration.ofHours(1);

        scene.after(hour.minus(NANO));
        assertThat(cache.rememberedDeletions()).isOne();
        scene.after(NANO);
        assertThat(cache.rememberedDeletions()).isZero();
    }

    @Test
    void refuses_to_be_polled_or_closed_by_its_listeners() {
        scene.loaded();
        List<Runnable> offences = new ArrayList<>(List.of(cache::poll, cache::close));
        cache.follow("a/", (before, after) -> offences.remove(0).run());

        scene.write("a/1", "x");
        assertThatIllegalStateException()
                .isThrownBy(cache::poll)
                .withMessage("two passes at once of loop 'record cache'");
        scene.write("a/1", "y");
        assertThatIllegalStateException()
                .isThrownBy(cache::poll)
                .withMessage("close during a pass of loop 'record cache'");
    }

    @Test
    void asks_nothing_and_allocates_nothing_while_nothing_is_due() throws ReflectiveOperationException {
        scene.write("a/1", "x");
        scene.loaded();
        AllocatedBytes allocated = new AllocatedBytes();
        Runnable polls = () -> {
            for (int i = 0; i < 20_000; i++) {
                cache.poll();
            }
        };
        polls.run();

        assertThat(allocated.in(polls)).isZero();
        assertThat(store.asked).isEmpty();
    }

    @Test
    void reads_no_more_and_tells_nobody_anything_once_it_is_closed() {
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();
        scene.write("a/1", "x");
        store.asked.clear();

        cache.close();
        cache.close();
        store.answerAll();
        store.hint();

        assertThat(scene.after(Duration.ofMinutes(1))).isEqualTo(Step.parked());
        assertThat(store.asked).isEmpty();
        assertThat(store.isFollowed()).isFalse();
        assertThat(scene.seen).isEmpty();
        assertThat(scene.write("a/2", "the store is still open")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refuses_options_that_never_read(long nanos) {
        RecordCache.Options options = RecordCache.Options.defaults();
        Duration none = Duration.ofNanos(nanos);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withCallLimit(none))
                .withMessage("call limit is not above zero: " + none);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withPeriod(none))
                .withMessage("period is not above zero: " + none);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withPageSize((int) nanos))
                .withMessage("page size is below 1: " + nanos);
    }

    @Test
    void keeps_all_other_options_when_one_is_changed() {
        Backoff retry = Backoff.constant(Duration.ofSeconds(9));
        RecordCache.Options options = RecordCache.Options.defaults()
                .withCallLimit(Duration.ofSeconds(1))
                .withPeriod(Duration.ofSeconds(2))
                .withPageSize(3)
                .withRetry(retry);

        assertThat(options).isEqualTo(new RecordCache.Options(Duration.ofSeconds(1), Duration.ofSeconds(2), 3, retry));
    }

    @Test
    void a_hint_shortens_the_wait_after_trouble_to_ten_milliseconds_and_a_ticket_does_not() {
        store.trouble = new StoreTrouble.Unavailable("busy");
        cache.poll();
        store.asked.clear();
        cache.refresh();
        cache.poll();
        assertThat(cache.next()).isEqualTo(Step.after(Duration.ofMillis(100)));

        for (int i = 0; i < 100; i++) {
            store.hint();
            cache.poll();
        }

        assertThat(store.asked).isEmpty();
        assertThat(cache.next()).isEqualTo(Step.after(Duration.ofMillis(10)));
    }
}
