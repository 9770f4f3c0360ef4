package dev.steward.instance;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;

/** What outlives the manager; as it stands here, nothing does. Not safe for use by many threads, but for what says so. */
interface Memory {
    /** Keeps nothing. */
    Memory NONE = new Memory() {};

    /** What wakes the loop of the manager; from any thread. */
    default void wakes(ControlLoop manager, WakeUp wakeUp) {}

    /** Begins a pass: what the store has answered is taken in. */
    default void poll(long now) {}

    /** Whether nothing is to be decided yet, as it may still be said what was decided before. */
    default boolean isAwaited() {
        return false;
    }

    /** What was kept is of no interest any more: everything is to come down. What changes from now on is not kept. */
    default void shuttingDown() {}

    /** There is an instance that was not there, or another one of its name. */
    default void added(InstanceRunner runner) {}

    /** Something of an instance may be another that is to outlive the manager. */
    default void changed(InstanceRunner runner) {}

    /** There is no instance of this name any more. */
    default void removed(String name) {}

    /** It is known who is configured. */
    default void configured() {}

    /** Ends a pass: what has changed is written, if it can be. */
    default void endOfPass() {}

    /** When to poll again; asked last in a pass. */
    default Step next() {
        return Step.parked();
    }

    /** Of how many instances the store does not know the latest yet; from any thread. */
    default int unwritten() {
        return 0;
    }

    /** Reads and writes no more. */
    default void close(ControlLoop manager) {}
}
