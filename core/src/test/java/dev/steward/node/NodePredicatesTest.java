package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NodePredicatesTest {
    private final Scene scene = Scene.of("mc2");
    private final TableChannel channel = scene.channel();
    private final Node node = scene.node();

    @ParameterizedTest(name = "STATE {0}, REQUEST {1}, we asked for {2}: {3}")
    @CsvSource({
        "A, A, nothing, false",
        "A, A, A,       true",
        "A, B, A,       true", // out of band, and the node has not moved yet
        "B, B, A,       false",
        "B, A, A,       false",
        "B, B, nothing, false",
        "A, B, B,       false",
        "B, A, B,       true"
    })
    void arrived_compares_the_state_with_our_own_last_request(
            String state, String request, String asked, boolean arrived) {
        if (!asked.equals("nothing")) {
            node.setRequest(asked);
        }
        channel.change(records -> records.state(state).request(request).status(NodeStatus.DONE));
        scene.pass();

        assertThat(node.hasArrived()).isEqualTo(arrived);
        assertThat(node.hasCompleted()).isEqualTo(arrived);
        assertThat(node.lastRequest().orElse("nothing")).isEqualTo(asked);
    }

    @Test
    void a_request_for_the_state_that_it_is_in_arrives_at_once() {
        channel.taker = channel::holding;

        node.setRequest("A");

        assertThat(node.hasArrived()).isTrue();
    }

    @ParameterizedTest(name = "STATE {0}, TARGET {1}, REQUEST {2}: {3}")
    @CsvSource({
        "A, A, A, false",
        "A, A, B, true",
        "A, B, B, false",
        "A, B, A, false",
        "A, B, C, false",
        "B, A, A, false"
    })
    void stalled_is_a_state_that_is_its_own_target_and_not_the_request(
            String state, String target, String request, boolean stalled) {
        for (NodeMode mode : NodeMode.values()) {
            channel.change(records ->
                    records.state(state).target(target).request(request).mode(mode));
            scene.pass();

            assertThat(node.isStalled()).as("%s", mode).isEqualTo(stalled);
            assertThat(node.view().isStalled()).isEqualTo(stalled);
        }
    }

    @Test
    void is_arrived_and_completed_and_stalled_and_in_fault_at_once_right_after_a_request_of_others() {
        node.setRequest("A");
        scene.pass();

        channel.change(records -> records.request("B"));
        scene.pass();

        assertThat(node.hasArrived()).isTrue();
        assertThat(node.hasCompleted()).isTrue();
        assertThat(node.isStalled()).isTrue();
        assertThat(node.isInFault()).isTrue();
    }

    @Test
    void stays_stalled_after_a_revive_until_the_node_has_a_new_target() {
        node.setRequest("B");
        scene.pass();
        assertThat(node.isStalled()).isTrue();

        assertThat(node.revive()).isTrue();
        scene.pass();
        assertThat(node.isStalled()).isTrue();

        channel.change(records -> records.target("B"));
        scene.pass();
        assertThat(node.isStalled()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(NodeStatus.class)
    void is_done_when_status_says_so_whoever_asked(NodeStatus status) {
        channel.change(records -> records.status(status));
        scene.pass();

        assertThat(node.isDone()).isEqualTo(status == NodeStatus.DONE);
        assertThat(node.status()).isEqualTo(status);
    }

    @Test
    void has_not_completed_what_it_has_arrived_at_until_it_is_done() {
        node.setRequest("A");
        channel.change(records -> records.status(NodeStatus.RUN));
        scene.pass();

        assertThat(node.hasArrived()).isTrue();
        assertThat(node.hasCompleted()).isFalse();
    }

    @Test
    void done_from_before_completes_no_request_that_has_no_answer() {
        node.setRequest("A");
        scene.pass();
        assertThat(node.hasCompleted()).isTrue();
        channel.taker = channel::holding;

        node.setRequest("A");
        scene.pass();
        assertThat(node.hasArrived()).isTrue();
        assertThat(node.hasCompleted()).isFalse();

        channel.answer(WriteOutcome.accepted());
        scene.pass();
        assertThat(node.hasCompleted()).isTrue();
    }

    @ParameterizedTest(name = "{0} by {1}: managed {2}, by us {3}")
    @CsvSource({
        "MANAGED, BOSS,  true,  true",
        "MANAGED, OTHER, true,  false",
        "MANAGED, '',    true,  false",
        "AUTO,    BOSS,  false, false",
        "MANUAL,  BOSS,  false, false"
    })
    void managed_says_nothing_about_by_whom(NodeMode mode, String by, boolean managed, boolean byUs) {
        channel.change(records -> records.mode(mode).manager(by));
        scene.pass();

        assertThat(node.isManaged()).isEqualTo(managed);
        assertThat(node.isManagedByUs()).isEqualTo(byUs);
        assertThat(node.mode()).isEqualTo(mode);
        assertThat(node.manager()).isEqualTo(by);
    }

    @Test
    void nothing_is_true_of_a_node_that_is_lost_and_what_was_seen_last_is_kept() {
        node.setManaged();
        node.setRequest("A");
        channel.change(records -> records.ok(true)
                .active(true)
                .error(NodeError.TRUE)
                .messages(List.of("hello"))
                .nominal("A"));
        scene.pass();

        channel.change(records -> records.connected(false));
        scene.pass();

        assertThat(node.hasArrived()).isFalse();
        assertThat(node.isDone()).isFalse();
        assertThat(node.hasCompleted()).isFalse();
        assertThat(node.isStalled()).isFalse();
        assertThat(node.isManaged()).isFalse();
        assertThat(node.isManagedByUs()).isFalse();
        assertThat(node.isAlive()).isFalse();
        assertThat(node.isOk()).isFalse();
        assertThat(node.isActive()).isFalse();
        assertThat(node.isInError()).isFalse();
        assertThat(node.hasNotification()).isFalse();
        assertThat(node.isIn("A")).isFalse();
        assertThat(node.state()).isEqualTo("A");
        assertThat(node.nominal()).isEqualTo("A");
        assertThat(node.lastRequest()).contains("A");
        assertThat(node).hasToString(node.toString()).asString().contains("not connected, was in A");
    }

    @Test
    void a_lost_node_does_not_stall() {
        channel.change(records -> records.request("B"));
        scene.pass();
        assertThat(node.isStalled()).isTrue();

        channel.change(records -> records.connected(false));
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        assertThat(scene.manager.stalledNodes()).isEmpty();
    }

    @Test
    void shows_each_record_as_it_was_read() {
        channel.change(records -> records.op(NodeOp.PAUSE)
                .state("S")
                .request("R")
                .target("T")
                .nominal("N")
                .error(NodeError.CONNECT)
                .messages(List.of("no light"))
                .ok(true)
                .active(true));
        scene.pass();

        assertThat(node.name()).isEqualTo("mc2");
        assertThat(node.op()).isEqualTo(NodeOp.PAUSE);
        assertThat(node.state()).isEqualTo("S");
        assertThat(node.request()).isEqualTo("R");
        assertThat(node.target()).isEqualTo("T");
        assertThat(node.nominal()).isEqualTo("N");
        assertThat(node.isInError()).isTrue();
        assertThat(node.hasNotification()).isTrue();
        assertThat(node.isOk()).isTrue();
        assertThat(node.isActive()).isTrue();
        assertThat(node.isAlive()).isFalse();
        assertThat(node.isIn("S")).isTrue();
        assertThat(node.isIn("R")).isFalse();
        assertThat(node.states()).isEmpty();
        assertThat(node.view()).isEqualTo(channel.records());
        channel.states = Set.of("S", "R");
        assertThat(node.states()).containsExactlyInAnyOrder("S", "R");
    }

    @Test
    void a_state_is_stamped_when_it_is_entered() {
        Instant entered = node.view().stateSince();
        scene.after(Duration.ofSeconds(5));
        channel.change(records -> records.notification(true));
        scene.pass();
        assertThat(node.view().stateSince()).isEqualTo(entered);

        channel.change(records -> records.state("B"));
        scene.pass();
        assertThat(node.view().stateSince()).isEqualTo(entered.plusSeconds(5));
    }

    /** The table of what happens from outside. */
    @Test
    void an_operator_changes_the_request_and_changes_it_back() {
        managedInA();

        channel.change(records -> records.request("B").target("B"));
        scene.pass();
        assertThat(seen()).isEqualTo("managed by us arrived in fault [request]");

        channel.change(records -> records.request("A").target("A"));
        scene.pass();
        assertThat(seen()).isEqualTo("managed by us arrived");
    }

    @Test
    void a_second_manager_takes_over() {
        managedInA();

        channel.change(records -> records.manager("OTHER"));
        scene.pass();

        assertThat(seen()).isEqualTo("managed arrived in fault [management]");
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeMode.class,
            names = {"AUTO", "MANUAL"})
    void an_operator_takes_it_out_of_managed_mode(NodeMode mode) {
        managedInA();

        channel.change(records -> records.mode(mode));
        scene.pass();
        assertThat(seen()).isEqualTo("arrived in fault [management]");

        node.setManaged();
        scene.pass();
        assertThat(seen()).isEqualTo("managed by us arrived");
    }

    @Test
    void the_node_dies_and_comes_back_stalled_with_our_request_remembered() {
        managedInA();

        channel.change(records -> records.connected(false));
        scene.pass();
        assertThat(seen()).isEqualTo("in fault [alive]");

        channel.change(records -> records.connected(true).state("SAFE").target("SAFE"));
        scene.pass();
        assertThat(seen()).isEqualTo("managed by us stalled");
        assertThat(node.lastRequest()).contains("A");
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void a_new_manager_of_the_same_name_remembers_nothing() {
        managedInA();
        scene.manager.close();

        var again = new NodeManager(Scene.BOSS, scene.channels, scene.time);
        again.manageOnce();
        channel.change(records -> records.request("B").target("B").mode(NodeMode.AUTO));
        again.manageOnce();

        Node same = again.node("mc2");
        assertThat(same.lastRequest()).isEmpty();
        assertThat(same.hasArrived()).isFalse();
        assertThat(same.isInFault()).isFalse();
        assertThat(same.revive()).isFalse();
    }

    private void managedInA() {
        node.setManaged();
        node.setRequest("A");
        scene.pass();
        scene.takeWrites();
        assertThat(seen()).isEqualTo("managed by us arrived");
    }

    private String seen() {
        return ((node.isManaged() ? "managed " : "")
                        + (node.isManagedByUs() ? "by us " : "")
                        + (node.hasArrived() ? "arrived " : "")
                        + (node.isStalled() ? "stalled " : "")
                        + (node.checkFault() ? "in fault " + Scene.checks(node) : ""))
                .strip();
    }
}
