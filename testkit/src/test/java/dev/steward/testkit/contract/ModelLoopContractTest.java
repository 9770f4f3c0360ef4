package dev.steward.testkit.contract;

import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

class ModelLoopContractTest extends ControlLoopContract {
    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        return new ModelLoop(time, Duration.ofSeconds(5));
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        return Optional.of(((ModelLoop) loop)::post);
    }
}
