package dev.steward.testkit.contract;

import dev.steward.instance.Probe;
import dev.steward.testkit.FakeProbe;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The fake does what every probe must do. */
class FakeProbeContractTest extends ProbeContract {
    final Simulation simulation = new Simulation(1);

    @Override
    protected Probe findsWell() {
        return new FakeProbe(simulation).takes(Duration.ofMillis(100));
    }

    @Override
    protected Probe findsUnwell() {
        return new FakeProbe(simulation).takes(Duration.ofMillis(100)).answersUnwell("told to");
    }

    @Override
    protected Optional<Probe> hangs() {
        return Optional.of(new FakeProbe(simulation).silent());
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> answers, Duration limit) {
        Duration end = simulation.elapsed().plus(limit);
        simulation.runUntil(() -> !answers.isEmpty() || simulation.elapsed().equals(end), limit);
        return answers.poll();
    }
}
