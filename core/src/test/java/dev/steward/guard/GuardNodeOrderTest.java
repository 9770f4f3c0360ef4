package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import org.junit.jupiter.api.Test;

/** The order of events: one test for each situation that a node can be in on its way. */
class GuardNodeOrderTest {
    @Test
    void starts_in_init_and_goes_to_its_first_request() {
        Rig rig = Rig.usual();
        assertThat(rig.shown()).isEqualTo("INIT A A INIT");

        rig.pass();

        assertThat(rig.calls()).containsExactly("INIT.main");
        assertThat(rig.shown()).isEqualTo("A A A MAIN");
        assertThat(rig.events()).containsExactly("INIT STARTED", "A EDGE");
    }

    @Test
    void arrives_by_main_run_and_done() {
        Rig rig = Rig.usual();
        rig.pass();

        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A A A RUN");

        rig.finish("A");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A A A DONE");
        assertThat(rig.calls()).containsExactly("INIT.main", "A.main", "A.run");
    }

    @Test
    void goes_on_from_where_it_is_done_without_another_call_there() {
        Rig rig = Rig.doneIn("A");

        rig.request("C");
        assertThat(rig.shown()).isEqualTo("A B C RUN");
        assertThat(rig.calls()).isEmpty();

        rig.cycle();
        assertThat(rig.calls()).containsExactly("B.main");
        assertThat(rig.shown()).isEqualTo("B C C RUN");
        assertThat(rig.events()).containsExactly("B EDGE");
    }

    @Test
    void is_redirected_if_the_target_changes() {
        Rig rig = Rig.underWayInB();

        rig.request("D");
        assertThat(rig.shown()).isEqualTo("B D D RUN");

        rig.cycle();
        assertThat(rig.calls()).containsExactly("D.main");
        assertThat(rig.shown()).isEqualTo("D D D RUN");
        assertThat(rig.events()).containsExactly("D REDIRECT");
    }

    @Test
    void is_not_redirected_if_only_the_end_of_the_way_changes() {
        Rig rig = Rig.usual();
        rig.node.request("C");
        rig.pass();
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A B C RUN");
        rig.calls();

        rig.request("B");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A B B RUN");
        assertThat(rig.calls()).containsExactly("A.run");

        rig.finish("A");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B B B MAIN");
    }

    @Test
    void is_not_redirected_if_the_request_comes_back_in_time() {
        Rig rig = Rig.underWayInB();

        rig.request("D");
        rig.request("C");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("B C C RUN");
        assertThat(rig.calls()).containsExactly("B.run");
    }

    @Test
    void stays_in_a_state_that_becomes_the_request() {
        Rig rig = Rig.underWayInB();

        rig.request("B");
        assertThat(rig.shown()).isEqualTo("B B B RUN");
        rig.finish("B");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("B B B DONE");
        assertThat(rig.events()).isEmpty();
    }

    @Test
    void a_protected_state_runs_to_its_end_before_another_request_counts() {
        Rig rig = Rig.doneIn("A");
        rig.request("P");
        rig.cycle();
        rig.calls();
        rig.events();

        rig.request("C");
        rig.cycles(2);
        assertThat(rig.shown()).isEqualTo("P C C RUN");
        assertThat(rig.calls()).containsExactly("P.run", "P.run");

        rig.finish("P");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("C C C MAIN");
        assertThat(rig.events()).containsExactly("C EDGE");
    }

    @Test
    void an_unknown_request_is_refused_and_changes_nothing() {
        Rig rig = Rig.stalledInB();
        long version = rig.view().version();

        WriteOutcome outcome = rig.write(new NodeWrite.Request("NOWHERE"));

        assertThat(outcome.kind()).isEqualTo(WriteOutcome.Kind.REFUSED);
        assertThat(outcome.detail()).contains("NOWHERE").contains("SAFE");
        assertThat(rig.view().version()).isEqualTo(version);
    }

    @Test
    void a_request_without_a_way_is_told_and_the_node_stays() {
        Rig rig = Rig.doneIn("A");

        rig.request("X");
        assertThat(rig.shown()).isEqualTo("A A X RUN");
        assertThat(rig.view().messages()).containsExactly("no way from A to X");
        rig.finish("A");
        rig.cycles(2);
        assertThat(rig.shown()).isEqualTo("A A X RUN");

        rig.request("B");
        assertThat(rig.view().messages()).isEmpty();
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B B B RUN");
    }

    @Test
    void init_does_not_miss_a_way_before_it_is_complete() {
        Script script = new Script();
        GuardSystem system = GuardSystem.named("S")
                .state("INIT", script.state("INIT"))
                .state("A", script.state("A"))
                .request("A")
                .build();
        Rig rig = new Rig(script, system, GuardNode.Options.defaults());
        rig.cycles(2);
        assertThat(rig.view().messages()).isEmpty();

        rig.finish("INIT");
        rig.cycle();
        assertThat(rig.view().messages()).containsExactly("no way from INIT to A");
    }

    @Test
    void a_request_for_where_it_is_done_does_nothing() {
        Rig rig = Rig.doneIn("C");
        long version = rig.view().version();

        rig.finish("C");
        rig.request("C");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("C.run");
        assertThat(rig.view().version()).isEqualTo(version);
        assertThat(rig.view().ok()).isTrue();
    }

    @Test
    void a_request_for_where_it_is_done_begins_it_anew_if_that_is_the_option() {
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withRestartOnRequest(true)).goTo("C");

        rig.request("C");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("C.main");
        assertThat(rig.events()).containsExactly("C AGAIN");
        rig.request("A");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("A A A RUN");
    }

    @Test
    void a_state_that_has_not_begun_is_not_begun_anew() {
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withRestartOnRequest(true));
        rig.pass();
        assertThat(rig.shown()).isEqualTo("A A A MAIN");

        rig.request("A");
        rig.cycle();

        assertThat(rig.events()).containsExactly("INIT STARTED", "A EDGE");
        assertThat(rig.calls()).containsExactly("INIT.main", "A.main");
    }

    @Test
    void a_protected_state_is_begun_anew_only_when_it_is_complete() {
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withRestartOnRequest(true)).goTo("A");
        rig.request("P");
        rig.cycle();
        rig.calls();

        rig.request("P");
        rig.cycle();
        assertThat(rig.calls()).containsExactly("P.run");
        rig.finish("P");
        rig.cycles(2);

        assertThat(rig.calls()).containsExactly("P.run", "P.main");
    }
}
