package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can go wrong with what a fake node shows. */
class FakeNodeViewTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(1);
    private final FakeNode node = new FakeNode("MC2", simulation).standsIn("SAFE");
    private final List<NodeView> seen = new ArrayList<>();

    private void watch() {
        node.listen(() -> seen.add(node.view()));
    }

    private List<String> seenStates() {
        return seen.stream().map(NodeView::state).toList();
    }

    @Test
    void keeps_what_was_seen_last_while_it_is_lost_and_shows_it_afresh_when_it_is_back() {
        watch();
        node.drop();
        node.jump("TRIPPED");
        assertThat(node.view().connected()).isFalse();
        assertThat(node.view().state()).isEqualTo("SAFE");
        assertThat(node.view().isDone()).isFalse();
        node.restore();

        assertThat(node.view().isIn("TRIPPED")).isTrue();
        assertThat(seen).extracting(NodeView::connected).containsExactly(false, true);
        assertThat(node.truth().isIn("TRIPPED")).isTrue();
        assertThat(node.restore().drop().drop().view().version())
                .isEqualTo(seen.get(1).version() + 1);
    }

    @Test
    void is_lost_for_a_while() {
        watch();
        node.dropFor(SECOND);
        simulation.run(SECOND.minusNanos(1));
        assertThat(node.view().connected()).isFalse();
        simulation.run(SECOND);
        assertThat(node.view().connected()).isTrue();
        assertThat(seen).hasSize(2);
    }

    @Test
    void shows_nothing_of_a_node_that_was_never_there() {
        long before = node.view().version();
        node.absent();

        assertThat(node.view().state()).isEmpty();
        assertThat(node.view().connected()).isFalse();
        assertThat(node.view().version()).isGreaterThan(before);
        assertThat(node.restore().view().isIn("SAFE")).isTrue();
    }

    @Test
    void stands_still_while_it_is_frozen_and_takes_writes_all_the_same() {
        watch();
        node.freeze().jump("TRIPPED");
        node.write(
                new NodeWrite.Request("SAFE"),
                answer -> assertThat(answer.isAccepted()).isTrue());
        assertThat(node.view().isIn("SAFE")).isTrue();
        assertThat(seen).isEmpty();

        node.thaw();
        assertThat(seenStates()).containsExactly("TRIPPED");
    }

    @Test
    void is_fresh_after_a_return_even_if_it_is_frozen_and_then_stands_still_again() {
        node.freeze().drop().jump("TRIPPED").restore();
        assertThat(node.view().isIn("TRIPPED")).isTrue();

        node.jump("SAFE");
        assertThat(node.view().isIn("TRIPPED")).isTrue();
    }

    @Test
    void shows_what_is_forced_on_it_whatever_it_is_like() {
        node.force(to -> to.notification(true));
        node.jump("TRIPPED");
        assertThat(node.view().notification()).isTrue();
        assertThat(node.view().isIn("TRIPPED")).isTrue();
        assertThat(node.truth().notification()).isFalse();

        node.unforce();
        assertThat(node.view().notification()).isFalse();
    }

    @Test
    void shows_status_later_than_the_rest() {
        node.statusLags(SECOND).jump("TRIPPED");
        watch();

        assertThat(node.view().isIn("TRIPPED")).isTrue();
        assertThat(node.view().isDone()).as("from before").isTrue();
        simulation.run(SECOND);
        assertThat(node.view().status()).isEqualTo(NodeStatus.RUN);
        assertThat(seen).hasSize(1);
    }

    @Test
    void works_out_the_target_later_than_the_rest() {
        node.targetLags(SECOND);
        node.set(to -> to.request("ALIGNED").target("DAMPED"));

        assertThat(node.view().isStalled()).isTrue();
        simulation.run(SECOND);
        assertThat(node.view().isStalled()).isFalse();
    }

    @Test
    void shows_each_record_in_its_own_time_and_order_when_it_is_torn() {
        watch();
        node.set(to -> to.request("C").target("B"));
        seen.clear();
        node.tear(Duration.ofMillis(40));
        int torn = 0;
        for (int round = 0; round < 50; round++) {
            String state = "S" + round;
            String target = "S" + (round + 1);
            node.set(to -> to.state(state).target(target));
            simulation.run(Duration.ofMillis(20));
        }
        simulation.run(SECOND);
        for (NodeView view : seen) {
            torn += view.state().equals(view.target()) ? 1 : 0;
        }

        assertThat(torn).as("views that never were").isPositive();
        assertThat(node.view()).isEqualTo(asSeen(node.truth()));
        assertThat(seenStates()).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }

    private static int number(String state) {
        return state.startsWith("S") && state.length() < 4 ? Integer.parseInt(state.substring(1)) : -1;
    }

    private NodeView asSeen(NodeView truth) {
        return truth.toBuilder()
                .at(node.view().at())
                .version(node.view().version())
                .build();
    }

    @Test
    void forgets_what_is_on_its_way_when_the_connection_is_lost() {
        node.statusLags(SECOND).jump("TRIPPED").drop().set(to -> to.status(NodeStatus.MAIN));
        node.restore();
        assertThat(node.view().status()).isEqualTo(NodeStatus.MAIN);

        simulation.run(SECOND.multipliedBy(2));
        assertThat(node.view().status()).isEqualTo(NodeStatus.MAIN);
    }

    @Test
    void hints_at_the_first_change_at_once_and_at_the_last_in_time() {
        watch();
        node.hintsEvery(SECOND);
        for (String state : List.of("A", "B", "C", "D")) {
            node.jump(state);
        }
        simulation.run(SECOND);
        node.jump("E");
        simulation.run(SECOND);
        simulation.run(SECOND);
        node.jump("F");

        assertThat(seenStates()).containsExactly("A", "D", "E", "F");
    }

    @Test
    void tells_every_listener_that_has_not_gone() {
        List<String> told = new ArrayList<>();
        Runnable twice = () -> told.add("twice");
        Listening first = node.listen(twice);
        node.listen(twice);
        Listening other = node.listen(() -> told.add("other"));
        first.close();
        first.close();

        node.jump("A");
        other.close();
        node.jump("B");

        assertThat(told).containsExactly("twice", "other", "twice");
        assertThat(node.listeners()).isEqualTo(1);
    }

    @Test
    void tells_the_others_of_a_change_when_one_throws_and_then_throws_that_itself() {
        node.listen(() -> {
            throw new IllegalArgumentException("hostile");
        });
        watch();
        List<WriteOutcome> answers = new ArrayList<>();

        assertThatIllegalArgumentException().isThrownBy(() -> node.jump("A")).withMessage("hostile");
        assertThatIllegalArgumentException().isThrownBy(() -> node.write(new NodeWrite.Request("B"), answers::add));

        assertThat(seenStates()).containsExactly("A", "A");
        assertThat(answers).containsExactly(WriteOutcome.accepted());
    }

    @Test
    void loses_hints_and_tells_them_late_or_twice_by_the_plan_of_faults() {
        watch();
        node.lag(SECOND);
        simulation.faults().on("node.hint.lost", 1).on("node.hint.late", 2).on("node.hint.twice", 2);

        node.jump("A");
        assertThat(seen).isEmpty();
        node.jump("B");
        assertThat(seen).isEmpty();
        simulation.run(SECOND);
        assertThat(seenStates()).containsExactly("B", "B");
    }

    @Test
    void throws_when_it_is_told_to_and_until_it_is_healed() {
        node.viewThrows().listenThrows();
        assertThatIllegalStateException().isThrownBy(node::view).withMessageContaining("MC2");
        assertThatIllegalStateException().isThrownBy(() -> node.listen(() -> {}));

        node.heal();
        watch();
        assertThat(node.view().isIn("SAFE")).isTrue();

        simulation.faults().on("node.view.throws", 1).on("node.listen.throws", 1);
        assertThatIllegalStateException().isThrownBy(node::view);
        assertThatIllegalStateException().isThrownBy(() -> node.listen(() -> {}));
        assertThat(node.view().isIn("SAFE")).isTrue();
    }

    @Test
    void is_as_it_is_behind_all_levers_once_it_is_healed() {
        watch();
        node.freeze()
                .force(to -> to.notification(true))
                .tear(SECOND)
                .statusLags(SECOND)
                .hintsEvery(SECOND)
                .drop()
                .jump("TRIPPED");
        seen.clear();

        node.heal();

        assertThat(node.view()).isEqualTo(asSeen(node.truth()));
        assertThat(seenStates()).containsExactly("TRIPPED");
    }
}
