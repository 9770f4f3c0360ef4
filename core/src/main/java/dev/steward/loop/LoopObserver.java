package dev.steward.loop;

import java.time.Duration;

/**
 * Told what goes wrong with loops while something runs them: the host's hook for its log, its meters and its alarms.
 *
 * <p>Called on the thread of the pass. A {@link LoopService} calls two from other threads: {@link #refused}, as there is no pass, and
 * {@link #overran} once while a pass is still running; it is called again by the pass, should it ever end. Returns at once; what it
 * throws is logged.
 */
public interface LoopObserver {
    /**
     * A pass threw.
     *
     * @param delay how long the loop is left alone before its next pass
     * @param inARow how many of its passes have thrown in a row, this one included
     */
    default void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {}

    /** A pass has taken longer than it should; with a {@link LoopService} it may never return. */
    default void overran(ControlLoop loop, Duration took) {}

    /** A loop asked to run again at once, {@code passes} times in a row: it is spinning, or it has a great deal to do. */
    default void spinning(ControlLoop loop, int passes) {}

    /** The executor of the host refused to run a pass; it is asked again after {@code delay}. */
    default void refused(ControlLoop loop, RuntimeException error, Duration delay) {}

    /** Writes to the log; of failures in a row the 1st, 2nd, 4th, 8th and so on. */
    static LoopObserver logging() {
        return new LoggingObserver();
    }
}
