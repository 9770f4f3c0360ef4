package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.node.Node;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeWrite;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofFailure;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A manager of nodes whose process dies and pauses anywhere, without any fault code: its nodes come to where they are wanted. */
@ExtendWith(QuietLog.class)
class NodeProofTest {
    private static final String WANTED = "ALIGNED";
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Mistakes that who uses a manager can make. */
    private enum Mistake {
        NONE,
        /** Asks in its first pass, and believes that it has been heard. */
        ASKS_ONCE,
        /** Does not notice that a node was started again, or was asked elsewhere. */
        DOES_NOT_ASK_AGAIN,
        /** Does not notice that a node has stopped on its way. */
        DOES_NOT_REVIVE
    }

    /** Two nodes, which are to be aligned; one is started again, another one is asked elsewhere. */
    private static final class Bench implements Scenario {
        private final Mistake mistake;
        private final FakeNode first;
        private final FakeNode second;

        Bench(World world, Mistake mistake) {
            this.mistake = mistake;
            first = node("A", world);
            second = node("B", world);
        }

        private static FakeNode node(String name, World world) {
            return new FakeNode(name, world.simulation())
                    .obeys(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
        }

        @Override
        public ControlLoop start(ProofProcess me) {
            List<NodeChannel> channels =
                    List.of(me.remote(NodeChannel.class, first), me.remote(NodeChannel.class, second));
            NodeManager nodes =
                    NodeManager.publishing("BENCH", channels, me.feed(), me.time(), NodeManager.Options.defaults());
            return new Aligner(nodes, me.time(), mistake);
        }

        @Override
        public void round(World world) {
            world.after(Duration.ofSeconds(20), "A is started again", () -> first.restart(Duration.ofSeconds(7)));
            world.after(Duration.ofSeconds(40), "B is asked elsewhere", () -> second.requestByOther("SAFE"));
            world.after(Duration.ofSeconds(50), "B is lost for a while", () -> second.dropFor(Duration.ofSeconds(9)));
        }

        boolean areAligned() {
            return first.truth().isIn(WANTED) && second.truth().isIn(WANTED);
        }

        boolean areAskedForNothingElse() {
            return List.of(first, second).stream()
                    .flatMap(node -> node.asked().stream())
                    .allMatch(write -> !(write instanceof NodeWrite.Request request)
                            || request.state().equals(WANTED));
        }
    }

    /** Manages some nodes, looks every second, and asks those to be where they are wanted that are not. Not safe for use by many threads. */
    private static final class Aligner implements ControlLoop {
        private final NodeManager nodes;
        private final TimeSource time;
        private final Mistake mistake;
        private long next;
        private boolean hasAsked;

        Aligner(NodeManager nodes, TimeSource time, Mistake mistake) {
            this.nodes = nodes;
            this.time = time;
            this.next = time.nanos();
            this.mistake = mistake;
        }

        @Override
        public String name() {
            return nodes.name();
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            nodes.wakeWith(wakeUp);
        }

        @Override
        public Step manageOnce() {
            Step step = nodes.manageOnce();
            long now = time.nanos();
            if (now - next >= 0) {
                next = now + PERIOD.toNanos();
                for (Node node : nodes) {
                    if (node.isAlive() && !node.isRequestPending() && (!hasAsked || mistake != Mistake.ASKS_ONCE)) {
                        align(node);
                    }
                }
                hasAsked = true;
            }
            return step.earliest(Step.afterNanos(next - now));
        }

        private void align(Node node) {
            if (!node.isManagedByUs()) {
                node.setManaged();
            }
            boolean isElsewhere = !node.request().equals(WANTED) && mistake != Mistake.DOES_NOT_ASK_AGAIN;
            if (node.lastRequest().isEmpty() || isElsewhere) {
                node.setRequest(WANTED);
            } else if (node.isStalled() && mistake != Mistake.DOES_NOT_REVIVE) {
                node.revive();
            }
        }

        @Override
        public void close() {
            nodes.close();
        }
    }

    private static Proof<Bench> bench(Mistake mistake) {
        return Proof.of(world -> new Bench(world, mistake))
                .everyCrashPoint()
                .pauses()
                .always("asked for nothing else", Bench::areAskedForNothingElse)
                .eventually("aligned", Bench::areAligned);
    }

    @Test
    void brings_its_nodes_to_where_they_are_wanted_wherever_it_dies() {
        assertThat(bench(Mistake.NONE).atMost(600).seeds(200).run().notPlayed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void finds_the_mistakes_that_users_make(Mistake mistake) {
        ProofFailure found = catchThrowableOfType(
                ProofFailure.class, () -> bench(mistake).seeds(200).run());

        assertThat(found).as("%s", mistake).isNotNull();
        System.out.println("manager of nodes: " + mistake + " is found with '" + found.run() + "': " + found.rule());
    }
}
