package dev.steward.examples.nodes;

import static dev.steward.guard.StateResult.done;
import static dev.steward.guard.StateResult.doneWhen;
import static dev.steward.guard.StateResult.jumpTo;
import static dev.steward.guard.StateTrait.fromAnywhere;
import static dev.steward.guard.StateTrait.hidden;
import static dev.steward.guard.StateTrait.index;
import static dev.steward.guard.StateTrait.protect;
import static java.time.Duration.ofMillis;

import dev.steward.guard.GuardState;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateCheck;
import dev.steward.guard.StateResult;
import dev.steward.guard.Visit;
import java.util.Optional;

/** One hanging optic: brought to rest, damped, aligned; falls to TRIPPED when it swings too far, and stays there until it is calm. */
final class Suspension {
    private static final double TOO_FAR = 100;
    private static final double CALM = 50;
    private static final double STILL = 2;

    private Suspension() {}

    // region Suspension
    static GuardSystem system(String optic, Plant plant) {
        StateCheck watchdog = here -> plant.swing(optic) > TOO_FAR ? Optional.of(jumpTo("TRIPPED")) : Optional.empty();
        return GuardSystem.named("SUSPENSION")
                .whileIn("INIT", here -> jumpTo(plant.swing(optic) > TOO_FAR ? "TRIPPED" : "SAFE"), hidden(), index(0))
                .state("TRIPPED", () -> new Tripped(optic, plant), hidden(), protect(), index(1))
                .whileIn("SAFE", here -> done(), fromAnywhere(), index(10))
                .state("DAMPED", () -> new Damped(optic, plant), index(20))
                .state("ALIGNING", Aligning::new, hidden(), index(30))
                .whileIn("ALIGNED", here -> done(), index(40))
                .path("TRIPPED", "SAFE", "DAMPED", "ALIGNING", "ALIGNED")
                .edge("ALIGNED", "DAMPED")
                .checkEverywhereBut(watchdog, "INIT", "TRIPPED")
                .request("SAFE")
                .nominal("ALIGNED")
                .build(); // throws, naming every mistake of the table
    }

    private static final class Aligning extends GuardState {
        @Override
        protected StateResult main(Visit here) { // once per visit
            here.startTimer("ramp", ofMillis(500));
            return goOn();
        }

        @Override
        protected StateResult run(Visit here) { // then 16 times a second
            return doneWhen(here.hasRunOut("ramp"));
        }
    }
    // endregion

    private static final class Tripped extends GuardState {
        private final String optic;
        private final Plant plant;

        Tripped(String optic, Plant plant) {
            this.optic = optic;
            this.plant = plant;
        }

        @Override
        protected StateResult main(Visit here) {
            plant.damp(optic, false);
            return goOn();
        }

        @Override
        protected StateResult run(Visit here) {
            double swing = plant.swing(optic);
            if (swing > CALM) {
                here.notify(optic + " swings by " + Math.round(swing) + " um");
            }
            return doneWhen(swing <= CALM);
        }
    }

    private static final class Damped extends GuardState {
        private final String optic;
        private final Plant plant;

        Damped(String optic, Plant plant) {
            this.optic = optic;
            this.plant = plant;
        }

        @Override
        protected StateResult main(Visit here) {
            plant.damp(optic, true);
            return goOn();
        }

        @Override
        protected StateResult run(Visit here) {
            return doneWhen(plant.swing(optic) < STILL);
        }
    }
}
