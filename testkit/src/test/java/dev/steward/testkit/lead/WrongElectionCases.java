package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.testkit.lead.WrongElection.Wrong;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong election; {@link WrongElectionsTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongElection.class)
class WrongElectionCases extends FakeElectionContractTest {
    private final WrongElection how;
    private final List<Wrong> all = new ArrayList<>();

    WrongElectionCases(WrongElection how) {
        this.how = how;
    }

    @Override
    protected LeaderElection candidate(String role, String process) {
        String its = how == WrongElection.MIXES_UP_ROLES ? "role" : role;
        return new Wrong(how, super.candidate(its, process), all);
    }

    @Override
    protected boolean kill(LeaderElection candidate) {
        return how == WrongElection.OUTLIVES_ITS_PROCESS || super.kill(((Wrong) candidate).good);
    }

    @Override
    protected boolean cutOff(LeaderElection candidate) {
        Wrong wrong = (Wrong) candidate;
        wrong.cutOff = true;
        return how == WrongElection.NEVER_MISSES_ANYBODY || super.cutOff(wrong.good);
    }

    @Override
    protected void reconnect(LeaderElection candidate) {
        Wrong wrong = (Wrong) candidate;
        wrong.cutOff = false;
        super.reconnect(wrong.good);
    }
}
