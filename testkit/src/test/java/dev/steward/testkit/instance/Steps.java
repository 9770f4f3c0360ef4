package dev.steward.testkit.instance;

/** Told of each thing that a manager does, so that it can be killed right there. */
@FunctionalInterface
interface Steps {
    /** Nobody wants to know. */
    Steps UNSEEN = what -> {};

    /** It has come to this. */
    void step(String what);
}
