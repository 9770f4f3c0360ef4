package dev.steward.testkit.proof;

import dev.steward.loop.ControlLoop;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One licence is to be kept leased, which gets lost in each round. Not safe for use by many threads. */
record Licences(World world, LicenceServer server, BiFunction<LicenceApi, ProofProcess, ControlLoop> make)
        implements Scenario {
    /** With a keeper of one's own. */
    static Function<World, Licences> keptBy(BiFunction<LicenceApi, ProofProcess, ControlLoop> make) {
        return world -> new Licences(world, new LicenceServer(), make);
    }

    /** With the keeper that is as it should be. */
    static Proof<Licences> proof() {
        return proof((api, process) -> new Keeper(api, process.time()));
    }

    /** With some other one, to be proved the same way, but without faults so far. */
    static Proof<Licences> proof(BiFunction<LicenceApi, ProofProcess, ControlLoop> make) {
        return Proof.of(keptBy(make))
                .always("one licence", it -> it.server().leases() <= 1)
                .eventually("leased", it -> it.server().leases() == 1);
    }

    @Override
    public ControlLoop start(ProofProcess process) {
        return make.apply(process.remote(LicenceApi.class, server), process);
    }

    @Override
    public void round(World world) {
        world.after(Duration.ofMinutes(1), "nothing much", () -> {});
        world.after(Duration.ofMinutes(2), "the licence is lost", server::forget);
    }
}
