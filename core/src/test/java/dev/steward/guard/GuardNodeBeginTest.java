package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import org.junit.jupiter.api.Test;

/** How a node begins, by its options. */
class GuardNodeBeginTest {
    private static Rig rig(GuardNode.Options options) {
        return new Rig(new Script(), options);
    }

    @Test
    void one_that_begins_stopped_calls_nothing_until_it_is_run() {
        Rig rig = rig(GuardNode.Options.defaults().withOp(NodeOp.STOP));

        assertThat(rig.pass()).isEqualTo(Step.parked());
        assertThat(rig.view().op()).isEqualTo(NodeOp.STOP);
        assertThat(rig.view().isAlive()).isFalse();
        assertThat(rig.calls()).isEmpty();

        rig.node.operate(NodeOp.EXEC);
        rig.pass();

        assertThat(rig.view().isAlive()).isTrue();
        assertThat(rig.calls()).containsExactly("INIT.main");
    }

    @Test
    void one_that_begins_in_manual_stays_in_init_until_it_is_asked() {
        Rig rig = rig(GuardNode.Options.defaults().withMode(NodeMode.MANUAL));
        rig.script.answer("INIT.main", StateResult.DONE);

        rig.cycles(5);

        assertThat(rig.view().mode()).isEqualTo(NodeMode.MANUAL);
        assertThat(rig.view().isIn("INIT")).isTrue();

        rig.node.request("C");
        rig.cycle();

        assertThat(rig.view().isIn("C")).isTrue();
    }
}
