package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopObserver;
import dev.steward.loop.Step;
import dev.steward.node.FaultChecker;
import dev.steward.node.Node;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that manages other nodes. */
class GuardNodeManagersTest {
    private final VirtualTime time = new VirtualTime();
    private final Script childScript = new Script();
    private final GuardNode child = new GuardNode("CHILD", childScript.system(), time);
    private final NodeManager manager = new NodeManager("TOP", List.of(child), time);
    private final Node managed = manager.node("CHILD");

    private GuardNode top(FaultChecker checker, String... exceptions) {
        GuardSystem system = GuardSystem.named("TOP")
                .state("INIT", () -> new GuardState() {
                    @Override
                    protected StateResult main(Visit here) {
                        managed.setManaged();
                        managed.setRequest("C");
                        return done();
                    }
                })
                .whileIn("DOWN", here -> StateResult.goOn())
                .whileIn("UP", here -> StateResult.doneWhen(managed.hasCompleted()))
                .path("INIT", "UP", "DOWN", "UP")
                .check(checker, exceptions)
                .request("UP")
                .build();
        return new GuardNode("TOP", system, time, GuardNode.Options.defaults().withManagers(manager));
    }

    private void run(GuardNode top, int cycles) {
        for (int i = 0; i < cycles; i++) {
            top.manageOnce();
            child.manageOnce();
            time.advance(Rig.PERIOD);
        }
    }

    @Test
    void brings_its_node_up_and_is_done_when_that_is() {
        GuardNode top = top(FaultChecker.of(manager));
        for (String state : childScript.system().states()) {
            childScript.answer(state + ".run", StateResult.DONE);
        }

        run(top, 15);

        assertThat(child.view().isManagedBy("TOP")).isTrue();
        assertThat(child.view().isIn("C")).isTrue();
        assertThat(top.view().isDone()).isTrue();
        assertThat(top.view().messages()).isEmpty();
    }

    @Test
    void a_checker_without_a_fail_state_only_tells() {
        GuardNode top = top(FaultChecker.of(manager));
        run(top, 3);

        child.setMode(NodeMode.AUTO);
        run(top, 3);

        assertThat(top.view().state()).isEqualTo("UP");
        assertThat(top.view().messages())
                .singleElement()
                .asString()
                .contains("CHILD")
                .contains("MANAGED");
    }

    @Test
    void a_checker_with_a_fail_state_jumps_there_once_and_leaves_it_alone() {
        GuardNode top = top(FaultChecker.of(manager, "DOWN"));
        run(top, 3);

        child.setMode(NodeMode.AUTO);
        run(top, 10);

        assertThat(top.view().state()).isEqualTo("DOWN");
        assertThat(top.view().status().name()).isEqualTo("RUN");
        assertThat(top.view().messages()).isEmpty(); // the fail state has no check of its own
    }

    @Test
    void a_checker_may_stand_before_one_state_alone() {
        GuardSystem system = GuardSystem.named("TOP")
                .whileIn("A", here -> StateResult.done())
                .whileIn("UP", here -> StateResult.goOn())
                .whileIn("DOWN", here -> StateResult.goOn())
                .path("INIT", "A", "UP", "DOWN")
                .check("UP", StateCheck.of(FaultChecker.of(manager, "DOWN")))
                .request("A")
                .build();
        GuardNode top =
                new GuardNode("TOP", system, time, GuardNode.Options.defaults().withManagers(manager));
        child.operate(NodeOp.PAUSE);
        run(top, 5);
        assertThat(manager.isInFault()).isTrue();
        assertThat(top.view().state()).isEqualTo("A");

        top.request("UP");
        run(top, 3);

        assertThat(top.view().state()).isEqualTo("DOWN");
    }

    @Test
    void a_state_that_is_named_is_left_out_and_must_be_one() {
        GuardNode top = top(FaultChecker.of(manager, "DOWN"), "UP");
        run(top, 3);

        child.setMode(NodeMode.AUTO);
        run(top, 10);

        assertThat(manager.isInFault()).isTrue();
        assertThat(top.view().state()).isEqualTo("UP");
        assertThatThrownBy(() -> top(FaultChecker.of(manager, "AWAY"), "ELSEWHERE"))
                .hasMessageContaining("AWAY")
                .hasMessageContaining("ELSEWHERE");
    }

    @Test
    void a_change_of_its_node_wakes_it_though_its_own_code_keeps_its_beat() {
        GuardNode top = top(FaultChecker.of(manager));
        int[] woken = {0};
        top.wakeWith(() -> woken[0]++);
        run(top, 5);
        top.manageOnce();
        woken[0] = 0;

        time.advance(Duration.ofMillis(1));
        child.request("A");
        child.manageOnce();

        assertThat(woken[0]).isPositive();
        assertThat(top.manageOnce()).isEqualTo(Step.after(Rig.PERIOD.minusMillis(1)));
        assertThat(managed.request()).isEqualTo("A");
    }

    @Test
    void runs_with_its_nodes_in_one_composite() {
        GuardNode top = top(FaultChecker.of(manager));
        for (String state : childScript.system().states()) {
            childScript.answer(state + ".run", StateResult.DONE);
        }
        CompositeLoop loop = new CompositeLoop("all", time, CompositeLoop.Options.defaults(), LoopObserver.logging());
        loop.add(top);
        loop.add(child);
        for (int i = 0; i < 200; i++) {
            time.advance(loop.manageOnce().delay());
        }

        assertThat(top.view().isDone()).isTrue();
        loop.close();
        assertThat(top.view().connected()).isFalse();
        assertThat(child.view().connected()).isFalse();
    }
}
