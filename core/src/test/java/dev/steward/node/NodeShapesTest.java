package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that go between a manager and its channels. */
class NodeShapesTest {
    @Test
    void writes_refuse_names_that_are_empty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeWrite.Request(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeWrite.Manage(""));
    }

    @Test
    void writes_say_what_they_are_about() {
        List<NodeWrite> writes = List.of(
                new NodeWrite.Request("B"),
                new NodeWrite.Manage("BOSS"),
                new NodeWrite.Release(true),
                new NodeWrite.Operate(NodeOp.PAUSE),
                new NodeWrite.Load());

        assertThat(writes)
                .extracting(NodeWrite::kind)
                .containsExactly(
                        NodeWrite.Kind.REQUEST,
                        NodeWrite.Kind.MANAGEMENT,
                        NodeWrite.Kind.MANAGEMENT,
                        NodeWrite.Kind.OP,
                        NodeWrite.Kind.LOAD);
        assertThat(writes)
                .extracting(NodeWrite::text)
                .containsExactly("request B", "be managed by BOSS", "be released", "OP PAUSE", "load");
    }

    @Test
    void outcomes_read_as_words() {
        assertThat(WriteOutcome.accepted()).hasToString("accepted");
        assertThat(WriteOutcome.refused("no")).hasToString("refused: no");
        assertThat(WriteOutcome.notSent("")).hasToString("not sent");
        assertThat(WriteOutcome.unknown("gone")).hasToString("unknown: gone");
        assertThat(WriteOutcome.accepted().isAccepted()).isTrue();
        assertThat(WriteOutcome.notSent("").isAccepted()).isFalse();
    }

    @Test
    void numbers_of_records_are_those_of_guardian() {
        assertThat(NodeOp.values()).containsExactly(NodeOp.STOP, NodeOp.PAUSE, NodeOp.EXEC);
        assertThat(NodeMode.values()).containsExactly(NodeMode.AUTO, NodeMode.MANAGED, NodeMode.MANUAL);
        assertThat(NodeStatus.values())
                .extracting(Enum::name)
                .containsExactly("ENTER", "MAIN", "RUN", "DONE", "JUMP", "REDIRECT", "EDGE", "INIT");
        assertThat(NodeError.values()).extracting(NodeError::number).containsExactly(0, 1, 3);
    }

    @Test
    void a_view_of_nothing_is_of_a_node_that_is_not_there() {
        NodeView nothing = NodeView.unseen();

        assertThat(nothing.connected()).isFalse();
        assertThat(nothing.version()).isZero();
        assertThat(nothing.isAlive() || nothing.isManaged() || nothing.isDone() || nothing.isStalled())
                .isFalse();
        assertThat(nothing.isIn("")).isFalse();
        assertThat(nothing.isManagedBy("")).isFalse();
    }

    @Test
    void a_view_is_built_record_by_record_and_copied_whole() {
        NodeView view = NodeView.in("A")
                .op(NodeOp.PAUSE)
                .mode(NodeMode.MANAGED)
                .manager("BOSS")
                .request("R")
                .target("T")
                .nominal("N")
                .status(NodeStatus.RUN)
                .error(NodeError.CONNECT)
                .connect("ERROR")
                .messages(List.of("hello"))
                .ok(true)
                .active(true)
                .stateSince(Instant.ofEpochSecond(1))
                .at(Instant.ofEpochSecond(2))
                .version(7)
                .build();

        assertThat(view.toBuilder().build()).isEqualTo(view);
        assertThat(view)
                .isEqualTo(new NodeView(
                        true,
                        NodeOp.PAUSE,
                        NodeMode.MANAGED,
                        "BOSS",
                        "A",
                        "R",
                        "T",
                        "N",
                        NodeStatus.RUN,
                        NodeError.CONNECT,
                        "ERROR",
                        true,
                        List.of("hello"),
                        true,
                        true,
                        Instant.ofEpochSecond(1),
                        Instant.ofEpochSecond(2),
                        7));
    }

    @Test
    void a_view_keeps_its_messages_whatever_becomes_of_the_list() {
        List<String> messages = new ArrayList<>(List.of("hello"));
        NodeView view = NodeView.in("A").messages(messages).build();
        messages.clear();

        assertThat(view.messages()).containsExactly("hello");
        assertThat(view.notification()).isTrue();
        assertThat(view.toBuilder().messages(List.of()).build().notification()).isFalse();
    }

    @Test
    void ok_by_rule_is_false_for_a_node_that_is_not_there() {
        NodeViewBuilder ready = NodeView.in("A").nominal("A").status(NodeStatus.DONE);
        assertThat(ready.okByRule().build().ok()).isTrue();
        assertThat(ready.connected(false).okByRule().build().ok()).isFalse();
    }

    @Test
    void each_check_is_a_fault_but_for_what_is_only_told() {
        assertThat(NodeFault.Check.values())
                .filteredOn(check -> !check.isFault())
                .containsExactly(NodeFault.Check.NOTIFICATION, NodeFault.Check.STALL, NodeFault.Check.SKIPPED);
        assertThat(new NodeFault.HasStalled("a", "A", "B").isFault()).isFalse();
        assertThat(new NodeFault.NotConnected("a").isFault()).isTrue();
    }
}
