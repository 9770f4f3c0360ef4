package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.node.NodeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer of a call does, from main, from run and from a check, at the request and on the way to it. */
class GuardNodeAnswersTest {
    /** In C, which leads to A, in the cycle of the answer. */
    @ParameterizedTest(name = "{0} answers {1}, request {2}, {3}: {4}")
    @CsvSource({
        "main, go on,  C, AUTO,    C C C RUN",
        "main, go on,  A, AUTO,    C A A RUN",
        "main, done,   C, AUTO,    C C C DONE",
        "main, done,   A, AUTO,    A A A MAIN",
        "main, done,   A, MANAGED, A A A MAIN",
        "main, jump D, C, AUTO,    D A C MAIN",
        "main, jump D, A, AUTO,    D A A MAIN",
        "main, jump D, C, MANAGED, D D C MAIN",
        "main, jump D, A, MANAGED, D D A MAIN",
        "main, jump A, A, MANAGED, A A A MAIN",
        "main, jump C, C, MANAGED, C C C MAIN",
        "main, jump C, A, MANAGED, C C A MAIN",
        "main, jump C, A, AUTO,    C A A MAIN",
        "run,  go on,  C, AUTO,    C C C RUN",
        "run,  go on,  A, AUTO,    C A A RUN",
        "run,  done,   C, AUTO,    C C C DONE",
        "run,  done,   A, AUTO,    A A A MAIN",
        "run,  done,   A, MANAGED, A A A MAIN",
        "run,  jump D, C, AUTO,    D A C MAIN",
        "run,  jump D, A, AUTO,    D A A MAIN",
        "run,  jump D, C, MANAGED, D D C MAIN",
        "run,  jump D, A, MANAGED, D D A MAIN",
        "run,  jump A, A, MANAGED, A A A MAIN",
        "run,  jump C, C, MANAGED, C C C MAIN",
        "run,  jump C, A, MANAGED, C C A MAIN",
    })
    void an_answer_has_its_effect(String method, String answer, String request, NodeMode mode, String shown) {
        Script script = new Script();
        GuardSystem system = script.builder().build();
        script.answer("INIT.main", StateResult.jumpTo("C"));
        Rig rig = new Rig(script, system, GuardNode.Options.defaults());
        rig.node.request(request);
        rig.pass();
        assertThat(rig.view().state()).isEqualTo("C");
        if (method.equals("run")) {
            rig.cycle();
        }
        rig.node.setMode(mode);

        script.answer("C." + method, result(answer));
        rig.cycle();

        assertThat(rig.shown()).isEqualTo(shown);
        assertThat(rig.calls()).endsWith("C." + method);
    }

    private static StateResult result(String answer) {
        return switch (answer) {
            case "go on" -> StateResult.goOn();
            case "done" -> StateResult.done();
            default -> StateResult.jumpTo(answer.substring("jump ".length()));
        };
    }

    @Test
    void a_state_that_is_done_in_main_is_run_only_at_the_request() {
        Rig rig = Rig.doneIn("A");
        rig.script.answer("B.main", StateResult.DONE);
        rig.script.answer("C.main", StateResult.DONE);

        rig.request("C");
        rig.cycles(4);

        assertThat(rig.calls()).containsExactly("B.main", "C.main", "C.run", "C.run");
        assertThat(rig.events()).containsExactly("B EDGE", "C EDGE");
    }

    @Test
    void done_is_lost_when_run_goes_on_again() {
        Rig rig = Rig.doneIn("C");
        assertThat(rig.view().ok()).isTrue();

        rig.cycle();
        assertThat(rig.shown()).isEqualTo("C C C RUN");
        assertThat(rig.view().ok()).isFalse();

        rig.request("A");
        rig.cycle();
        assertThat(rig.events()).containsExactly("A REDIRECT"); // as it was not complete any more
    }

