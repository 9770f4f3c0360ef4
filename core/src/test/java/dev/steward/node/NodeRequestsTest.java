package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRequestsTest {
    private final Scene scene = Scene.of("mc2");
    private final TableChannel channel = scene.channel();
    private final Node node = scene.node();

    @Test
    void a_revive_asks_for_our_own_last_request_whatever_others_have_asked_for_since() {
        node.setRequest("B");
        scene.pass();
        channel.change(records -> records.request("Z"));
        scene.pass();
        scene.takeWrites();

        assertThat(node.revive()).isTrue();
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Request("B"));
    }

    @Test
    void a_revive_without_a_request_asks_for_nothing() {
        channel.change(records -> records.request("B"));
        scene.pass();
        assertThat(node.isStalled()).isTrue();

        assertThat(node.revive()).isFalse();
        assertThat(scene.manager.reviveAll()).isZero();
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(node.lastRequest()).isEmpty();
    }

    @Test
    void a_revive_is_idle_while_our_request_has_no_answer() {
        channel.taker = channel::holding;
        node.setRequest("B");
        scene.pass();

        assertThat(node.revive()).isFalse();
        assertThat(scene.takeWrites()).hasSize(1);
        channel.answer(WriteOutcome.accepted());
        assertThat(node.revive()).isFalse();
        scene.pass();
        assertThat(node.revive()).isTrue();
        assertThat(node.revive()).isFalse();
    }

    @Test
    void a_revive_of_one_that_is_not_stalled_asks_again_and_does_not_set_it_managed() {
        node.setRequest("A");
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        scene.takeWrites();

        assertThat(node.revive()).isTrue();
        scene.pass();
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Request("A"));
        assertThat(node.isManaged()).isFalse();
    }

    @Test
    void an_adopted_request_is_the_one_that_is_revived() {
        node.setRequest("B");
        scene.pass();
        channel.change(records -> records.state("SAFE").request("SAFE").target("SAFE"));
        scene.pass();
        assertThat(Scene.checks(node)).containsExactly("request");
        scene.takeWrites();

        assertThat(node.adoptRequest()).isTrue();
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(node.lastRequest()).contains("SAFE");
        assertThat(node.faults()).isEmpty();
        assertThat(node.hasArrived()).isTrue();
        assertThat(node.revive()).isTrue();
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Request("SAFE"));
    }

    @Test
    void there_is_nothing_to_adopt_while_our_own_request_has_no_answer() {
        channel.taker = channel::holding;
        node.setRequest("B");
        assertThat(node.adoptRequest()).isFalse(); // REQUEST is A still
        assertThat(node.lastRequest()).contains("B");

        channel.apply(new NodeWrite.Request("B"));
        channel.answer(WriteOutcome.accepted());
        scene.pass();
        assertThat(node.faults()).isEmpty(); // nobody else has asked for B
        assertThat(node.adoptRequest()).isTrue();
    }

    @Test
    void adopting_takes_the_place_of_a_request_that_failed() {
        channel.taker = channel::holding;
        node.setRequest("B");
        channel.answer(WriteOutcome.refused("no"));
        scene.pass();
        assertThat(Scene.checks(node)).containsExactly("write");
        node.adoptRequest();
        assertThat(node.faults()).isEmpty();
    }

    @Test
    void there_is_nothing_to_adopt_from_a_node_that_is_lost_or_has_no_request() {
        channel.change(records -> records.request(""));
        scene.pass();
        assertThat(node.adoptRequest()).isFalse();

        channel.change(records -> records.request("A").connected(false));
        scene.pass();
        assertThat(node.adoptRequest()).isFalse();
        assertThat(node.lastRequest()).isEmpty();
    }

    @Test
    void a_request_by_the_managers_hand_is_remembered_by_the_node() {
        scene.manager.setRequest("mc2", "B");

        assertThat(node.lastRequest()).contains("B");
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Request("B"));
    }

    @Test
    void what_was_asked_and_what_request_is_stand_side_by_side() {
        node.setRequest("B");
        channel.change(records -> records.request("C"));
        scene.pass();

        assertThat(node.lastRequest()).contains("B");
        assertThat(node.request()).isEqualTo("C");
        NodeReport.Row row = scene.manager.report().rows().get(0);
        assertThat(row.lastRequest()).contains("B");
        assertThat(row.view().request()).isEqualTo("C");
        assertThat(node.toString()).contains("REQUEST C, we asked for B");
    }

    @Test
    void a_release_keeps_the_request_and_its_check() {
        node.setManaged();
        node.setRequest("B");
        node.release();
        channel.change(records -> records.request("C"));
        scene.pass();

        assertThat(node.lastRequest()).contains("B");
        assertThat(Scene.checks(node)).containsExactly("request");
    }

    @Test
    void the_manager_asks_nothing_of_its_own_accord() {
        node.setManaged();
        node.setRequest("B");
        scene.pass();
        scene.takeWrites();

        for (NodeMode mode : List.of(NodeMode.AUTO, NodeMode.MANUAL, NodeMode.MANAGED)) {
            channel.change(
                    records -> records.mode(mode).manager("OTHER").request("Z").state("SAFE"));
            scene.pass();
            channel.change(records -> records.connected(false));
            scene.pass();
            channel.change(records -> records.connected(true));
            scene.pass();
        }
        scene.after(Duration.ofHours(1));
        assertThat(scene.takeWrites()).isEmpty();
    }
}
