package dev.steward.instance;

/** What is worth telling about a step of the {@link Resolver}, as a kind; the words are the manager's. Immutable. */
enum Note {
    /** Nothing to tell. */
    NONE,
    /** The launched instance runs. */
    LAUNCHED,
    /** The launched instance was not seen running in time; it is tried again. */
    LAUNCH_NOT_SEEN_RETRY,
    /** The same with an instance that is only watched: it is left alone. */
    LAUNCH_NOT_SEEN_PASSIVE,
    /** The instance that was told to stop is gone. */
    EXITED,
    /** The instance that was told to stop still runs. */
    REFUSED_TO_DIE,
    /** A launch is asked for. */
    LAUNCH_REQUESTED,
    /** An instance that should run is gone: a failure, whatever its exit code. */
    EXIT_DETECTED,
    /** An instance that should be down runs. */
    UNEXPECTED_SESSION,
    /** A termination is asked for. */
    TERMINATE_REQUESTED,
    /** A start under way was given up, as the instance is no longer wanted. */
    RESET_TO_IDLE,
    /** Somebody else started an instance that is only watched. */
    PASSIVE_NOW_UP,
    /** Somebody else stopped an instance that is only watched. */
    PASSIVE_NOW_DOWN,
    /** The instance has no target that can be acted on, and is not only watched either. */
    NO_RULE
}
