package dev.steward.testkit.contract;

import dev.steward.instance.Probe;
import dev.steward.testkit.FakeProbe;

/** Also where it answers from within the call. */
class PromptFakeProbeContractTest extends FakeProbeContractTest {
    @Override
    protected Probe findsWell() {
        return new FakeProbe(simulation).answersInTheCall();
    }

    @Override
    protected Probe findsUnwell() {
        return new FakeProbe(simulation).answersInTheCall().answersUnwell("told to");
    }
}
