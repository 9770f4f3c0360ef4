package dev.steward.process;

/** One of the two streams that a process writes. */
public enum Output {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR;

    String suffix() {
        return this == STDOUT ? ".out" : ".err";
    }
}
