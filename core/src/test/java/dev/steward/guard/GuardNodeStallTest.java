package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeMode;
import dev.steward.node.NodeWrite;
import org.junit.jupiter.api.Test;

/** The order of events where a node jumps, and every way out of a stall. */
class GuardNodeStallTest {
    @Test
    void a_managed_node_stalls_where_it_jumps_to_and_is_never_done_there() {
        Rig rig = Rig.stalledInB();
        assertThat(rig.view().isStalled()).isTrue();

        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B B C RUN");
        rig.finish("B");
        rig.cycles(3);

        assertThat(rig.shown()).isEqualTo("B B C RUN");
        assertThat(rig.view().isStalled()).isTrue();
        assertThat(rig.calls()).containsExactly("C.run", "B.main", "B.run", "B.run", "B.run");
    }

    @Test
    void a_stalled_node_may_jump_on() {
        Rig rig = Rig.stalledInB();

        rig.cycle();
        rig.jumpFrom("B", "X");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("X X C MAIN");
        assertThat(rig.events()).containsExactly("B STALL", "X STALL");
    }

    @Test
    void a_revival_ends_a_stall_without_a_redirect() {
        Rig rig = Rig.stalledInB();
        rig.cycle();
        rig.calls();

        rig.request("C");
        assertThat(rig.shown()).isEqualTo("B C C RUN");
        assertThat(rig.view().isStalled()).isFalse();
        rig.cycle();
        assertThat(rig.calls()).containsExactly("B.run");

        rig.finish("B");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("C C C MAIN");
        assertThat(rig.events()).containsExactly("B STALL", "C EDGE");
    }

    @Test
    void a_revival_lets_a_state_go_that_was_complete_in_its_stall() {
        Rig rig = Rig.stalledInB();
        rig.finish("B");
        rig.cycles(3);
        rig.calls();

        rig.request("C");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("C.main");
    }

    @Test
    void another_wish_ends_a_stall_and_redirects() {
        Rig rig = Rig.stalledInB();
        rig.cycle();
        rig.calls();

        rig.request("D");
        assertThat(rig.shown()).isEqualTo("B D D RUN");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("D.main");
        assertThat(rig.events()).containsExactly("B STALL", "D REDIRECT");
    }

    @Test
    void another_wish_that_is_taken_back_in_time_is_a_revival() {
        Rig rig = Rig.stalledInB();
        rig.cycle();
        rig.calls();

        rig.request("D");
        rig.request("C");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("B.run");
        assertThat(rig.view().isStalled()).isFalse();
    }

    @Test
    void a_request_for_where_it_stalls_makes_that_its_goal() {
        Rig rig = Rig.stalledInB();
        rig.finish("B");
        rig.cycles(2);

        rig.request("B");

        assertThat(rig.shown()).isEqualTo("B B B DONE");
        assertThat(rig.view().isStalled()).isFalse();
    }

    @Test
    void a_protected_state_that_it_stalls_in_is_not_left_for_another_wish() {
        Rig rig = Rig.doneIn("C");
        rig.manage();
        rig.jumpFrom("C", "P");
        rig.cycles(2);
        rig.calls();

        rig.request("D");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("P D D RUN");
        assertThat(rig.calls()).containsExactly("P.run");

        rig.finish("P");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("D D D MAIN");
    }

    @Test
    void a_jump_to_the_requested_state_is_no_stall() {
        Rig rig = Rig.underWayInB();
        rig.manage();

        rig.jumpFrom("B", "C");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("C C C MAIN");
        assertThat(rig.events()).containsExactly("C JUMP");
    }

    @Test
    void in_auto_it_goes_on_after_a_jump_once_the_state_is_complete() {
        Rig rig = Rig.doneIn("C");

        rig.jumpFrom("C", "B");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B C C MAIN");

        rig.finish("B");
        rig.cycles(2);
        assertThat(rig.shown()).isEqualTo("C C C MAIN");
        assertThat(rig.events()).containsExactly("B JUMP", "C EDGE");
    }

    @Test
    void in_auto_it_goes_on_through_a_state_from_anywhere_if_nothing_else_leads_on() {
        Rig rig = Rig.doneIn("C");

        rig.jumpFrom("C", "X");
        rig.finish("X");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("X SAFE C MAIN");

        rig.cycles(2);
        assertThat(rig.shown()).isEqualTo("SAFE A C MAIN");
    }

    @Test
    void mode_auto_ends_a_stall_and_lets_the_state_run_to_its_end() {
        Rig rig = Rig.stalledInB();
        rig.cycle();
        rig.calls();

        rig.node.setMode(NodeMode.AUTO);
        rig.pass();
        assertThat(rig.shown()).isEqualTo("B C C RUN");
        rig.cycle();
        assertThat(rig.calls()).containsExactly("B.run");
        rig.finish("B");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("C C C MAIN");
    }

    @Test
    void a_release_ends_a_stall_and_leaves_the_name_of_the_manager() {
        Rig rig = Rig.stalledInB();

        rig.write(new NodeWrite.Release(false));

        assertThat(rig.shown()).isEqualTo("B C C MAIN");
        assertThat(rig.view().mode()).isEqualTo(NodeMode.AUTO);
        assertThat(rig.view().manager()).isEqualTo("M");
        rig.write(new NodeWrite.Release(true));
        assertThat(rig.view().manager()).isEmpty();
    }

    @Test
    void being_managed_does_not_stall_it_and_changes_no_request() {
        Rig rig = Rig.underWayInB();

        rig.manage();

        assertThat(rig.shown()).isEqualTo("B C C RUN");
        assertThat(rig.view().isManagedBy("M")).isTrue();
        rig.finish("B");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("C C C MAIN");
    }

    @Test
    void being_managed_once_more_does_not_end_a_stall() {
        Rig rig = Rig.stalledInB();

        rig.manage();
        rig.cycles(2);

        assertThat(rig.view().isStalled()).isTrue();
    }

    @Test
    void a_managed_node_that_starts_stalls_where_init_jumps_to() {
        Script script = new Script();
        Rig rig = new Rig(script, GuardNode.Options.defaults().withManager("M"));
        script.builder();
        script.answer("INIT.main", StateResult.jumpTo("B"));

        rig.pass();

        assertThat(rig.shown()).isEqualTo("B B A MAIN");
        assertThat(rig.view().isStalled()).isTrue();
        assertThat(rig.events()).containsExactly("INIT STARTED", "B STALL");
    }

    @Test
    void a_managed_node_that_starts_does_not_stall_if_init_jumps_to_the_request() {
        Script script = new Script();
        Rig rig = new Rig(script, GuardNode.Options.defaults().withManager("M"));
        script.builder();
        script.answer("INIT.main", StateResult.jumpTo("A"));

        rig.pass();

        assertThat(rig.shown()).isEqualTo("A A A MAIN");
        assertThat(rig.view().isStalled()).isFalse();
    }
}
