package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeChannel;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.SimulationException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The same where everything takes its time: writes, answers and hints; through one fake around another. */
class FakeNodeLaterContractTest extends FakeNodeContractTest {
    private static final Duration WHILE = Duration.ofMillis(100);

    private Simulation simulation;

    @Override
    FakeNode node() {
        simulation = new Simulation(1);
        return new FakeNode("MC2", simulation).takes(WHILE).answersAfter(WHILE).hintsEvery(WHILE);
    }

    @Override
    protected NodeChannel newChannel() {
        return new FakeNode((NodeChannel) node, simulation).answersAfter(WHILE).hintsEvery(WHILE);
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        Duration end = simulation.elapsed().plus(limit);
        while (news.isEmpty() && simulation.elapsed().compareTo(end) < 0) {
            runUntil(news, end);
        }
        return news.poll();
    }

    /** A listener that throws fails a simulation, but for the test that wants it. */
    private void runUntil(BlockingQueue<?> news, Duration end) {
        try {
            simulation.runUntil(
                    () -> !news.isEmpty() || simulation.elapsed().equals(end), end.minus(simulation.elapsed()));
        } catch (SimulationException failure) {
            assertThat(failure).hasMessageContaining("hostile");
        }
    }

    @Override
    protected int threads() {
        return 1;
    }
}
