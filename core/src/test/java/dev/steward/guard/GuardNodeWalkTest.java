package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Property: whatever its states answer and its operators ask, each view of a node follows the rules, and it settles when things are quiet. */
class GuardNodeWalkTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 500;

    /** What the nodes log of their thousands of errors is of no use here. */
    @BeforeAll
    static void hushLog() {
        Module ours = GuardNodeWalkTest.class.getModule();
        ModuleLayer.boot().findModule("ch.qos.logback.classic").ifPresent(ours::addReads);
        log().setLevel(Level.OFF);
    }

    @AfterAll
    static void hearLog() {
        log().setLevel(null);
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(GuardNode.class);
    }

    @Test
    void keeps_the_rules_in_any_history_and_settles_at_its_request() {
        int passes = 0;
        int calls = 0;
        int events = 0;
        int stalls = 0;
        int errors = 0;
        int refusals = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Walk walk = new Walk(seed, UnaryOperator.identity(), UnaryOperator.identity());
            for (int i = 0; i < 5; i++) {
                run(walk, seed);
            }
            passes += walk.passes;
            calls += walk.callsMade;
            events += walk.events;
            stalls += walk.stalls;
            errors += walk.errors;
            refusals += walk.refusals;
        }
        System.out.printf(
                "guard walk: %d seeds, %d passes, %d calls, %d events, %d stalls, %d errors, %d refusals, settled %d times%n",
                SEEDS, passes, calls, events, stalls, errors, refusals, SEEDS * 5);
        assertThat(stalls).isGreaterThan(1_000);
        assertThat(errors).isGreaterThan(1_000);
    }

    private static void run(Walk walk, long seed) {
        try {
            walk.go(STEPS / 5);
            walk.settle();
        } catch (AssertionError error) {
            throw new AssertionError("seed " + seed, error);
        }
    }

    @Test
    void finds_a_view_whose_target_comes_late() {
        AtomicReference<NodeView> last = new AtomicReference<>(NodeView.unseen());
        assertFound(view -> {
            NodeView before = last.getAndSet(view);
            boolean isTorn = before.connected() && !before.state().equals(view.state());
            return isTorn ? view.toBuilder().target(before.target()).build() : view;
        });
    }

    @Test
    void finds_done_away_from_the_request() {
        assertFound(view -> view.status() == NodeStatus.RUN && view.isStalled()
                ? view.toBuilder().status(NodeStatus.DONE).build()
                : view);
    }

    @Test
    void finds_a_version_that_stays() {
        assertFound(view -> view.toBuilder().version(1).build());
    }

    @Test
    void finds_an_edge_that_should_not_be_there() {
        assertFound(UnaryOperator.identity(), builder -> builder.edge("A", "D"));
    }

    private static void assertFound(UnaryOperator<NodeView> lens) {
        assertFound(lens, UnaryOperator.identity());
    }

    private static void assertFound(UnaryOperator<NodeView> lens, UnaryOperator<GuardSystemBuilder> extra) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> {
            for (long seed = 0; seed < 20; seed++) {
                new Walk(seed, lens, extra).go(STEPS);
            }
        });
    }
}
