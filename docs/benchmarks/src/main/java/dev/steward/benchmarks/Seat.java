package dev.steward.benchmarks;

import dev.steward.lead.LeaderElection;

/** What one process has of a store that several share: a connection of its own, and what advises it whether to lead. */
interface Seat extends AutoCloseable {
    MeteredStore store();

    /** A candidacy for a role; the one before is closed. */
    LeaderElection election(String role, String holder);

    @Override
    void close();
}
