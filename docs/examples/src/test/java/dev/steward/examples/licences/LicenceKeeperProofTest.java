package dev.steward.examples.licences;

import static java.time.Duration.ofMinutes;

import dev.steward.loop.ControlLoop;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StewardExtension.class)
class LicenceKeeperProofTest {
    // region LicenceProof
    record Site(FakeLicenceServer server) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess me) {
            return Licences.loop(me.remote(LicenceApi.class, server), me.role("licences"), me.feed(), me.time());
        }
    }

    @Test
    void keeps_one_licence_and_never_two() {
        Proof.of(world -> new Site(new FakeLicenceServer(world.time())))
                .everyFault()
                .seeds(100)
                .always("never two", site -> site.server().leases() <= 1)
                .eventually("one", site -> site.server().leases() == 1)
                .run();
    }
    // endregion

    // region LicenceWorld
    record Restless(FakeLicenceServer server) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess me) {
            return Licences.loop(me.remote(LicenceApi.class, server), me.role("licences"), me.feed(), me.time());
        }

        @Override
        public void round(World world) {
            world.after(ofMinutes(2), "the licence server is started anew", server::forget);
        }
    }
    // endregion

    @Test
    void keeps_one_while_the_server_forgets() {
        Proof.of(world -> new Restless(new FakeLicenceServer(world.time())))
                .everyCrashPoint()
                .twoLeaders()
                .atMost(200)
                .always("never two", site -> site.server().leases() <= 1)
                .eventually("one", site -> site.server().leases() == 1)
                .run();
    }
}
