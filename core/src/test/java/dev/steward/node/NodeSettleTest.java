package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeSettleTest {
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final NodeManager.Options SETTLING =
            NodeManager.Options.defaults().withSettle(SETTLE);

    private final Scene scene = Scene.with(SETTLING, "mc2");
    private final TableChannel channel = scene.channel();
    private final Node node = scene.node();

    @Test
    void a_stall_counts_when_it_has_lasted_the_settle_time_exactly() {
        stall();
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        assertThat(node.view().isStalled()).isTrue();
        assertThat(scene.step).isEqualTo(Step.after(SETTLE));

        scene.after(SETTLE.minus(Scene.NANO));
        assertThat(node.isStalled()).isFalse();
        assertThat(scene.manager.stalledNodes()).isEmpty();
        assertThat(scene.step).isEqualTo(Step.after(Scene.NANO));

        scene.after(Scene.NANO);
        assertThat(node.isStalled()).isTrue();
        assertThat(scene.manager.stalledNodes()).containsExactly(node);
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void a_stall_that_ends_before_is_none() {
        stall();
        scene.after(SETTLE.dividedBy(2));
        channel.change(records -> records.target("B"));
        scene.after(SETTLE);
        assertThat(node.isStalled()).isFalse();
        assertThat(scene.step).isEqualTo(Step.parked());

        stall();
        scene.pass();
        scene.after(SETTLE.minus(Scene.NANO));
        assertThat(node.isStalled()).isFalse();
    }

    @Test
    void other_records_do_not_start_it_anew() {
        stall();
        scene.pass();
        scene.after(SETTLE.minus(Scene.NANO));
        channel.change(records -> records.notification(true).status(NodeStatus.RUN));
        scene.after(Scene.NANO);

        assertThat(node.isStalled()).isTrue();
    }

    @Test
    void a_stall_in_another_state_starts_anew() {
        stall();
        scene.after(SETTLE);
        scene.after(SETTLE);
        assertThat(node.isStalled()).isTrue();

        channel.change(records -> records.state("SAFE").target("SAFE"));
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        scene.after(SETTLE.minus(Scene.NANO));
        assertThat(node.isStalled()).isFalse();
        scene.after(Scene.NANO);
        assertThat(node.isStalled()).isTrue();
    }

    @Test
    void a_stall_in_the_same_state_entered_again_starts_anew() {
        stall();
        scene.pass().after(SETTLE);
        assertThat(node.isStalled()).isTrue();

        channel.change(records -> records.stateSince(scene.time.now()));
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        scene.after(SETTLE);
        assertThat(node.isStalled()).isTrue();
    }

    @Test
    void a_loss_ends_a_stall_and_a_return_starts_it_anew() {
        stall();
        scene.pass().after(SETTLE);
        channel.change(records -> records.connected(false));
        scene.pass();
        assertThat(node.isStalled()).isFalse();

        channel.change(records -> records.connected(true));
        scene.pass();
        assertThat(node.isStalled()).isFalse();
        scene.after(SETTLE.minus(Scene.NANO));
        assertThat(node.isStalled()).isFalse();
        scene.after(Scene.NANO);
        assertThat(node.isStalled()).isTrue();
    }

    @Test
    void revive_all_leaves_a_stall_alone_that_has_not_settled() {
        node.setRequest("B");
        scene.pass();
        scene.takeWrites();

        assertThat(scene.manager.reviveAll()).isZero();
        assertThat(scene.takeWrites()).isEmpty();
        scene.after(SETTLE);
        assertThat(scene.manager.reviveAll()).isEqualTo(1);
    }

    @Test
    void setting_the_wall_clock_changes_nothing() {
        channel.taker = channel::holding;
        node.setRequest("B");
        channel.change(records -> records.request("B"));
        scene.pass();
        for (int hours : new int[] {-48, 96}) {
            scene.time.stepWall(Duration.ofHours(hours));
            scene.pass();
            assertThat(node.isStalled()).isFalse();
            assertThat(node.isRequestPending()).isTrue();
        }

        scene.after(SETTLE.minus(Scene.NANO));
        assertThat(node.isStalled()).isFalse();
        scene.time.stepWall(Duration.ofHours(-1));
        scene.after(Scene.NANO);
        assertThat(node.isStalled()).isTrue();
        assertThat(node.isRequestPending()).isTrue();
    }

    @Test
    void a_skipped_node_settles_all_the_same() {
        stall();
        scene.manager.skip("mc2");
        scene.pass().after(SETTLE);

        assertThat(node.isStalled()).isTrue();
        assertThat(scene.manager.stalledNodes()).isEmpty();
        scene.manager.include("mc2");
        assertThat(scene.manager.stalledNodes()).containsExactly(node);
    }

    @Test
    void a_stall_is_told_as_an_option_and_is_no_fault_then_either() {
        Scene telling = Scene.with(SETTLING.withTellsStalls(true), "mc2");
        telling.channel().change(records -> records.request("B"));
        telling.pass();
        assertThat(telling.told()).isEmpty();

        telling.after(SETTLE);
        assertThat(telling.told()).containsExactly("mc2: stalled in A, REQUEST is B");
        assertThat(telling.notified()).containsExactly("mc2: stalled in A, REQUEST is B");
        assertThat(telling.checks()).containsExactly("stall");
        assertThat(telling.manager.isInFault()).isFalse();
        assertThat(telling.manager.checker("DOWN").check(message -> {})).isEmpty();

        telling.channel().change(records -> records.request("A"));
        telling.pass();
        assertThat(telling.told()).isEmpty();
        assertThat(telling.notified()).isEmpty();
    }

    @Test
    void a_settle_time_for_ever_never_ends() {
        Scene patient =
                Scene.with(NodeManager.Options.defaults().withSettle(Duration.ofSeconds(Long.MAX_VALUE)), "mc2");
        patient.channel().change(records -> records.request("B"));
        patient.pass().after(Duration.ofDays(365 * 100));

        assertThat(patient.node().isStalled()).isFalse();
    }

    @Test
    void options_refuse_values_that_make_no_sense() {
        var defaults = NodeManager.Options.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withSettle(Duration.ofMillis(-7)))
                .withMessageContaining("PT-0.007S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withWriteLimit(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withWriteLimit(Duration.ofSeconds(-3)))
                .withMessageContaining("PT-3S");
        assertThatNullPointerException().isThrownBy(() -> defaults.withOnReconnect(nothing()));
    }

    @SuppressWarnings("NullAway") // what must not be given
    private static Consumer<Node> nothing() {
        @Nullable Consumer<Node> nothing = null;
        return nothing;
    }

    @Test
    void options_change_one_thing_at_a_time() {
        Consumer<Node> hook = Node::reassert;
        var all = NodeManager.Options.defaults()
                .withSettle(SETTLE)
                .withTellsStalls(true)
                .withForgetManager(true)
                .withWriteLimit(Duration.ofSeconds(1))
                .withResync(Duration.ofMinutes(1))
                .withOnReconnect(hook);

        assertThat(all)
                .isEqualTo(new NodeManager.Options(
                        SETTLE, true, true, Duration.ofSeconds(1), Duration.ofMinutes(1), hook));
        assertThat(NodeManager.Options.defaults().settle()).isZero();
        assertThat(NodeManager.Options.defaults().tellsStalls()).isFalse();
        assertThat(NodeManager.Options.defaults().forgetManager()).isFalse();
        assertThat(NodeManager.Options.defaults().resync()).isZero();
        assertThat(NodeManager.Options.defaults().writeLimit()).isEqualTo(Duration.ofSeconds(30));
    }

    private void stall() {
        channel.change(records -> records.target(records.build().state()).request("B"));
    }
}
