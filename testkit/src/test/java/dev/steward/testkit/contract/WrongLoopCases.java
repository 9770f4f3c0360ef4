package dev.steward.testkit.contract;

import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.time.TimeSource;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong loop; {@link ContractsTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongLoop.class)
class WrongLoopCases extends ControlLoopContract {
    private final WrongLoop wrong;

    WrongLoopCases(WrongLoop wrong) {
        this.wrong = wrong;
    }

    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        return wrong.open(time);
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        return Optional.of(((ModelLoop) loop)::post);
    }
}
