package dev.steward.testkit.proof.gallery;

import java.util.function.Consumer;

/** How a licence is kept. */
interface LicenceApi {
    /** Leases it, or renews the lease, for a minute from now. */
    void lease(Consumer<Boolean> then);
}
