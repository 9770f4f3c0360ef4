package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testkit.contract.RegisterHistory;
import org.junit.jupiter.api.Test;

class RegisterHistoryTest {
    private final RegisterHistory history = RegisterHistory.exact();

    @Test
    void an_order_explains_what_overlaps() {
        RegisterHistory.Operation a = history.create("A", "k", "a");
        RegisterHistory.Operation seen = history.read("B", "k");
        seen.found(1, "a");
        RegisterHistory.Operation put = history.put("B", "k", 1, "b");
        a.done(1);
        history.read("A", "k").found(1, "a");
        put.done(2);
        history.delete("C", "k", 2).done(3);
        history.read("A", "k").foundNothing();
        history.create("C", "k", "c").done(4);

        assertThatCode(history::check).doesNotThrowAnyException();
    }

    @Test
    void nothing_explains_a_read_of_what_was_before_a_write_that_was_done() {
        history.create("A", "k", "a").done(1);
        history.put("A", "k", 1, "b").done(2);
        history.read("B", "k").found(1, "a");

        assertThatThrownBy(history::check).hasMessageContaining("no order").hasMessageContaining("found 'a' @1");
    }

    @Test
    void a_lagging_read_shows_what_was_before_but_not_before_its_own_writes() {
        RegisterHistory lagging = RegisterHistory.laggingReads();
        lagging.create("A", "k", "a").done(1);
        lagging.put("A", "k", 1, "b").done(2);
        lagging.read("B", "k").found(1, "a");
        assertThatCode(lagging::check).doesNotThrowAnyException();

        lagging.read("A", "k").found(1, "a");
        assertThatThrownBy(lagging::check).hasMessageContaining("no order");
    }

    @Test
    void nothing_explains_two_writes_that_expect_the_same() {
        history.create("A", "k", "a").done(1);
        RegisterHistory.Operation one = history.put("A", "k", 1, "b");
        RegisterHistory.Operation other = history.put("B", "k", 1, "c");
        one.done(2);
        other.done(3);

        assertThatThrownBy(history::check).hasMessageContaining("no order");
    }

    @Test
    void what_is_unknown_may_have_happened_late_or_never() {
        history.create("A", "k", "a").done(1);
        RegisterHistory.Operation late = history.put("A", "k", 1, "b");
        history.read("B", "k").found(1, "a");
        history.put("A", "k", 1, "never");
        history.read("B", "k").found(3, "b");
        history.read("C", "k").found(3, "b");

        assertThatCode(history::check).doesNotThrowAnyException();
        assertThatCode(() -> late.toString().contains("?")).doesNotThrowAnyException();
    }

    @Test
    void what_was_certainly_not_done_is_never_seen() {
        history.create("A", "k", "a").done(1);
        history.put("A", "k", 1, "b").nothing();
        history.read("B", "k").found(2, "b");

        assertThatThrownBy(history::check).hasMessageContaining("no order");
    }

    @Test
    void revisions_grow_and_each_is_of_one_record() {
        history.create("A", "k", "a").done(2);
        history.put("A", "k", 2, "b").done(1);
        assertThatThrownBy(history::check).hasMessageContaining("no order");

        RegisterHistory twice = RegisterHistory.exact();
        twice.create("A", "k", "a").done(2);
        twice.read("B", "k").found(3, "a");
        assertThatThrownBy(twice::check).hasMessageContaining("one revision");
    }
}
