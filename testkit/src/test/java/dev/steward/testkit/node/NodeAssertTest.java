package dev.steward.testkit.node;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static dev.steward.testkit.assertj.StewardAssertions.assertThatCode;
import static dev.steward.testkit.assertj.StewardAssertions.assertThatThrownBy;

import dev.steward.node.Node;
import dev.steward.node.NodeFault.Check;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.assertj.NodeAssert;
import dev.steward.testkit.assertj.NodeViewAssert;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each assertion about nodes holds when it should, and says all that is known when it does not. */
class NodeAssertTest {
    private final Simulation simulation = new Simulation(1);
    private final FakeNode fake = new FakeNode("MC2", simulation).standsIn("SAFE");
    private final NodeManager nodes = new NodeManager("LOCK", List.of(fake), simulation.time());
    private final Node node = nodes.node("MC2");

    @BeforeEach
    void begin() {
        simulation.add(nodes);
        run();
    }

    private void run() {
        simulation.run(Duration.ofSeconds(1));
    }

    /** One holds and the other fails. */
    private void holds(Consumer<NodeAssert> right, Consumer<NodeAssert> wrong, String expected) {
        assertThatCode(() -> right.accept(assertThat(node))).doesNotThrowAnyException();
        fails(() -> wrong.accept(assertThat(node)), "expected " + expected, "REQUEST", "MC2");
    }

    private void seen(Consumer<NodeViewAssert> right, Consumer<NodeViewAssert> wrong, String expected) {
        assertThatCode(() -> right.accept(assertThat(fake.view()))).doesNotThrowAnyException();
        fails(() -> wrong.accept(assertThat(fake.view())), "expected " + expected, "REQUEST", "the node");
    }

    private static void fails(ThrowingCallable wrong, String... texts) {
        assertThatThrownBy(wrong).isInstanceOf(AssertionError.class).hasMessageContainingAll(texts);
    }

    @Test
    void follow_a_node_to_where_it_was_asked_to_go() {
        holds(NodeAssert::wasNeverAsked, it -> it.wasAskedFor("ALIGNED"), "what was asked for last to be ALIGNED");
        holds(NodeAssert::hasNotArrived, NodeAssert::hasArrived, "to have arrived");
        node.setRequest("ALIGNED");
        run();
        holds(NodeAssert::isStalled, NodeAssert::isNotStalled, "not to be stalled");
        holds(it -> it.wasAskedFor("ALIGNED"), NodeAssert::wasNeverAsked, "never to have been asked");
        fake.set(to -> to.state("ALIGNED").target("ALIGNED").status(NodeStatus.RUN));
        run();
        holds(it -> it.hasArrived().hasNotCompleted(), NodeAssert::hasCompleted, "to have completed");
        holds(
                it -> it.hasArrivedAt("ALIGNED").isNotStalled(),
                it -> it.hasArrivedAt("SAFE"),
                "to have arrived at SAFE");
        fake.set(to -> to.status(NodeStatus.DONE));
        run();
        holds(it -> it.hasCompleted().hasCompletedAt("ALIGNED"), NodeAssert::hasNotCompleted, "not to have completed");
        holds(it -> it.hasCompletedAt("ALIGNED"), it -> it.hasCompletedAt("SAFE"), "to have completed SAFE");
        holds(NodeAssert::hasArrived, NodeAssert::hasNotArrived, "not to have arrived");
        holds(NodeAssert::isNotStalled, NodeAssert::isStalled, "to be stalled");
    }

    @Test
    void tell_who_manages_it_and_what_is_wrong() {
        node.setManaged();
        run();
        holds(it -> it.isManagedByUs().hasNoFault(), NodeAssert::isNotManagedByUs, "not to be managed by us");
        fake.takeOver("OTHER").set(to -> to.messages(List.of("mind the gap")));
        run();
        holds(NodeAssert::isNotManagedByUs, NodeAssert::isManagedByUs, "to be managed by us");
        holds(it -> it.hasFaults(Check.MANAGEMENT), NodeAssert::hasNoFault, "to have no fault");
        holds(it -> it.tells(Check.NOTIFICATION), it -> it.tells(Check.ERROR), "to tell ERROR");
        holds(it -> it.hasFaults(Check.MANAGEMENT), NodeAssert::hasFaults, "the faults [], but found [MANAGEMENT]");
        holds(NodeAssert::isNotOk, NodeAssert::isOk, "to be OK");
        fake.set(to -> to.ok(true));
        run();
        holds(NodeAssert::isOk, NodeAssert::isNotOk, "not to be OK");
    }

