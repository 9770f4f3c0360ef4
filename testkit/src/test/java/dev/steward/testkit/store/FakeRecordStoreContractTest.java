package dev.steward.testkit.store;

import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.SimulationException;
import dev.steward.testkit.contract.RecordStoreContract;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The fake store does what every store must do while nothing fails; here each call is answered at its own instant. */
class FakeRecordStoreContractTest extends RecordStoreContract {
    private static final Duration TURN = Duration.ofMillis(10);

    final Simulation simulation = new Simulation(5);
    final FakeStoreGround ground = new FakeStoreGround(simulation);

    @Override
    protected RecordStore open() {
        return ground.client("p1");
    }

    @Override
    protected Optional<RecordStore> openAnother() {
        return Optional.of(ground.client("p2"));
    }

    @Override
    protected boolean forgetDeletions() {
        ground.forgetDeletions();
        return true;
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        Duration end = simulation.elapsed().plus(limit);
        T next = news.poll();
        while (next == null && simulation.elapsed().compareTo(end) < 0) {
            runOn();
            next = news.poll();
        }
        return next;
    }

    private void runOn() {
        try {
            simulation.run(TURN);
        } catch (SimulationException failure) {
            if (!failure.getMessage().contains("hostile")) {
                throw failure;
            }
        }
    }

    @Override
    protected int threads() {
        return 1;
    }
}
