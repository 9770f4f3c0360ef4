package dev.steward.lead;

import dev.steward.loop.WakeUp;

/**
 * Advises one process whether to try for a role. Made for drivers to implement.
 *
 * <p>It is advice and no more: it may be wrong, it may be late, and two processes may be told to try at once. Who leads is decided by the
 * role's fence in the store ({@link LeaderLoop}), so a wrong advice costs a conflict and nothing else.
 *
 * <p><b>Contract.</b> While nobody fails and the store answers, one candidate of several is advised to lead, and goes on being advised.
 * When it resigns, closes, dies or is cut off, another one is advised within the bound that the implementation states.
 *
 * <p><b>Threads.</b> {@link #poll}, {@link #resign} and {@link #close} belong to the thread of the loop; none of them waits.
 */
public interface LeaderElection extends AutoCloseable {
    /** What to do now, and when to ask again at the latest. */
    Advice poll();

    /**
     * Gives up the advice, if it was given, so that another process need not wait until it lapses; this one tries again later.
     *
     * <p>After this call {@link #poll} does not advise to lead until it has been given the advice anew.
     */
    void resign();

    /** Hands over what to wake when the advice changes; the default wakes nobody, and {@link Advice#next} says when to ask. */
    default void wakeWith(WakeUp wakeUp) {}

    /** Resigns for good. Idempotent; the store behind it is still open. */
    @Override
    void close();
}
