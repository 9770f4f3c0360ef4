package dev.steward.testkit.proof;

import java.util.function.Consumer;

/** A remote server of licences, slow and unreliable, as the sample controllers call it. */
interface LicenceApi {
    /** Leases one under a token; leasing again under the same one leases no other. */
    void lease(String token, Consumer<String> then);

    /** How many are leased. */
    void count(Consumer<Integer> then);
}
