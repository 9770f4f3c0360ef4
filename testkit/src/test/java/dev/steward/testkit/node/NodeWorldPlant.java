package dev.steward.testkit.node;

import dev.steward.guard.GuardState;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateResult;
import dev.steward.guard.StateTrait;
import dev.steward.guard.Visit;
import java.time.Duration;
import java.util.Optional;

/** One suspension: what of it is real, and the system that drives it up to ALIGNED. Not safe for use by many threads. */
final class NodeWorldPlant {
    static final String SAFE = "SAFE";
    static final String DAMPED = "DAMPED";
    static final String ISOLATED = "ISOLATED";
    static final String ALIGNED = "ALIGNED";
    static final String TRIPPED = "TRIPPED";

    /** Its watchdog is up: whatever it is doing, it trips, and stays so until this is over. */
    boolean kicked;

    /** So many of its next calls throw. */
    int defects;

    private final Duration ramp;
    private final NodeScenarioTally tally;
    private String where = SAFE;

    /** @param ramp how long a state on the way takes */
    NodeWorldPlant(Duration ramp, NodeScenarioTally tally) {
        this.ramp = ramp;
        this.tally = tally;
    }

    /** INIT finds out where it is; every other state but TRIPPED looks at the watchdog first. */
    GuardSystem system() {
        return GuardSystem.named("SUS")
                .whileIn(GuardSystem.INIT, here -> StateResult.jumpTo(where))
                .whileIn(SAFE, here -> arrive(here, true), StateTrait.fromAnywhere())
                .state(DAMPED, Ramp::new)
                .state(ISOLATED, Ramp::new)
                .state(ALIGNED, Ramp::new)
                .whileIn(TRIPPED, this::tripped, StateTrait.protect(), StateTrait.hidden())
                .path(TRIPPED, SAFE, DAMPED, ISOLATED, ALIGNED)
                .edge(ALIGNED, DAMPED)
                .checkEverywhereBut(here -> watchdog(), TRIPPED, GuardSystem.INIT)
                .request(SAFE)
                .nominal(ALIGNED)
                .build();
    }

    private Optional<StateResult> watchdog() {
        if (defects > 0) {
            defects--;
            throw new IllegalStateException("a defect of the user's code");
        }
        if (kicked) {
            tally.trips++;
            where = SAFE;
            return Optional.of(StateResult.jumpTo(TRIPPED));
        }
        return Optional.empty();
    }

    private StateResult tripped(Visit here) {
        here.notify("tripped");
        return StateResult.doneWhen(!kicked);
    }

    private StateResult arrive(Visit here, boolean done) {
        where = done ? here.state() : where;
        return StateResult.doneWhen(done);
    }

    private final class Ramp extends GuardState {
        @Override
        protected StateResult main(Visit here) {
            here.startTimer("ramp", ramp);
            return goOn();
        }

        @Override
        protected StateResult run(Visit here) {
            return arrive(here, here.hasRunOut("ramp"));
        }
    }
}
