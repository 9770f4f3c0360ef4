package dev.steward.instance;

/** A signal of POSIX that a manager may send. */
public enum Signal {
    /** Hang up: many servers read their configuration again. */
    HUP,
    /** Interrupt, as Ctrl-C. */
    INT,
    /** Quit, often with a dump. */
    QUIT,
    /** Terminate: please stop. */
    TERM,
    /** Kill: cannot be caught or ignored. */
    KILL,
    /** The first of two without a meaning of its own. */
    USR1,
    /** The second of two without a meaning of its own. */
    USR2
}