    @Test
    void at_the_request_run_goes_on_being_called_and_may_jump() {
        Rig rig = Rig.doneIn("C");
        rig.finish("C");
        rig.cycles(5);
        assertThat(rig.calls()).hasSize(5);

        rig.jumpFrom("C", "X");
        rig.cycle();

        assertThat(rig.view().state()).isEqualTo("X");
    }

    @Test
    void a_jump_to_the_state_itself_begins_a_new_visit() {
        Rig rig = Rig.doneIn("C");

        rig.jumpFrom("C", "C");
        rig.cycle();
        rig.script.forget("C");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("C.run", "C.main");
        assertThat(rig.events()).containsExactly("C JUMP");
    }

    @Test
    void a_check_that_answers_takes_the_place_of_the_call_and_of_the_checks_after_it() {
        Script script = new Script();
        StateCheck first = here -> answerOf(script, "first");
        StateCheck second = here -> answerOf(script, "second");
        GuardSystem system = script.builder()
                .check("C", first)
                .checkEverywhereBut(second, "INIT", "A", "B")
                .build();
        Rig rig = new Rig(script, system, GuardNode.Options.defaults());
        rig.node.request("C");
        rig.finish("A");
        rig.finish("B");
        rig.cycles(5);
        assertThat(rig.calls()).containsExactly("INIT.main", "A.main", "A.run", "B.main", "B.run");

        rig.cycle();
        assertThat(rig.calls()).containsExactly("first", "second", "C.main");

        script.answer("first", StateResult.DONE);
        rig.cycle();
        assertThat(rig.calls()).containsExactly("first");
        assertThat(rig.shown()).isEqualTo("C C C DONE");

        script.answer("first", StateResult.jumpTo("SAFE"));
        rig.cycle();
        assertThat(rig.view().state()).isEqualTo("SAFE");
    }

    /** Silent as long as the script says nothing. */
    private static Optional<StateResult> answerOf(Script script, String check) {
        StateResult answer = script.call(check);
        return answer == StateResult.GO_ON ? Optional.empty() : Optional.of(answer);
    }

    @Test
    void main_counts_as_called_if_a_check_has_answered_for_it() {
        Script script = new Script();
        List<StateResult> answers = new ArrayList<>(List.of(StateResult.GO_ON));
        StateCheck once = here -> answers.isEmpty() ? Optional.empty() : Optional.of(answers.remove(0));
        Rig rig = new Rig(script, script.builder().check("A", once).build(), GuardNode.Options.defaults());

        rig.cycles(3);

        assertThat(rig.calls()).containsExactly("INIT.main", "A.run");
    }

    @Test
    void every_visit_has_an_object_of_its_own() {
        class Counting extends GuardState {
            private int runs;

            @Override
            protected StateResult run(Visit here) {
                return doneWhen(++runs == 3);
            }
        }
        GuardSystem system = GuardSystem.named("S")
                .state("A", Counting::new)
                .state("B", Counting::new)
                .path("INIT", "A", "B", "A")
                .request("A")
                .build();
        Rig rig = new Rig(new Script(), system, GuardNode.Options.defaults());
        rig.cycles(5);
        assertThat(rig.shown()).isEqualTo("A A A DONE");

        rig.node.request("B");
        rig.cycles(4);
        assertThat(rig.shown()).isEqualTo("B B B DONE");
    }

    @Test
    void a_state_that_is_one_lambda_takes_two_cycles() {
        GuardSystem system = GuardSystem.named("S")
                .whileIn("A", here -> StateResult.done())
                .request("A")
                .build();
        Rig rig = new Rig(new Script(), system, GuardNode.Options.defaults());
        rig.cycle();

        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A A A RUN");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A A A DONE");
    }

    @Test
    void answers_are_values() {
        assertThat(StateResult.jumpTo("A")).isEqualTo(new StateResult.Jump("A"));
        assertThat(StateResult.doneWhen(true)).isSameAs(StateResult.done());
        assertThat(StateResult.doneWhen(false)).isSameAs(StateResult.goOn());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateResult.jumpTo(""))
                .withMessage("a jump to no state");
    }
}
