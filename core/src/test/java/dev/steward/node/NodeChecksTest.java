package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeChecksTest {
    private final Scene scene = Scene.of("mc1", "mc2");
    private final TableChannel channel = scene.channel("mc1");
    private final Node node = scene.node("mc1");
    private final List<String> raised = new ArrayList<>();

    @Test
    void nothing_is_wrong_with_a_node_that_runs() {
        assertThat(node.faults()).isEmpty();
        assertThat(node.isInFault()).isFalse();
        assertThat(scene.manager.isInFault()).isFalse();
        assertThat(scene.notified()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NodeOp.class)
    void is_alive_only_when_it_runs(NodeOp op) {
        channel.change(records -> records.op(op));
        scene.pass();

        assertThat(node.isAlive()).isEqualTo(op == NodeOp.EXEC);
        assertThat(node.isInFault()).isEqualTo(op != NodeOp.EXEC);
        if (op != NodeOp.EXEC) {
            assertThat(node.faults()).containsExactly(new NodeFault.NotRunning("mc1", op));
            assertThat(scene.told()).containsExactly("mc1: not running (OP=" + op + ")");
        }
    }

    @ParameterizedTest
    @EnumSource(NodeError.class)
    void is_in_error_when_error_is_not_false(NodeError error) {
        channel.change(records -> records.error(error));
        scene.pass();

        assertThat(node.isInError()).isEqualTo(error != NodeError.FALSE);
        assertThat(node.isInFault()).isEqualTo(error != NodeError.FALSE);
        if (error != NodeError.FALSE) {
            assertThat(node.faults()).containsExactly(new NodeFault.InError("mc1", error));
            assertThat(scene.told()).singleElement().asString().startsWith("mc1: in ERROR");
        }
    }

    @Test
    void the_request_check_never_fails_before_our_first_request() {
        channel.change(records -> records.request("Z"));
        scene.pass();
        assertThat(node.faults()).isEmpty();

        node.setRequest("A");
        channel.change(records -> records.request("Z"));
        scene.pass();
        assertThat(node.faults()).containsExactly(new NodeFault.RequestChanged("mc1", "A", "Z"));
        assertThat(scene.told()).containsExactly("mc1: REQUEST changed: A -> Z");
    }

    @Test
    void the_management_check_is_only_for_those_that_we_have_set_managed_and_not_released() {
        channel.change(records -> records.mode(NodeMode.MANAGED).manager("OTHER"));
        scene.pass();
        assertThat(node.faults()).isEmpty();

        node.setManaged();
        scene.pass();
        assertThat(node.faults()).isEmpty();

        channel.change(records -> records.manager("OTHER"));
        scene.pass();
        assertThat(node.faults()).containsExactly(new NodeFault.ManagerChanged("mc1", "OTHER"));
        channel.change(records -> records.manager(""));
        scene.pass();
        assertThat(scene.told()).containsExactly("mc1: MANAGER changed: nobody");
        channel.change(records -> records.mode(NodeMode.MANUAL).manager(Scene.BOSS));
        scene.pass();
        assertThat(node.faults()).containsExactly(new NodeFault.NotManaged("mc1", NodeMode.MANUAL));
        assertThat(scene.told()).containsExactly("mc1: not MANAGED (MODE=MANUAL)");

        node.release();
        scene.pass();
        assertThat(node.faults()).isEmpty();
        assertThat(node.manager()).isEqualTo(Scene.BOSS);
    }

    @Test
    void a_release_clears_manager_only_as_an_option() {
        Scene forgetful = Scene.with(NodeManager.Options.defaults().withForgetManager(true), "mc1");
        forgetful.node().setManaged();
        forgetful.pass();
        assertThat(forgetful.node().manager()).isEqualTo(Scene.BOSS);

        forgetful.node().release();
        forgetful.pass();
        assertThat(forgetful.node().manager()).isEmpty();
        assertThat(forgetful.takeWrites())
                .containsExactly(new NodeWrite.Manage(Scene.BOSS), new NodeWrite.Release(true));
    }

    @Test
    void a_notification_is_told_and_is_no_fault() {
        channel.change(records -> records.messages(List.of("no light", "low power")));
        scene.pass();

        assertThat(node.isInFault()).isFalse();
        assertThat(scene.manager.isInFault()).isFalse();
        assertThat(scene.told()).containsExactly("mc1: has notification: no light; low power");
        channel.change(records -> records.messages(List.of()).notification(true));
        scene.pass();
        assertThat(scene.told()).containsExactly("mc1: has notification");
    }

    @Test
    void a_stall_is_no_fault_and_is_not_told() {
        channel.change(records -> records.request("B"));
        scene.pass();

        assertThat(node.isStalled()).isTrue();
        assertThat(node.faults()).isEmpty();
        assertThat(scene.notified()).isEmpty();
    }

    @Test
    void all_checks_are_made_in_order_without_short_cut() {
        everythingWrong(channel, node);
        everythingWrong(scene.channel("mc2"), scene.node("mc2"));
        scene.pass();

        assertThat(Scene.checks(node)).containsExactly("alive", "error", "request", "management", "notification");
        assertThat(scene.manager.checkFault()).isTrue();
        assertThat(scene.told()).hasSize(10);
        assertThat(scene.told().get(0)).startsWith("mc1: ");
        assertThat(scene.told().get(5)).startsWith("mc2: ");
        assertThat(scene.notified()).containsExactlyInAnyOrderElementsOf(scene.told());
    }

    @Test
    void of_a_lost_node_only_that_is_told() {
        everythingWrong(channel, node);
        channel.change(records -> records.connected(false));
        scene.pass();

        assertThat(node.faults()).containsExactly(new NodeFault.NotConnected("mc1"));
        assertThat(scene.told()).containsExactly("mc1: not connected");
    }

    @Test
    void a_notification_to_operators_comes_and_goes_with_its_cause() {
        channel.change(records -> records.error(NodeError.TRUE));
        assertThat(scene.notified()).isEmpty();
        scene.pass();
        assertThat(scene.notified()).containsExactly("mc1: in ERROR");
        assertThat(scene.manager.notifications()).singleElement().satisfies(notification -> {
            assertThat(notification.source()).isEqualTo("mc1");
            assertThat(notification.key()).isEqualTo("error");
        });

        channel.change(records -> records.error(NodeError.FALSE).op(NodeOp.STOP));
        scene.pass();
        assertThat(scene.notified()).containsExactly("mc1: not running (OP=STOP)");

        channel.change(records -> records.op(NodeOp.PAUSE));
        scene.pass();
        assertThat(scene.notified()).containsExactly("mc1: not running (OP=PAUSE)");

        channel.change(records -> records.op(NodeOp.EXEC));
        scene.pass();
        assertThat(scene.notified()).isEmpty();
    }

    @Test
    void every_write_that_failed_is_shown_to_operators() {
        channel.taker = channel.answering(WriteOutcome.refused("no"));
        node.setManaged();
        node.setRequest("B");
        scene.pass();

        assertThat(scene.told()).containsExactly("mc1: be managed by BOSS refused: no", "mc1: request B refused: no");
        assertThat(scene.notified()).isNotEmpty();
        assertThat(String.join("; ", scene.notified())).contains(scene.told());
    }

    @Test
    void a_checker_without_a_fail_state_only_tells() {
        channel.change(records -> records.error(NodeError.TRUE).notification(true));
        scene.pass();

        FaultChecker checker = scene.manager.checker();
        assertThat(checker.failState()).isEmpty();
        assertThat(checker.nodes()).isSameAs(scene.manager);
        assertThat(checker.check(raised::add)).isEmpty();
        assertThat(raised).containsExactly("mc1: in ERROR", "mc1: has notification");
    }

    @Test
    void a_checker_with_a_fail_state_names_it_for_a_fault_only() {
        FaultChecker checker = scene.manager.checker("DOWN");
        assertThat(checker.failState()).contains("DOWN");
        assertThat(checker.check(raised::add)).isEmpty();
        assertThat(raised).isEmpty();

        channel.change(records -> records.notification(true));
        scene.pass();
        assertThat(checker.check(raised::add)).isEmpty();
        assertThat(raised).containsExactly("mc1: has notification");

        channel.change(records -> records.op(NodeOp.STOP));
        scene.pass();
        assertThat(checker.check(raised::add)).contains("DOWN");
    }

    @Test
    void a_checker_of_one_node_or_of_some_looks_at_no_other() {
        scene.channel("mc2").change(records -> records.error(NodeError.TRUE));
        scene.pass();

        assertThat(node.checker("DOWN").check(raised::add)).isEmpty();
        assertThat(scene.manager.only("mc1").checker("DOWN").check(raised::add)).isEmpty();
        assertThat(raised).isEmpty();
        assertThat(scene.node("mc2").checker().check(raised::add)).isEmpty();
        assertThat(scene.node("mc2").checker("DOWN").check(raised::add)).contains("DOWN");
        assertThat(raised).containsExactly("mc2: in ERROR", "mc2: in ERROR");
    }

    @Test
    void a_fail_state_has_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> scene.manager.checker(""));
        assertThatIllegalArgumentException().isThrownBy(() -> node.checker(""));
    }

    private void everythingWrong(TableChannel table, Node of) {
        of.setManaged();
        of.setRequest("B");
        scene.pass();
        table.change(records -> records.op(NodeOp.STOP)
                .error(NodeError.TRUE)
                .request("C")
                .mode(NodeMode.AUTO)
                .notification(true));
    }
}
