package dev.steward.loop;

/** What a manager does with its decisions. */
public enum Mode {
    /** Carries them out. */
    ACT,
    /** Looks, decides and explains, and leaves the world as it is: to see what a manager would do before it may. */
    OBSERVE
}
