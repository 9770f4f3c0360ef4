package dev.steward.guard;

import java.time.Duration;

/**
 * What a state may see of its node, and do there, from when it is entered until it is left.
 *
 * <p>For the calls of the state and its checks only; once the visit is over, timers and messages throw {@link IllegalStateException}. Not
 * safe for use by many threads.
 */
public interface Visit {
    /** The name of the node. */
    String node();

    /** The name of the system that the node runs. */
    String system();

    /** The name of this state. */
    String state();

    /** The name of the requested state. */
    String request();

    /** Whether this state is the requested one. */
    default boolean isRequested() {
        return state().equals(request());
    }

    /**
     * Starts a timer of this visit, or starts it anew.
     *
     * @param delay zero or less has run out already
     */
    void startTimer(String name, Duration delay);

    /**
     * Whether a timer has run out, as of this cycle; exactly after its delay it has.
     *
     * @throws IllegalArgumentException if this visit has started no timer of this name
     */
    boolean hasRunOut(String name);

    /**
     * Shows a message to operators. It lasts for the cycle that raises it, hence is raised in each for as long as it should be seen.
     *
     * @throws IllegalArgumentException if the message is empty
     */
    void notify(String message);

    /** Writes a line to the log, and to the node's messages. */
    void log(String message);
}
