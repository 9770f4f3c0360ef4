package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong channel; {@link WrongChannelsTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongChannel.class)
class WrongChannelCases extends FakeNodeContractTest {
    private final WrongChannel wrong;

    WrongChannelCases(WrongChannel wrong) {
        this.wrong = wrong;
    }

    @Override
    protected NodeChannel newChannel() {
        return wrong.spoil(super.newChannel());
    }
}
