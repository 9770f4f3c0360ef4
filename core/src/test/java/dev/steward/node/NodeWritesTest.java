package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodeWritesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Scene scene = Scene.of("mc2");
    private final TableChannel channel = scene.channel();
    private final Node node = scene.node();

    @Test
    void asks_for_what_it_is_told_to_and_for_nothing_else() {
        node.setManaged();
        node.setRequest("B");
        node.operate(NodeOp.PAUSE);
        node.load();
        node.release();
        scene.pass().pass();

        assertThat(channel.takeWrites())
                .containsExactly(
                        new NodeWrite.Manage("BOSS"),
                        new NodeWrite.Request("B"),
                        new NodeWrite.Operate(NodeOp.PAUSE),
                        new NodeWrite.Load(),
                        new NodeWrite.Release(false));
        assertThat(node.op()).isEqualTo(NodeOp.PAUSE);
        assertThat(scene.checks()).containsExactly("alive");
    }

    @Test
    void says_nothing_about_the_request_while_its_own_has_no_answer() {
        channel.taker = channel::holding;

        node.setRequest("B");
        scene.pass();
        assertThat(node.isRequestPending()).isTrue();
        assertThat(node.faults()).isEmpty();

        channel.apply(new NodeWrite.Request("B"));
        channel.answer(WriteOutcome.accepted());
        assertThat(node.isRequestPending()).isTrue();
        scene.pass();
        assertThat(node.isRequestPending()).isFalse();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void says_nothing_about_the_management_while_its_own_has_no_answer() {
        channel.taker = channel::holding;

        node.setManaged();
        scene.pass();
        assertThat(node.faults()).isEmpty();

        channel.answer(WriteOutcome.accepted()); // and does not do it
        scene.pass();
        assertThat(scene.checks()).containsExactly("management");
    }

    @Test
    void tells_of_all_else_while_an_answer_is_due() {
        channel.taker = channel::holding;
        node.setRequest("B");
        channel.change(records -> records.error(NodeError.TRUE).op(NodeOp.STOP).notification(true));
        scene.pass();

        assertThat(scene.checks()).containsExactly("alive", "error", "notification");
    }

    static Stream<WriteOutcome> failures() {
        return Stream.of(WriteOutcome.refused("no"), WriteOutcome.notSent("no line"), WriteOutcome.unknown("gone"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_write_that_failed_is_a_fault_of_its_own_kind(WriteOutcome outcome) {
        channel.taker = channel.answering(outcome);

        node.setRequest("B");
        assertThat(node.isInFault()).isFalse();
        scene.pass();

        assertThat(node.faults())
                .containsExactly(new NodeFault.WriteFailed("mc2", new NodeWrite.Request("B"), outcome));
        assertThat(scene.told()).containsExactly("mc2: request B " + outcome);
        assertThat(scene.notified()).containsExactly("mc2: request B " + outcome);
        assertThat(scene.manager.isInFault()).isTrue();
        assertThat(node.isRequestPending()).isFalse();
        assertThat(node.lastRequest()).contains("B");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void every_kind_of_write_may_fail(WriteOutcome outcome) {
        channel.taker = channel.answering(outcome);

        node.setManaged();
        node.operate(NodeOp.STOP);
        node.load();
        scene.pass();
        assertThat(scene.checks()).containsExactly("write", "write", "write");

        node.release(); // overtakes the first
        scene.pass();
        assertThat(scene.told()).hasSize(3).noneMatch(message -> message.contains("be managed"));
    }

    @Test
    void a_fault_of_a_write_ends_when_it_is_asked_again_with_success() {
        channel.taker = channel.answering(WriteOutcome.refused("no"));
        node.setRequest("B");
        scene.pass();

        channel.taker = channel::accepting;
        assertThat(node.revive()).isTrue();
        assertThat(node.faults()).isEmpty();
        scene.pass();
        assertThat(node.faults()).isEmpty();
        assertThat(scene.notified()).isEmpty();
    }

    @Test
    void a_fault_of_a_write_ends_when_it_is_acknowledged_and_the_check_takes_its_place() {
        channel.taker = channel.answering(WriteOutcome.refused("no"));
        node.setRequest("B");
        node.setManaged();
        scene.pass();
        assertThat(scene.checks()).containsExactly("write", "write");

        assertThat(node.acknowledge()).isTrue();
        assertThat(scene.checks()).containsExactly("request", "management");
        assertThat(node.acknowledge()).isFalse();
        assertThat(channel.takeWrites()).hasSize(2);
    }

    @Test
    void what_has_no_answer_yet_cannot_be_acknowledged() {
        channel.taker = channel::holding;
        node.setRequest("B");

        assertThat(node.acknowledge()).isFalse();
        assertThat(node.isRequestPending()).isTrue();
    }

    @Test
    void an_unknown_end_is_settled_by_a_later_view_that_shows_the_wish() {
        channel.taker = channel.answering(WriteOutcome.unknown("gone"));
        node.setRequest("B");
        scene.pass();
        channel.change(records -> records.notification(true));
        scene.pass();
        assertThat(scene.checks()).containsExactly("write", "notification");

        channel.change(records -> records.request("B").target("B").notification(false));
        scene.pass();
        assertThat(node.faults()).isEmpty();
        assertThat(scene.notified()).isEmpty();
    }

    @Test
    void an_unknown_end_of_what_was_so_before_needs_a_newer_view() {
        channel.taker = channel.answering(WriteOutcome.unknown("gone"));
        node.setRequest("A");
        scene.pass();
        assertThat(scene.checks()).containsExactly("write");

        channel.change(records -> records);
        scene.pass();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void a_refusal_of_what_was_so_before_stays_until_it_is_acknowledged() {
        channel.taker = channel.answering(WriteOutcome.refused("no"));
        node.setRequest("A");
        scene.pass();
        channel.change(records -> records);
        scene.pass();
        assertThat(scene.checks()).containsExactly("write");

        node.acknowledge();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void each_kind_of_write_is_settled_by_what_it_is_about() {
        channel.taker = channel.answering(WriteOutcome.unknown("gone"));
        node.setManaged();
        node.operate(NodeOp.PAUSE);
        scene.pass();
        assertThat(scene.checks()).containsExactly("write", "write");

        channel.apply(new NodeWrite.Manage("BOSS"));
        scene.pass();
        assertThat(scene.checks()).containsExactly("write");
        channel.apply(new NodeWrite.Operate(NodeOp.PAUSE));
        scene.pass();
        assertThat(scene.checks()).containsExactly("alive");

        node.release();
        scene.pass();
        assertThat(scene.checks()).containsExactly("alive", "write");
        channel.apply(new NodeWrite.Release(false));
        scene.pass();
        assertThat(scene.checks()).containsExactly("alive");
    }

    @Test
    void an_answer_is_waited_for_until_the_limit_exactly() {
        channel.taker = channel::holding;
        node.setRequest("B");
        scene.pass();
        assertThat(scene.step).isEqualTo(Step.after(LIMIT));

        scene.after(LIMIT.minus(Scene.NANO));
        assertThat(node.isRequestPending()).isTrue();
        assertThat(node.faults()).isEmpty();
        assertThat(scene.step).isEqualTo(Step.after(Scene.NANO));

        scene.after(Scene.NANO);
        assertThat(node.isRequestPending()).isFalse();
        assertThat(scene.told()).containsExactly("mc2: request B unknown: no answer in time");
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void the_limit_is_an_option() {
        Scene hasty = Scene.with(NodeManager.Options.defaults().withWriteLimit(Duration.ofMillis(20)), "mc2");
        hasty.channel().taker = hasty.channel()::holding;
        hasty.node().setRequest("B");

        hasty.after(Duration.ofMillis(20).minus(Scene.NANO));
        assertThat(hasty.checks()).isEmpty();
        hasty.after(Scene.NANO);
        assertThat(hasty.checks()).containsExactly("write");
    }

    @Test
    void what_is_seen_to_be_so_at_the_limit_is_no_trouble() {
        channel.taker = channel::holding;
        node.setRequest("B");
        channel.apply(new NodeWrite.Request("B"));

        scene.after(LIMIT.minus(Scene.NANO));
        assertThat(node.isRequestPending()).isTrue();
        scene.after(Scene.NANO);
        assertThat(node.isRequestPending()).isFalse();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void a_late_answer_counts_in_place_of_the_one_that_was_given_up() {
        channel.taker = channel::holding;
        node.setRequest("B");
        node.setManaged();
        scene.after(LIMIT);
        assertThat(scene.checks()).containsExactly("write", "write");

        channel.apply(new NodeWrite.Request("C")); // by somebody else, later
        channel.answer(WriteOutcome.accepted());
        channel.answer(WriteOutcome.refused("too late"));
        scene.pass();
        assertThat(scene.told())
                .containsExactly("mc2: REQUEST changed: B -> C", "mc2: be managed by BOSS refused: too late");
    }

    @Test
    void the_first_of_two_answers_counts() {
        channel.taker = (write, done) -> {
            done.accept(WriteOutcome.refused("no"));
            done.accept(WriteOutcome.accepted());
        };
        node.setRequest("B");
        scene.pass();
        assertThat(scene.checks()).containsExactly("write");

        channel.taker = (write, done) -> {
            channel.accepting(write, done);
            done.accept(WriteOutcome.refused("no"));
        };
        node.setRequest("B");
        scene.pass();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void a_newer_request_overtakes_and_the_answer_to_the_older_one_is_not_listened_to() {
        channel.taker = channel::holding;
        node.setRequest("B");
        node.setRequest("C");

        channel.answer(WriteOutcome.refused("no B"));
        scene.pass();
        assertThat(node.isRequestPending()).isTrue();
        assertThat(node.faults()).isEmpty();

        channel.answer(WriteOutcome.refused("no C"));
        scene.pass();
        assertThat(scene.told()).containsExactly("mc2: request C refused: no C");
    }

    @Test
    void a_throw_is_a_write_whose_end_nobody_knows() {
        channel.taker = (write, done) -> {
            throw new IllegalStateException("broken");
        };

        node.setRequest("B");
        assertThat(scene.checks()).containsExactly("write");
        assertThat(scene.told())
                .singleElement()
                .asString()
                .contains("request B unknown")
                .contains("broken");

        channel.taker = channel::accepting;
        node.setRequest("B");
        scene.pass();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void an_answer_that_is_null_is_one_whose_end_nobody_knows() {
        channel.taker = (write, done) -> done.accept(nothing());
        node.setRequest("B");
        node.setManaged();

        scene.pass();
        assertThat(scene.told())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("unknown"));

        channel.apply(new NodeWrite.Request("B"));
        scene.pass();
        assertThat(scene.checks()).containsExactly("write");
    }

    @SuppressWarnings("NullAway") // what a channel must not do
    private static WriteOutcome nothing() {
        @Nullable WriteOutcome nothing = null;
        return nothing;
    }

    @Test
    void a_write_before_the_first_pass_is_made_at_once() {
        Scene early = new Scene(NodeManager.Options.defaults(), "mc2");
        early.node().setManaged();
        early.node().setRequest("A");

        assertThat(early.takeWrites()).hasSize(2);
        assertThat(early.node().hasArrived()).isFalse();
        early.pass();
        assertThat(early.node().hasArrived()).isTrue();
        assertThat(early.node().isManagedByUs()).isTrue();
        assertThat(early.told()).isEmpty();
    }

    @Test
    void an_answer_wakes_the_loop() {
        int[] woken = {0};
        scene.manager.wakeWith(() -> woken[0]++);
        channel.taker = channel::holding;
        node.setRequest("B");
        scene.pass();
        woken[0] = 0;

        channel.answer(WriteOutcome.accepted());
        assertThat(woken[0]).isEqualTo(1);
        assertThat(List.of(scene.pass().step)).containsExactly(Step.parked());
    }
}
