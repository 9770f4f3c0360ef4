package dev.steward.instance;

/** How several instances are restarted. */
public enum RestartOrder {
    /** All at once, as far as their own order of start allows. */
    TOGETHER,
    /** One after the other, each once the one before is up again; the first failure ends it. */
    ROLLING
}
