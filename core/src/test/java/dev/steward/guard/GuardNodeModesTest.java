package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeError;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import org.junit.jupiter.api.Test;

/** The order of events in and after an error, in MANUAL, over a stop and a pause. */
class GuardNodeModesTest {
    @Test
    void an_error_holds_everything_until_it_is_asked_again() {
        Rig rig = Rig.underWayInB();
        rig.script.answer("B.run", () -> {
            throw new IllegalStateException("no light");
        });

        assertThat(rig.cycle().kind()).hasToString("PARKED");
        assertThat(rig.shown()).isEqualTo("B C C RUN");
        assertThat(rig.view().error()).isEqualTo(NodeError.TRUE);
        assertThat(rig.view().messages()).containsExactly("run of B: IllegalStateException: no light");
        rig.calls();
        rig.cycles(3);
        assertThat(rig.calls()).isEmpty();

        rig.script.forget("B");
        rig.request("C");
        assertThat(rig.view().error()).isEqualTo(NodeError.FALSE);
        assertThat(rig.view().messages()).isEmpty();
        assertThat(rig.events()).containsExactly("B AGAIN");
        assertThat(rig.calls()).containsExactly("B.main");
    }

    @Test
    void an_error_is_cleared_by_another_request_too_and_main_comes_before_the_redirect() {
        Rig rig = Rig.underWayInB();
        rig.jumpFrom("B", "NOWHERE");
        rig.cycle();
        assertThat(rig.view().messages()).containsExactly("run of B: a jump to NOWHERE, which is no state");
        rig.calls();

        rig.cycles(5);
        rig.request("D");
        rig.cycle();

        assertThat(rig.calls()).containsExactly("B.main", "D.main");
        assertThat(rig.events()).containsExactly("B AGAIN", "D REDIRECT");
    }

    @Test
    void an_error_is_cleared_by_a_load_and_a_stall_stays() {
        Rig rig = Rig.stalledInB();
        rig.cycle();
        rig.jumpFrom("B", "NOWHERE");
        rig.cycle();
        rig.calls();

        rig.script.forget("B");
        assertThat(rig.write(new NodeWrite.Load())).isEqualTo(WriteOutcome.accepted());
        rig.cycle();

        assertThat(rig.view().error()).isEqualTo(NodeError.FALSE);
        assertThat(rig.view().isStalled()).isTrue();
        assertThat(rig.calls()).containsExactly("B.main");
    }

    @Test
    void in_manual_the_request_is_entered_whatever_the_graph_says() {
        Rig rig = Rig.doneIn("A");
        rig.node.setMode(NodeMode.MANUAL);

        rig.request("X");
        assertThat(rig.shown()).isEqualTo("A X X RUN");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("X X X RUN");
        assertThat(rig.calls()).containsExactly("X.main");
        assertThat(rig.events()).containsExactly("X MANUAL");
        rig.finish("X");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("X X X DONE");
        assertThat(rig.view().ok()).isFalse();
        assertThat(rig.view().active()).isFalse();
    }

    @Test
    void in_manual_no_state_is_left_by_itself_but_by_a_jump() {
        Rig rig = Rig.underWayInB();
        rig.node.setMode(NodeMode.MANUAL);
        rig.finish("B");
        rig.cycles(3);
        assertThat(rig.shown()).isEqualTo("B B C RUN");

        rig.jumpFrom("B", "X");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("X X C MAIN");

        rig.request("C");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("C C C RUN");
        assertThat(rig.events()).containsExactly("X STALL", "C MANUAL");
    }

    @Test
    void manual_leaves_a_protected_state_and_one_in_error() {
        Rig rig = Rig.doneIn("A");
        rig.request("P");
        rig.cycle();
        rig.jumpFrom("P", "NOWHERE");
        rig.cycle();
        rig.node.setMode(NodeMode.MANUAL);
        rig.calls();
        rig.events();

        rig.request("D");
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("D D D RUN");
        assertThat(rig.view().error()).isEqualTo(NodeError.FALSE);
        assertThat(rig.calls()).first().isEqualTo("D.main");
        assertThat(rig.events()).containsExactly("D MANUAL");
    }

