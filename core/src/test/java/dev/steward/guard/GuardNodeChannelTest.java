package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A node as its own channel: views, answers, hints, loads, and its end. */
class GuardNodeChannelTest {
    private final Rig rig = Rig.doneIn("A");

    @Test
    void shows_a_view_before_its_first_pass() {
        NodeView view = Rig.usual().view();

        assertThat(view.connected()).isTrue();
        assertThat(view.state()).isEqualTo("INIT");
        assertThat(view.nominal()).isEqualTo("C");
        assertThat(view.active()).isFalse();
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.at()).isEqualTo(view.stateSince());
    }

    @Test
    void tells_events_then_answers_then_hints_when_the_view_is_there() {
        List<String> order = new ArrayList<>();
        Subscription events = rig.feed.subscribe(() -> order.add("event " + rig.shown()));
        rig.node.listen(() -> order.add("hint " + rig.shown()));
        rig.time.advance(Rig.PERIOD);
        rig.node.write(new NodeWrite.Request("B"), outcome -> order.add(outcome + " " + rig.shown()));
        assertThat(order).isEmpty();

        rig.finish("A");
        rig.cycle();
        rig.cycle();

        assertThat(order).containsExactly("event B B B RUN", "accepted B B B RUN", "hint B B B RUN");
        events.close();
    }

    @Test
    void a_hint_comes_only_with_a_new_view_and_not_after_its_end() {
        int[] hints = {0};
        Listening listening = rig.node.listen(() -> hints[0]++);
        rig.cycle();
        assertThat(hints[0]).isEqualTo(1); // RUN after DONE
        rig.cycles(10);
        assertThat(hints[0]).isEqualTo(1);

        listening.close();
        listening.close();
        rig.request("B");
        assertThat(hints[0]).isEqualTo(1);
    }

    @Test
    void one_hint_given_twice_is_ended_one_by_one() {
        int[] hints = {0};
        Runnable hint = () -> hints[0]++;
        Listening first = rig.node.listen(hint);
        rig.node.listen(hint);
        first.close();

        rig.request("B");

        assertThat(hints[0]).isEqualTo(1);
    }

    @Test
    void versions_grow_and_a_pass_without_news_shows_the_same_view() {
        rig.finish("A");
        rig.cycle();
        NodeView before = rig.view();
        rig.cycles(5);
        assertThat(rig.view()).isSameAs(before);

        rig.request("B");
        assertThat(rig.view().version()).isEqualTo(before.version() + 1);
    }

    @Test
    void a_write_wakes_the_loop() {
        int[] woken = {0};
        rig.node.wakeWith(() -> woken[0]++);

        rig.node.request("B");
        rig.node.operate(NodeOp.PAUSE);

        assertThat(woken[0]).isEqualTo(1);
        assertThat(rig.pass()).isEqualTo(Step.parked());
    }

    @Test
    void an_answer_may_ask_again_and_is_done_in_a_pass_at_once() {
        List<WriteOutcome> answers = new ArrayList<>();
        rig.node.write(new NodeWrite.Request("B"), first -> rig.node.write(new NodeWrite.Request("C"), answers::add));

        assertThat(rig.pass()).isEqualTo(Step.again());
        assertThat(answers).isEmpty();
        rig.pass();

        assertThat(answers).containsExactly(WriteOutcome.accepted());
        assertThat(rig.view().request()).isEqualTo("C");
    }

    @Test
    void writes_of_one_pass_are_done_in_their_order() {
        rig.node.request("B");
        rig.node.write(new NodeWrite.Manage("M"), outcome -> {});
        rig.node.setMode(NodeMode.MANUAL);
        rig.node.request("X");
        rig.pass();

        assertThat(rig.shown()).isEqualTo("A X X RUN");
        assertThat(rig.view().manager()).isEqualTo("M");
    }

    @Test
    void knows_its_states() {
        assertThat(rig.node.states()).containsExactly("INIT", "A", "B", "C", "D", "X", "P", "SAFE");
        assertThat(rig.node.node()).isEqualTo(rig.node.name()).isEqualTo("N");
    }

    @Test
    void ok_and_active_follow_their_rules() {
        rig.goTo("C");
        assertThat(rig.view().ok()).isTrue();
        assertThat(rig.view().active()).isTrue();
        rig.finish("C");

        rig.manage();
        assertThat(rig.view().ok()).isTrue();
        rig.node.setMode(NodeMode.MANUAL);
        rig.pass();
        assertThat(rig.view().ok()).isFalse();
        assertThat(rig.view().active()).isFalse();
        rig.node.setMode(NodeMode.AUTO);
        rig.node.operate(NodeOp.PAUSE);
        rig.pass();
        assertThat(rig.view().ok()).isFalse();
        assertThat(rig.view().active()).isFalse();
        rig.node.operate(NodeOp.EXEC);
        rig.request("A");
        assertThat(rig.view().ok()).isFalse();
        assertThat(rig.view().active()).isTrue();
    }

    @Test
    void a_load_is_used_from_the_next_call_on() {
        rig.goTo("C");
        Script other = new Script();
        GuardSystem loaded = other.builder().build();
        List<WriteOutcome> answers = new ArrayList<>();

        rig.node.load(loaded, answers::add);
        rig.cycle();

        assertThat(answers).containsExactly(WriteOutcome.accepted());
        assertThat(rig.calls()).isEmpty();
        assertThat(other.calls).containsExactly("C.run");
        assertThat(rig.events()).isEmpty();
        assertThat(rig.node.system()).isSameAs(loaded);
    }

    @Test
    void a_load_of_the_same_system_leaves_the_visit_alone() {
        int[] made = {0};
        GuardSystem system = GuardSystem.named("S")
                .state("A", () -> {
                    made[0]++;
                    return rig.script.state("A").get();
                })
                .request("A")
                .build();
        Rig other = new Rig(rig.script, system, GuardNode.Options.defaults());
        other.cycles(3);

        other.write(new NodeWrite.Load());
        other.cycle();

        assertThat(made[0]).isEqualTo(1);
        assertThat(other.calls()).containsExactly("A.main", "A.run", "A.run");
    }

    @Test
    void a_load_without_the_state_or_the_request_is_refused_and_changes_nothing() {
        rig.request("B");
        GuardSystem withoutA = minimal("B");
        GuardSystem withoutB = minimal("A");
        GuardSystem before = rig.node.system();
        List<WriteOutcome> answers = new ArrayList<>();

        rig.node.load(withoutA, answers::add);
        rig.node.load(withoutB, answers::add);
        rig.node.load(withoutB);
        rig.pass();

        assertThat(answers)
                .containsExactly(
                        WriteOutcome.refused("the state A has vanished"),
                        WriteOutcome.refused("the requested state B has vanished"));
        assertThat(rig.node.system()).isSameAs(before);
        assertThat(rig.shown()).isEqualTo("A B B RUN");
    }

    @Test
    void a_stopped_node_may_be_loaded_with_a_system_without_its_state() {
        rig.request("B");
        rig.node.operate(NodeOp.STOP);
        rig.pass();

        rig.node.load(minimal("B"));
        rig.pass();
        assertThat(rig.shown()).isEqualTo("INIT B B INIT");

        rig.node.operate(NodeOp.EXEC);
        rig.cycles(2);
        assertThat(rig.shown()).isEqualTo("B B B RUN");
    }

    private static GuardSystem minimal(String state) {
        return GuardSystem.named("S")
                .whileIn(state, here -> StateResult.goOn())
                .request(state)
                .build();
    }

    @Test
    void a_load_brings_its_nominal_state_and_its_edges() {
        GuardSystem other = rig.script.builder().edge("A", "D").build();
        rig.goTo("C").request("D");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A B D RUN");
        rig.calls();

        rig.node.load(other);
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("A D D RUN");
        assertThat(rig.calls()).containsExactly("A.run"); // the way is another, the wish is not
    }

    @Test
    void a_call_under_way_shows_from_elsewhere() {
        AtomicReference<Optional<GuardNode.Call>> seen = new AtomicReference<>(Optional.empty());
        rig.script.answer("A.run", () -> {
            rig.time.advance(Duration.ofSeconds(5));
            rig.time.stepWall(Duration.ofDays(1));
            seen.set(rig.node.callUnderWay());
            return StateResult.goOn();
        });
        assertThat(rig.node.callUnderWay()).isEmpty();

        rig.cycle();

        assertThat(seen.get())
                .contains(new GuardNode.Call("A", "run", rig.time.now().minusSeconds(5)));
        assertThat(rig.node.callUnderWay()).isEmpty();
    }

    @Test
    void a_call_that_has_lasted_its_limit_is_a_message_of_the_view_until_it_returns() {
        List<List<String>> seen = new ArrayList<>();
        rig.script.answer("A.run", () -> {
            rig.time.advance(Duration.ofSeconds(10).minusNanos(1));
            seen.add(rig.view().messages());
            rig.time.advance(Duration.ofNanos(1));
            seen.add(rig.view().messages());
            return StateResult.goOn();
        });

        rig.cycle();

        assertThat(seen.get(0)).isEmpty();
        assertThat(seen.get(1)).singleElement().asString().startsWith("run of A has not returned since ");
        assertThat(rig.view().notification()).isFalse();
        assertThatThrownBy(() -> GuardNode.Options.defaults().withCallLimit(Duration.ZERO))
                .hasMessageContaining("PT0S");
    }

    @Test
    void a_closed_node_is_lost_and_takes_nothing() {
        List<String> told = new ArrayList<>();
        rig.node.listen(() -> told.add("connected " + rig.view().connected()));
        rig.node.write(new NodeWrite.Request("B"), outcome -> told.add("early " + outcome));

        rig.node.close();
        rig.node.close();
        rig.node.write(new NodeWrite.Request("B"), outcome -> told.add("late " + outcome));
        rig.node.write(new NodeWrite.Request("B"), outcome -> {
            throw new IllegalStateException("ignored");
        });

        assertThat(told)
                .containsExactly(
                        "early not sent: the node is closed", "connected false", "late not sent: the node is closed");
        assertThat(rig.pass()).isEqualTo(Step.finished());
        assertThat(rig.view().state()).isEqualTo("A");
        assertThat(rig.view().active()).isFalse();
    }

    @Test
    void what_is_asked_of_a_closed_node_wakes_nobody_and_is_kept_nowhere() {
        int[] woken = {0};
        rig.node.close();
        rig.node.wakeWith(() -> woken[0]++);

        rig.node.request("B");
        rig.node.wakeWith(() -> woken[0]++); // a runner is woken at once if anything waits

        assertThat(woken[0]).isZero();
    }

    @Test
    void two_passes_at_once_and_a_close_in_a_pass_are_refused_without_harm() {
        rig.script.answer("A.run", () -> {
            assertThatIllegalStateException().isThrownBy(rig.node::manageOnce);
            assertThatIllegalStateException().isThrownBy(rig.node::close);
            return StateResult.done();
        });

        rig.cycle();

        assertThat(rig.shown()).isEqualTo("A A A DONE");
    }

    @Test
    void a_node_has_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardNode("", rig.node.system(), rig.time))
                .withMessage("a node has no name");
    }
}
