package dev.steward.instance;

/** What is wanted of a managed instance. Immutable. */
public enum TargetState {
    /** To run, and to be started again whenever it is found not running. */
    UP,
    /** Not to run. */
    DOWN,
    /** Neither: it is watched, and left as it is. Nobody can ask for this. */
    PASSIVE
}
