package dev.steward.instance;

/** What a driver does with the children that still run when it is closed; nobody can guess that, so there is no default. */
public enum OnClose {
    /** They are stopped: told to terminate, killed a little later, and gone when the driver is closed, or named in the log. */
    STOP,
    /** They run on; the next driver of the same owner finds them, and its manager takes them over. */
    LEAVE
}
