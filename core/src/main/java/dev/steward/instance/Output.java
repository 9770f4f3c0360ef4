package dev.steward.instance;

/** One of the two streams that a program writes. */
public enum Output {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
}