    @Test
    void show_the_whole_view_beside_what_was_asked_for() {
        node.setManaged();
        node.setRequest("ALIGNED");
        fake.requestByOther("DAMPED").takeOver("OTHER").jump("TRIPPED");
        run();

        assertThatThrownBy(() -> assertThat(node).hasArrivedAt("ALIGNED")).hasMessage("""
                        expected to have arrived at ALIGNED
                          MC2           shows                               we
                          STATE         TRIPPED since 2020-01-01T00:00:01Z
                          REQUEST       DAMPED                              asked for ALIGNED
                          TARGET        TRIPPED
                          NOMINAL       -
                          STATUS        RUN
                          OP            EXEC
                          MODE          MANAGED
                          MANAGER       OTHER                               that is not us
                          ERROR         FALSE
                          CONNECT       OK
                          NOTIFICATION  false
                          OK            false
                          ACTIVE        true
                          version       7 at 2020-01-01T00:00:01Z
                          fault: MC2: REQUEST changed: ALIGNED -> DAMPED
                          fault: MC2: MANAGER changed: OTHER""");
    }

    @Test
    void say_all_that_a_view_alone_can_say() {
        seen(NodeViewAssert::isConnected, NodeViewAssert::isNotConnected, "not to be connected");
        seen(NodeViewAssert::isAlive, NodeViewAssert::isNotAlive, "not to be alive");
        seen(it -> it.isIn("SAFE"), it -> it.isIn("ALIGNED"), "to be in ALIGNED");
        seen(it -> it.isNotIn("ALIGNED"), it -> it.isNotIn("SAFE"), "not to be in SAFE");
        seen(it -> it.hasRequest("SAFE"), it -> it.hasRequest("A"), "REQUEST to be A, but it is SAFE");
        seen(it -> it.hasTarget("SAFE"), it -> it.hasTarget("A"), "TARGET to be A");
        seen(it -> it.hasStatus(NodeStatus.DONE), it -> it.hasStatus(NodeStatus.RUN), "STATUS to be RUN");
        seen(it -> it.hasOp(NodeOp.EXEC), it -> it.hasOp(NodeOp.STOP), "OP to be STOP");
        seen(it -> it.hasMode(NodeMode.AUTO), it -> it.hasMode(NodeMode.MANUAL), "MODE to be MANUAL");
        seen(NodeViewAssert::isDone, NodeViewAssert::isNotDone, "not to be done");
        seen(NodeViewAssert::isNotManaged, NodeViewAssert::isManaged, "to be managed");
        seen(NodeViewAssert::isNotStalled, NodeViewAssert::isStalled, "to be stalled");
        seen(NodeViewAssert::isNotOk, NodeViewAssert::isOk, "to be OK");
        seen(NodeViewAssert::saysNothing, it -> it.says("gap"), "to say 'gap'");

        fake.takeOver("LOCK").jump("TRIPPED").requestByOther("SAFE");
        fake.set(to -> to.ok(true).messages(List.of("mind the gap")));
        seen(it -> it.isManaged().isManagedBy("LOCK"), NodeViewAssert::isNotManaged, "not to be managed");
        seen(it -> it.isManagedBy("LOCK"), it -> it.isManagedBy("A"), "to be managed by A");
        seen(NodeViewAssert::isStalled, NodeViewAssert::isNotStalled, "not to be stalled");
        seen(NodeViewAssert::isNotDone, NodeViewAssert::isDone, "to be done");
        seen(NodeViewAssert::isOk, NodeViewAssert::isNotOk, "not to be OK");
        seen(it -> it.says("gap"), NodeViewAssert::saysNothing, "to say nothing");

        fake.drop();
        seen(NodeViewAssert::isNotConnected, NodeViewAssert::isConnected, "to be connected");
        seen(NodeViewAssert::isNotAlive, NodeViewAssert::isAlive, "to be alive");
        seen(it -> it.isNotStalled().isNotOk().saysNothing(), NodeViewAssert::isManaged, "to be managed");
        fails(() -> assertThat(fake.view()).isConnected(), "has shown", "not connected", "TRIPPED");
    }

    @Test
    void fail_on_null() {
        NodeView none = null;
        fails(() -> assertThat(none).isConnected(), "not to be null");
        Node nobody = null;
        fails(() -> assertThat(nobody).hasArrived(), "not to be null");
    }
}
