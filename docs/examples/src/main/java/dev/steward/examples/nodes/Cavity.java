package dev.steward.examples.nodes;

import static dev.steward.guard.StateTrait.fromAnywhere;
import static dev.steward.guard.StateTrait.hidden;

import dev.steward.guard.GuardState;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateCheck;
import dev.steward.guard.StateResult;
import dev.steward.guard.Visit;
import dev.steward.node.Node;
import dev.steward.node.NodeManager;
import java.util.Optional;

/** Suspensions brought up and down together: revives whichever has fallen, and goes down itself if somebody interferes. */
final class Cavity {
    private Cavity() {}

    // region Cavity
    static GuardSystem system(NodeManager optics) {
        StateCheck reviveFallen = here -> {
            optics.reviveAll(); // not where the last request has no answer yet
            return Optional.empty();
        };
        return GuardSystem.named("CAVITY")
                .state("INIT", () -> new Begin(optics), hidden())
                .state("DOWN", () -> new Bring(optics, "SAFE"), fromAnywhere())
                .state("PREPARING", () -> new Bring(optics, "DAMPED"), hidden())
                .state("READY", () -> new Bring(optics, "ALIGNED"))
                .path("INIT", "DOWN", "PREPARING", "READY")
                .check(optics.checker(
                        "DOWN")) // before every call but those of INIT and DOWN: tells of faults, goes DOWN on one
                .check("PREPARING", reviveFallen)
                .check("READY", reviveFallen)
                .request("DOWN")
                .nominal("READY")
                .build();
    }

    private static final class Begin extends GuardState {
        private final NodeManager optics;

        Begin(NodeManager optics) {
            this.optics = optics;
        }

        @Override
        protected StateResult main(Visit here) {
            optics.setManaged();
            return done();
        }
    }

    private static final class Bring extends GuardState {
        private final NodeManager optics;
        private final String state;

        Bring(NodeManager optics, String state) {
            this.optics = optics;
            this.state = state;
        }

        @Override
        protected StateResult main(Visit here) {
            optics.setManaged(); // also takes back what somebody has taken meanwhile
            optics.setRequest(state);
            return goOn();
        }

        @Override
        protected StateResult run(Visit here) {
            for (Node optic : optics) {
                if (!optic.hasCompleted()) {
                    here.notify(optic.name() + " is in " + optic.state());
                }
            }
            return doneWhen(optics.hasCompleted());
        }
    }
    // endregion
}
