package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import org.junit.jupiter.api.Test;

/** What a node does without being asked to: nothing that others would have to look at. */
class GuardNodeIdleTest {
    @Test
    void a_thousand_cycles_without_news_show_one_view_and_tell_nobody() {
        Rig rig = Rig.doneIn("C");
        rig.finish("C");
        rig.cycle();
        NodeView view = rig.view();
        int[] hints = {0};
        rig.node.listen(() -> hints[0]++);

        rig.cycles(1_000);

        assertThat(rig.calls()).hasSize(1_001);
        assertThat(rig.view()).isSameAs(view);
        assertThat(hints[0]).isZero();
        assertThat(rig.events()).isEmpty();
    }

    @Test
    void writes_that_change_nothing_show_the_same_view() {
        Rig rig = Rig.doneIn("C");
        rig.manage();
        rig.finish("C");
        rig.cycle();
        NodeView view = rig.view();

        for (int i = 0; i < 100; i++) {
            rig.manage();
            rig.request("C");
            rig.write(new NodeWrite.Load());
        }

        assertThat(rig.view()).isSameAs(view);
    }
}
