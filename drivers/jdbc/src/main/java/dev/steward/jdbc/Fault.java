package dev.steward.jdbc;

/** What an error of a database means for the call that met it. */
enum Fault {
    /** Another transaction was in the way, and what it did may be what this one would have to see. */
    CONFLICT,
    /** Certainly not done, and the next call may fare better. */
    PASSING,
    /** Certainly not done, and it never will be. */
    LASTING,
    /** The connection still stands, but if this happened to the commit itself nobody knows what became of it. */
    DOUBTFUL,
    /** The connection is gone. */
    LOST
}
