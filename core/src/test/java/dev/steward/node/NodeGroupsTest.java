package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeGroupsTest {
    private final Scene scene = Scene.of("a", "b", "c");
    private final NodeManager manager = scene.manager;
    private final NodeGroup some = manager.only("c", "a");

    static Stream<Arguments> predicates() {
        return Stream.of(
                Arguments.of("arrived", all(NodeGroup::hasArrived), of(Node::hasArrived), to(r -> r.state("B"))),
                Arguments.of("done", all(NodeGroup::isDone), of(Node::isDone), to(r -> r.status(NodeStatus.RUN))),
                Arguments.of(
                        "completed",
                        all(NodeGroup::hasCompleted),
                        of(Node::hasCompleted),
                        to(r -> r.status(NodeStatus.RUN))),
                Arguments.of("managed", all(NodeGroup::isManaged), of(Node::isManaged), to(r -> r.mode(NodeMode.AUTO))),
                Arguments.of(
                        "by us", all(NodeGroup::isManagedByUs), of(Node::isManagedByUs), to(r -> r.manager("OTHER"))),
                Arguments.of("active", all(NodeGroup::isActive), of(Node::isActive), to(r -> r.active(false))),
                Arguments.of("alive", all(NodeGroup::isAlive), of(Node::isAlive), to(r -> r.op(NodeOp.PAUSE))),
                Arguments.of(
                        "free of faults",
                        all(nodes -> !nodes.isInFault()),
                        of(node -> !node.isInFault()),
                        to(r -> r.error(NodeError.TRUE))),
                Arguments.of(
                        "free of check faults",
                        all(nodes -> !nodes.checkFault()),
                        of(node -> !node.checkFault()),
                        to(r -> r.connected(false))),
                Arguments.of(
                        "free of stalls",
                        all(nodes -> nodes.stalledNodes().isEmpty()),
                        of(node -> !node.isStalled()),
                        to(r -> r.request("Z"))),
                Arguments.of("ok", all(nodes -> nodes.notOk().isEmpty()), of(Node::isOk), to(r -> r.ok(false))));
    }

    private static Predicate<NodeGroup> all(Predicate<NodeGroup> question) {
        return question;
    }

    private static Predicate<Node> of(Predicate<Node> question) {
        return question;
    }

    private static UnaryOperator<NodeViewBuilder> to(UnaryOperator<NodeViewBuilder> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("predicates")
    void all_are_so_only_if_each_is_and_a_skipped_one_only_counts_where_it_is_named(
            String name, Predicate<NodeGroup> all, Predicate<Node> each, UnaryOperator<NodeViewBuilder> spoil) {
        manager.setManaged();
        manager.setRequest("A");
        scene.channels.forEach(
                channel -> channel.change(records -> records.ok(true).active(true)));
        scene.pass();
        assertThat(all.test(manager)).isTrue();
        assertThat(all.test(some)).isTrue();
        assertThat(manager).allMatch(each);

        scene.channel("b").change(spoil);
        scene.pass();
        assertThat(all.test(manager)).isFalse();
        assertThat(all.test(some)).isTrue();
        assertThat(all.test(manager.only("b"))).isFalse();
        assertThat(each.test(scene.node("b"))).isFalse();

        manager.skip("b");
        assertThat(all.test(manager)).isTrue();
        assertThat(all.test(manager.only("a", "b"))).isFalse();
        assertThat(each.test(scene.node("b"))).isFalse();

        manager.include("b");
        assertThat(all.test(manager)).isFalse();
        scene.channel("b").change(records -> whole(records));
        scene.pass();
        assertThat(all.test(manager)).isTrue();
    }

    private static NodeViewBuilder whole(NodeViewBuilder records) {
        return records.connected(true)
                .op(NodeOp.EXEC)
                .mode(NodeMode.MANAGED)
                .manager(Scene.BOSS)
                .state("A")
                .request("A")
                .target("A")
                .status(NodeStatus.DONE)
                .error(NodeError.FALSE)
                .active(true)
                .ok(true);
    }

    static Stream<Arguments> actions() {
        return Stream.of(
                Arguments.of("set managed", action(NodeGroup::setManaged), new NodeWrite.Manage(Scene.BOSS)),
                Arguments.of("release", action(NodeGroup::release), new NodeWrite.Release(false)),
                Arguments.of(
                        "operate", action(nodes -> nodes.operate(NodeOp.PAUSE)), new NodeWrite.Operate(NodeOp.PAUSE)),
                Arguments.of("load", action(NodeGroup::load), new NodeWrite.Load()),
                Arguments.of("request", action(nodes -> nodes.setRequest("B")), new NodeWrite.Request("B")));
    }

    private static Consumer<NodeGroup> action(Consumer<NodeGroup> action) {
        return action;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("actions")
    void an_action_is_for_all_or_for_the_named_ones_and_leaves_skipped_ones_out_of_all(
            String name, Consumer<NodeGroup> action, NodeWrite write) {
        action.accept(manager);
        assertThat(asked()).containsExactly("a " + write, "b " + write, "c " + write);

        action.accept(some);
        assertThat(asked()).containsExactly("a " + write, "c " + write);

        manager.skip("a");
        action.accept(manager);
        assertThat(asked()).containsExactly("b " + write, "c " + write);

        action.accept(some);
        assertThat(asked()).containsExactly("a " + write, "c " + write);
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        scene.channels.forEach(
                channel -> channel.takeWrites().forEach(write -> asked.add(channel.node() + " " + write)));
        return asked;
    }

    @Test
    void failed_writes_of_all_or_some_are_acknowledged_at_once() {
        manager.close(); // so that nothing is sent
        manager.only("a", "b").load();

        assertThat(some.acknowledge()).isEqualTo(1);
        assertThat(manager.acknowledge()).isEqualTo(1);
        assertThat(manager.acknowledge()).isZero();
    }

    @Test
    void revive_all_is_for_stalled_ones_only_and_counts_those_that_were_asked() {
        manager.setRequest("A");
        manager.skip("c");
        scene.pass();
        for (String name : List.of("b", "c")) {
            scene.channel(name).change(records -> records.state("SAFE").target("SAFE"));
        }
        scene.pass();
        asked();

        assertThat(manager.reviveAll()).isEqualTo(1);
        assertThat(asked()).containsExactly("b " + new NodeWrite.Request("A"));
        scene.pass();
        assertThat(some.reviveAll()).isEqualTo(1);
        assertThat(asked()).containsExactly("c " + new NodeWrite.Request("A"));
        assertThat(manager.only("a").reviveAll()).isZero();
        assertThat(asked()).isEmpty();
    }

    @Test
    void revive_all_asks_one_that_does_not_move_16_times_and_then_once_a_second() {
        manager.setRequest("b", "A");
        scene.pass();
        scene.channel("b").change(records -> records.state("SAFE").target("SAFE"));
        scene.pass();
        for (int i = 0; i < 16; i++) {
            assertThat(manager.reviveAll()).isEqualTo(1);
            scene.pass();
            scene.channel("b").change(records -> records.messages(List.of("no way")));
            scene.pass();
        }
        asked();

        scene.time.advance(Duration.ofSeconds(1).minusNanos(1));
        assertThat(manager.reviveAll()).isZero();
        assertThat(asked()).isEmpty();
        scene.time.advance(Duration.ofNanos(1));
        assertThat(manager.reviveAll()).isEqualTo(1);
        scene.pass();

        scene.channel("b").change(records -> records.state("B").target("B"));
        scene.pass();
        assertThat(manager.reviveAll()).isEqualTo(1);
    }

    @Test
    void management_of_some_is_checked_for_those_alone() {
        some.setManaged();
        scene.pass();
        scene.channels.forEach(channel -> channel.change(records -> records.mode(NodeMode.AUTO)));
        scene.pass();

        assertThat(manager.faults()).extracting(NodeFault::node).containsExactly("a", "c");
    }

    @Test
    void one_that_was_never_asked_keeps_all_from_having_arrived() {
        some.setRequest("A");
        scene.pass();

        assertThat(some.hasArrived()).isTrue();
        assertThat(manager.hasArrived()).isFalse();
        manager.skip("b");
        assertThat(manager.hasArrived()).isTrue();
    }

    @Test
    void groups_are_in_order_and_know_their_size() {
        assertThat(Scene.names(manager)).containsExactly("a", "b", "c");
        assertThat(Scene.names(some)).containsExactly("c", "a");
        assertThat(manager.size()).isEqualTo(3);
        assertThat(some.size()).isEqualTo(2);
        assertThat(some).hasToString("[c, a]");
        scene.channels.forEach(channel -> channel.change(records -> records.request("B")));
        scene.pass();
        assertThat(Scene.names(manager.stalledNodes())).containsExactly("a", "b", "c");
        assertThat(Scene.names(some.stalledNodes())).containsExactly("c", "a");
        assertThat(manager.notOk()).containsExactly("a", "b", "c");
        assertThat(some.notOk()).containsExactly("a", "c");

        manager.skip("a");
        assertThat(Scene.names(manager)).containsExactly("b", "c");
        assertThat(manager.size()).isEqualTo(2);
        assertThat(manager.notOk()).containsExactly("b", "c");
        assertThat(Scene.names(manager.stalledNodes())).containsExactly("b", "c");
    }

    @Test
    void of_no_nodes_all_is_true() {
        List.of("a", "b", "c").forEach(manager::skip);

        assertThat(manager.hasArrived()).isTrue();
        assertThat(manager.hasCompleted()).isTrue();
        assertThat(manager.isInFault()).isFalse();
        assertThat(manager.size()).isZero();
        assertThat(manager.skipped()).containsExactly("a", "b", "c");
    }

    @Test
    void a_skip_is_seen_in_every_report() {
        manager.skip("b");
        manager.skip("b");
        scene.pass();

        assertThat(manager.skipped()).containsExactly("b");
        assertThat(scene.node("b").isSkipped()).isTrue();
        assertThat(scene.told()).containsExactly("b: skipped");
        assertThat(scene.notified()).containsExactly("b: skipped");
        List<String> raised = new ArrayList<>();
        assertThat(manager.checker("DOWN").check(raised::add)).isEmpty();
        assertThat(raised).containsExactly("b: skipped");
        assertThat(manager.report().rows()).filteredOn(NodeReport.Row::skipped).hasSize(1);
        assertThat(manager.report().toString()).contains("SKIPPED").contains("b: skipped");
        assertThat(manager.explain("b")).contains("skipped");
        assertThat(scene.node("b").toString()).contains("skipped");

        manager.include("b");
        scene.pass();
        assertThat(manager.skipped()).isEmpty();
        assertThat(scene.told()).isEmpty();
        assertThat(scene.notified()).isEmpty();
        assertThat(manager.report().toString()).doesNotContain("SKIPPED");
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void a_fault_of_a_skipped_node_is_none_of_all_and_is_there_when_it_is_included() {
        manager.skip("b");
        scene.channel("b").change(records -> records.connected(false));
        scene.pass();
        assertThat(manager.isInFault()).isFalse();
        assertThat(manager.checker("DOWN").check(message -> {})).isEmpty();
        assertThat(manager.only("b").isInFault()).isTrue();
        assertThat(scene.node("b").isInFault()).isTrue();

        manager.include("b");
        assertThat(manager.isInFault()).isTrue();
        assertThat(scene.told()).containsExactly("b: not connected");
    }

    @Test
    void names_that_are_unknown_empty_or_twice_are_refused_before_anything_is_asked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.only("a", "x").setManaged())
                .withMessageContaining("'x'")
                .withMessageContaining("[a, b, c]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.only("a", "a"))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> manager.only("a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.only());
        assertThatIllegalArgumentException().isThrownBy(() -> manager.only(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.node("x")).withMessageContaining("'x'");
        assertThatIllegalArgumentException().isThrownBy(() -> manager.node(""));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.setRequest("x", "A"));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.skip("x")).withMessageContaining("'x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.include("x"))
                .withMessageContaining("'x'");
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void a_manager_needs_a_name_and_nodes_with_names_of_their_own() {
        var time = new VirtualTime();
        var a = new TableChannel("a", time);
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeManager("", List.of(a), time));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeManager("BOSS", List.of(), time))
                .withMessageContaining("BOSS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeManager("BOSS", List.of(a, new TableChannel("a", time)), time))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeManager("BOSS", List.of(a, new TableChannel("", time)), time))
                .withMessageContaining("[a, ]");
        assertThat(a.listeners()).isZero();
    }

    @Test
    void a_state_that_a_node_is_known_not_to_have_is_refused_before_anything_is_asked_of_any() {
        scene.channel("c").states = Set.of("A", "SAFE");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.setRequest("B"))
                .withMessageContaining("node c")
                .withMessageContaining("'B'")
                .withMessageContaining("SAFE");
        assertThatIllegalArgumentException().isThrownBy(() -> some.setRequest("B"));
        assertThatIllegalArgumentException().isThrownBy(() -> manager.setRequest("c", "B"));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.node("c").setRequest("B"));
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(scene.node("a").lastRequest()).isEmpty();
        assertThat(scene.node("c").lastRequest()).isEmpty();

        manager.only("a", "b").setRequest("B");
        manager.skip("c");
        manager.setRequest("B");
        manager.setRequest("c", "SAFE");
        assertThat(scene.takeWrites()).hasSize(5);
    }

    @Test
    void a_request_for_no_state_is_refused_even_if_nothing_is_known_of_the_states() {
        for (String bad : List.of("", "A\nB")) {
            assertThatIllegalArgumentException().isThrownBy(() -> manager.setRequest(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> manager.setRequest("a", bad));
        }
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void nobody_can_change_what_it_answers() {
        assertThatThrownBy(() -> manager.notOk().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manager.skipped().add("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manager.stalledNodes().add(scene.node()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> some.notOk().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
