package dev.steward.node;

/** Whether a node runs at all: its OP record. In the order of its numbers, from 0. */
public enum NodeOp {
    /** Its code does not run; from here to {@link #EXEC} it begins anew. */
    STOP,
    /** Its code does not run, and goes on where it was. */
    PAUSE,
    /** Its code runs. */
    EXEC
}
