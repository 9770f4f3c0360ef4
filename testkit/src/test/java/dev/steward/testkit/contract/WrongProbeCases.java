package dev.steward.testkit.contract;

import dev.steward.instance.Probe;
import dev.steward.testkit.contract.WrongProbe.World;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong probe; {@link ContractsTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongProbe.class)
class WrongProbeCases extends FakeProbeContractTest {
    private final WrongProbe.Owner owner;

    WrongProbeCases(WrongProbe wrong) {
        this.owner = wrong.owner();
    }

    @Override
    protected Probe findsWell() {
        return owner.probe(World.WELL, super.findsWell());
    }

    @Override
    protected Probe findsUnwell() {
        return owner.probe(World.UNWELL, super.findsUnwell());
    }

    @Override
    protected Optional<Probe> hangs() {
        return super.hangs().map(probe -> owner.probe(World.HANGING, probe));
    }

    @Override
    protected Optional<Probe> closed() {
        return Optional.of(owner.probe(World.CLOSED, super.findsUnwell()));
    }

    @Override
    protected Duration promptness() {
        return Duration.ofMillis(100);
    }
}
