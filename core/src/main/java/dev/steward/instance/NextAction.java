package dev.steward.instance;

/**
 * Where a managed instance is in its life, named by what the manager does about it next. Immutable.
 *
 * <p>{@link #DOWN} and {@link #UP} are at rest, {@link #START_AT}, {@link #WAIT_START} and {@link #WAIT_DEAD} end at a
 * deadline at the latest, {@link #START} lasts until the next look at the instance.
 */
public enum NextAction {
    /** Nothing: believed not to run. */
    DOWN,
    /** Nothing: believed to run. */
    UP,
    /** Start it, once the pause after a failure is over. */
    START_AT,
    /** Launch it now. */
    START,
    /** Wait until the launched instance is seen running. */
    WAIT_START,
    /** Wait until the instance that was told to stop is seen gone. */
    WAIT_DEAD,
    /** Nothing can be done with this instance. */
    INOPERABLE
}
