package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.testkit.FakeElection;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.LeaderElectionContract;
import java.time.Duration;

/** The fake election, while it is honest, does what every election must do. */
class FakeElectionContractTest extends LeaderElectionContract {
    static final Duration MOVES_AFTER = Duration.ofMillis(70);

    final Simulation simulation = new Simulation(5);
    final FakeElection election = new FakeElection(simulation).movesAfter(MOVES_AFTER);

    @Override
    protected LeaderElection candidate(String role, String process) {
        return election.candidate(role, process);
    }

    @Override
    protected Duration bound() {
        return MOVES_AFTER;
    }

    @Override
    protected boolean kill(LeaderElection candidate) {
        ((FakeElection.Candidate) candidate).crash();
        return true;
    }

    @Override
    protected boolean cutOff(LeaderElection candidate) {
        ((FakeElection.Candidate) candidate).cutOff();
        return true;
    }

    @Override
    protected void reconnect(LeaderElection candidate) {
        ((FakeElection.Candidate) candidate).reconnect();
    }

    @Override
    protected void letTimePass(Duration length) {
        simulation.run(length);
    }
}