    @Test
    void a_request_in_manual_that_comes_while_it_is_stopped_is_entered_once_it_runs() {
        Rig rig = Rig.doneIn("C");
        rig.node.setMode(NodeMode.MANUAL);
        rig.node.operate(NodeOp.STOP);
        rig.request("C");
        rig.calls();

        rig.node.operate(NodeOp.EXEC);
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("C C C RUN");
        assertThat(rig.events()).containsExactly("INIT STARTED", "C MANUAL");
        assertThat(rig.calls()).containsExactly("C.main");
    }

    @Test
    void a_request_in_manual_that_waits_is_kept_over_a_stop_but_not_over_another_mode() {
        Rig rig = Rig.doneIn("A");
        rig.node.setMode(NodeMode.MANUAL);
        rig.node.request("X");
        rig.node.operate(NodeOp.STOP);
        rig.pass();
        assertThat(rig.shown()).isEqualTo("A X X INIT");
        rig.node.operate(NodeOp.EXEC);
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("X X X RUN");

        rig.node.request("C");
        rig.node.operate(NodeOp.STOP);
        rig.node.setMode(NodeMode.MANAGED);
        rig.node.operate(NodeOp.EXEC);
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("INIT A C RUN");
    }

    @Test
    void in_manual_it_starts_at_once_where_it_is_asked_to_be() {
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withMode(NodeMode.MANUAL));
        rig.request("C");
        assertThat(rig.shown()).isEqualTo("C C C RUN");

        Rig other = new Rig(new Script(), GuardNode.Options.defaults().withMode(NodeMode.MANUAL));
        other.request("INIT");
        assertThat(other.shown()).isEqualTo("INIT INIT INIT DONE");
    }

    @Test
    void out_of_manual_it_goes_on_along_the_graph() {
        Rig rig = Rig.underWayInB();
        rig.node.setMode(NodeMode.MANUAL);
        rig.finish("B");
        rig.cycle();

        rig.node.setMode(NodeMode.MANAGED);
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("C C C RUN");
    }

    @Test
    void a_stop_begins_anew_at_init_and_keeps_the_request() {
        Rig rig = Rig.stalledInB();
        rig.calls();
        rig.events();

        rig.node.operate(NodeOp.STOP);
        assertThat(rig.cycle().kind()).hasToString("PARKED");
        assertThat(rig.shown()).isEqualTo("B B C INIT");
        assertThat(rig.view().isAlive()).isFalse();

        rig.node.operate(NodeOp.EXEC);
        rig.script.answer("INIT.main", StateResult.GO_ON);
        rig.pass();
        assertThat(rig.shown()).isEqualTo("INIT A C RUN");
        assertThat(rig.calls()).containsExactly("INIT.main");
        assertThat(rig.events()).containsExactly("INIT STARTED");
    }

    @Test
    void a_pause_goes_on_with_the_same_visit() {
        Rig rig = Rig.underWayInB();

        rig.node.operate(NodeOp.PAUSE);
        assertThat(rig.pass().kind()).hasToString("PARKED");
        rig.cycles(10);
        assertThat(rig.calls()).isEmpty();

        rig.node.operate(NodeOp.EXEC);
        rig.pass();
        assertThat(rig.calls()).containsExactly("B.run");
        assertThat(rig.events()).isEmpty();
    }

    @Test
    void a_pause_after_a_stop_still_begins_anew() {
        Rig rig = Rig.underWayInB();
        rig.node.operate(NodeOp.STOP);
        rig.pass();
        rig.node.operate(NodeOp.PAUSE);
        rig.pass();

        rig.node.operate(NodeOp.EXEC);
        rig.cycle();

        assertThat(rig.calls()).containsExactly("INIT.main");
    }
}
