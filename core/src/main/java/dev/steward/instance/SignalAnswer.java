package dev.steward.instance;

/** What became of a signal that was to be sent to an instance. */
public enum SignalAnswer {
    /** It was handed to the driver for all processes of the instance. What they make of it is theirs. */
    SENT,
    /** Nothing of the instance runs. */
    NOT_RUNNING,
    /** No instance has this id. */
    UNKNOWN_ID,
    /** The manager is closed or shutting down. */
    CLOSED
}
