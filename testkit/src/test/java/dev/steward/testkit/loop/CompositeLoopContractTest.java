package dev.steward.testkit.loop;

import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.ControlLoopContract;
import dev.steward.testkit.contract.ModelLoop;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

class CompositeLoopContractTest extends ControlLoopContract {
    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        return CompositeLoop.of(
                "both",
                time,
                new ModelLoop(time, Duration.ofSeconds(3)),
                CompositeLoop.of("inner", time, new ModelLoop(time, Duration.ofSeconds(7))));
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        CompositeLoop composite = (CompositeLoop) loop;
        return Optional.of(() -> composite.add(CompositeLoop.of("guest", TimeSource.system())));
    }
}
