package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeResyncTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Scene scene = Scene.with(NodeManager.Options.defaults().withResync(PERIOD), "a", "b");
    private final TableChannel channel = scene.channel("a");
    private final Node node = scene.node("a");

    @Test
    void a_change_that_nobody_told_of_is_seen_after_the_period_exactly() {
        assertThat(scene.step).isEqualTo(Step.after(PERIOD));
        unheard("B");
        scene.after(PERIOD.minus(Scene.NANO));
        assertThat(node.state()).isEqualTo("A");

        scene.after(Scene.NANO);
        assertThat(node.state()).isEqualTo("B");
        assertThat(scene.step).isEqualTo(Step.after(PERIOD));
        unheard("C");
        scene.after(PERIOD);
        assertThat(node.state()).isEqualTo("C");
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void by_hand_it_is_seen_at_once_and_the_next_time_is_a_period_later() {
        unheard("B");
        scene.after(PERIOD.dividedBy(2));
        scene.manager.resync();
        assertThat(node.state()).isEqualTo("B");

        unheard("C");
        scene.after(PERIOD.dividedBy(2));
        scene.after(PERIOD.dividedBy(2).minus(Scene.NANO));
        assertThat(node.state()).isEqualTo("B");
        scene.after(Scene.NANO);
        assertThat(node.state()).isEqualTo("C");
    }

    @Test
    void by_hand_it_wakes_the_loop_which_then_says_when_to_try_again() {
        Scene plain = Scene.of("a");
        AtomicInteger woken = new AtomicInteger();
        plain.manager.wakeWith(woken::incrementAndGet);
        plain.channel().beforeLook = () -> {
            throw new IllegalStateException("broken");
        };
        plain.manager.resync();

        assertThat(woken).hasValue(1);
        assertThat(plain.pass().step).isEqualTo(Step.after(Duration.ofSeconds(1)));
    }

    @Test
    void by_hand_it_wakes_the_loop_for_the_end_of_a_settle_time() {
        Scene plain = Scene.with(NodeManager.Options.defaults().withSettle(Duration.ofSeconds(5)), "a");
        AtomicInteger woken = new AtomicInteger();
        plain.manager.wakeWith(woken::incrementAndGet);
        plain.channel().hints = false;
        plain.channel().change(records -> records.request("B"));
        plain.manager.resync();

        assertThat(woken).hasValue(1);
        assertThat(plain.pass().step).isEqualTo(Step.after(Duration.ofSeconds(5)));
    }

    @Test
    void without_a_period_it_is_done_by_hand_alone() {
        Scene plain = Scene.of("a");
        plain.channel().hints = false;
        plain.channel().change(records -> records.state("B"));
        plain.after(Duration.ofHours(1));
        assertThat(plain.step).isEqualTo(Step.parked());
        assertThat(plain.node().state()).isEqualTo("A");

        plain.manager.resync();
        assertThat(plain.node().state()).isEqualTo("B");
        assertThat(plain.pass().step).isEqualTo(Step.parked());
    }

    @Test
    void one_that_throws_keeps_no_other_from_being_looked_at() {
        channel.beforeLook = () -> {
            throw new IllegalStateException("broken");
        };
        scene.channel("b").hints = false;
        scene.channel("b").change(records -> records.state("B"));

        scene.manager.resync();
        assertThat(scene.node("b").state()).isEqualTo("B");
        assertThat(scene.told()).containsExactly("a: not connected");
    }

    @Test
    void the_period_is_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeManager.Options.defaults().withResync(Duration.ofSeconds(-3)))
                .withMessageContaining("PT-3S");
    }

    @Test
    void after_close_nothing_is_connected_looked_at_or_sent_and_what_is_asked_says_so() {
        scene.manager.close();
        unheard("B");

        scene.manager.init();
        scene.manager.resync();
        node.init();
        node.setManaged();
        node.setRequest("C");
        node.revive();
        assertThat(scene.channels).allMatch(table -> table.listeners() == 0);
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(node.state()).isEqualTo("A");
        assertThat(Scene.checks(node)).containsExactly("write", "write");
        assertThat(scene.told())
                .allSatisfy(message -> assertThat(message).contains("not sent").contains("BOSS is closed"));
    }

    @Test
    void a_node_is_not_connected_by_hand_after_the_close_of_a_manager_that_never_began() {
        Scene early = new Scene(NodeManager.Options.defaults(), "a");
        early.manager.close();

        early.node().init();
        assertThat(early.channel().listeners()).isZero();
    }

    @Test
    void a_node_that_could_not_be_connected_is_not_tried_again_after_close() {
        Scene early = new Scene(NodeManager.Options.defaults(), "a");
        early.channel().beforeListen = () -> {
            throw new IllegalStateException("broken");
        };
        early.pass();
        early.channel().beforeListen = () -> {};
        early.manager.close();

        early.manager.resync();
        assertThat(early.channel().listeners()).isZero();
        assertThat(List.of(early.after(Duration.ofHours(1)).step)).containsExactly(Step.finished());
    }

    private void unheard(String state) {
        channel.hints = false;
        channel.change(records -> records.state(state));
        channel.hints = true;
    }
}
