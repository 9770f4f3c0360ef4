package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.FakeNodeTrouble;
import dev.steward.testkit.FakeNodeWrite;
import dev.steward.testkit.Simulation;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can become of a write to a fake node. */
class FakeNodeWriteTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LAG = Duration.ofSeconds(2);

    private final Simulation simulation = new Simulation(1);
    private final FakeNode node = new FakeNode("MC2", simulation).standsIn("SAFE");
    private final List<String> answers = new ArrayList<>();

    private void ask(String state) {
        node.write(
                new NodeWrite.Request(state),
                answer -> answers.add(
                        state + " " + answer.kind() + " " + node.view().request()));
    }

    /** How the answer is at once, and after the longest lag; what REQUEST is at once, and after it. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, A REFUSED SAFE, A REFUSED SAFE, SAFE, SAFE",
        "NOT_SENT, A NOT_SENT SAFE, A NOT_SENT SAFE, SAFE, SAFE",
        "UNKNOWN, A UNKNOWN A, A UNKNOWN A, A, A",
        "UNKNOWN_THEN_DONE, A UNKNOWN SAFE, A UNKNOWN SAFE, SAFE, A",
        "UNKNOWN_NOT_DONE, A UNKNOWN SAFE, A UNKNOWN SAFE, SAFE, SAFE",
        "LATE, '', A ACCEPTED A, A, A",
        "SLOW, '', A ACCEPTED A, SAFE, A",
        "TWICE, A ACCEPTED A, A ACCEPTED A;A ACCEPTED A, A, A",
        "NO_ANSWER, '', '', A, A",
        "SWALLOWED, '', '', SAFE, SAFE"
    })
    void ends_as_it_is_told_to(FakeNodeTrouble trouble, String atOnce, String later, String now, String then) {
        node.next(trouble);
        ask("A");
        assertThat(String.join(";", answers)).isEqualTo(atOnce);
        assertThat(node.truth().request()).isEqualTo(now);

        simulation.run(LAG);
        assertThat(String.join(";", answers)).isEqualTo(later);
        assertThat(node.truth().request()).isEqualTo(then);
        FakeNodeWrite log = node.writes().get(0);
        assertThat(log.isDone()).isEqualTo(then.equals("A"));
        assertThat(log.answer().isPresent()).isEqualTo(!later.isEmpty());

        answers.clear();
        ask("B");
        assertThat(answers).as("the next is well").containsExactly("B ACCEPTED B");
    }

    @Test
    void throws_out_of_the_call_if_it_is_told_to() {
        node.next(FakeNodeTrouble.THROWS);

        assertThatIllegalStateException().isThrownBy(() -> ask("A")).withMessageContaining("MC2", "request A");
        assertThat(answers).isEmpty();
        assertThat(node.done()).isEmpty();
        assertThat(node.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(FakeNodeTrouble.class)
    void meets_each_trouble_by_the_plan_of_faults_too(FakeNodeTrouble trouble) {
        simulation.faults().on(trouble.point(), 2);
        ask("A");
        assertThat(answers).containsExactly("A ACCEPTED A");
        answers.clear();

        try {
            ask("B");
        } catch (IllegalStateException told) {
            assertThat(trouble).isEqualTo(FakeNodeTrouble.THROWS);
        }
        simulation.run(LAG);

        assertThat(answers).isNotEqualTo(List.of("B ACCEPTED A"));
        assertThat(simulation.faults().fired()).hasSize(1);
        assertThat(simulation.faults().neverPassed()).isEmpty();
    }

    @Test
    void meets_the_same_trouble_until_it_is_healed_if_nothing_else_is_said_for_a_write() {
        node.always(FakeNodeTrouble.REFUSED).next(FakeNodeTrouble.UNKNOWN, FakeNodeTrouble.NOT_SENT);
        ask("A");
        ask("B");
        ask("C");
        ask("D");
        node.heal();
        ask("E");

        assertThat(answers)
                .containsExactly("A UNKNOWN A", "B NOT_SENT A", "C REFUSED A", "D REFUSED A", "E ACCEPTED E");
    }

    @Test
    void is_not_sent_while_the_node_is_lost() {
        node.drop();
        ask("A");
        node.restore();
        ask("B");

        assertThat(answers).containsExactly("A NOT_SENT SAFE", "B ACCEPTED B");
        assertThat(node.done()).containsExactly(new NodeWrite.Request("B"));
    }

    @Test
    void is_unknown_if_the_connection_is_lost_on_the_way_there_or_back() {
        node.takes(SECOND);
        ask("A");
        node.dropFor(SECOND.dividedBy(2));
        simulation.run(SECOND);
        assertThat(answers).containsExactly("A UNKNOWN SAFE");
        assertThat(node.done()).isEmpty();
    }

    @Test
    void keeps_its_place_behind_one_that_is_slow() {
        node.next(FakeNodeTrouble.SLOW);
        ask("A");
        ask("B");
        ask("C");
        assertThat(answers).isEmpty();

        simulation.run(LAG);
        assertThat(answers).containsExactly("A ACCEPTED A", "B ACCEPTED B", "C ACCEPTED C");
    }

    @Test
    void takes_its_time_there_and_its_answer_its_time_back() {
        node.takes(SECOND).answersAfter(SECOND);
        ask("A");
        simulation.run(SECOND);
        assertThat(node.view().request()).isEqualTo("A");
        assertThat(answers).isEmpty();
        simulation.run(SECOND);
        assertThat(answers).containsExactly("A ACCEPTED A");
    }

    @Test
    void is_answered_at_its_instant_but_not_in_the_call_if_it_is_told_so() {
        node.answersAfter(Duration.ZERO);
        ask("A");
        assertThat(answers).isEmpty();

        simulation.run(Duration.ZERO);
        assertThat(answers).containsExactly("A ACCEPTED A");
    }

    @Test
    void is_on_record_with_its_time_and_its_end() {
        simulation.run(SECOND);
        node.next(FakeNodeTrouble.NO_ANSWER, FakeNodeTrouble.REFUSED);
        ask("A");
        ask("B");

        assertThat(node.writes()).extracting(FakeNodeWrite::at).containsExactly(SECOND, SECOND);
        assertThat(node.writes())
                .extracting(FakeNodeWrite::toString)
                .containsExactly(
                        "request A at 1 s: no answer, done", "request B at 1 s: refused: fake: refused, not done");
        assertThat(node.forgetWrites().writes()).isEmpty();
    }

    @Test
    void meets_trouble_without_a_simulation_as_far_as_that_takes_no_time() {
        FakeNode plain = new FakeNode("MC1", new VirtualTime());
        List<WriteOutcome.Kind> kinds = new ArrayList<>();
        plain.next(FakeNodeTrouble.UNKNOWN, FakeNodeTrouble.TWICE);
        plain.write(new NodeWrite.Manage("LOCK"), answer -> kinds.add(answer.kind()));
        plain.write(new NodeWrite.Manage("LOCK"), answer -> kinds.add(answer.kind()));

        assertThat(kinds)
                .containsExactly(WriteOutcome.Kind.UNKNOWN, WriteOutcome.Kind.ACCEPTED, WriteOutcome.Kind.ACCEPTED);
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.next(FakeNodeTrouble.SLOW))
                .withMessageContaining("SLOW of 'MC1' needs a simulation");
    }

    @Test
    void is_refused_by_the_running_node_behind() {
        FakeNode running = new FakeNode("MC3", simulation).knows("SAFE").standsIn("SAFE");
        FakeNode levers = new FakeNode((NodeChannel) running, simulation);
        running.next(FakeNodeTrouble.REFUSED);
        List<WriteOutcome.Kind> kinds = new ArrayList<>();

        levers.write(new NodeWrite.Request("SAFE"), answer -> kinds.add(answer.kind()));
        levers.write(new NodeWrite.Request("ALIGNED"), answer -> kinds.add(answer.kind()));

        assertThat(kinds).containsExactly(WriteOutcome.Kind.REFUSED, WriteOutcome.Kind.REFUSED);
        assertThat(levers.done()).isEmpty();
        assertThat(running.asked()).as("the second is refused before").hasSize(1);
    }
}
