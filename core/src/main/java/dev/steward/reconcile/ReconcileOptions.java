package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.LoopObserver;
import dev.steward.loop.Mode;
import dev.steward.time.Backoff;
import java.time.Duration;

/**
 * How a {@link ReconcileLoop} works. Immutable.
 *
 * @param period a thing is looked at again so long after the last look began; no decision is made on what is older. More than zero
 * @param callLimit how long the answer to a look or an action is awaited, before nobody knows; more than zero
 * @param retry how long a thing is left alone after looks or actions in a row that have not gone well
 * @param mostCalls how many looks and actions may be under way at once; from 1
 * @param mostDamage how many {@linkplain Plan#damage damaging} actions may begin within the window; from 1. A leader counts its own
 * @param damageWindow the window; more than zero
 * @param budget how long one pass may go on taking new things; more than zero
 * @param mode whether it acts at all; one that only observes never leads
 * @param observer told of reconcilers that throw
 */
public record ReconcileOptions(
        Duration period,
        Duration callLimit,
        Backoff retry,
        int mostCalls,
        int mostDamage,
        Duration damageWindow,
        Duration budget,
        Mode mode,
        LoopObserver observer) {
    /** @throws IllegalArgumentException if a duration is not above zero, or a number is below 1 */
    public ReconcileOptions {
        checkArgument(isPositive(period), "the period is %s", period);
        checkArgument(isPositive(callLimit), "the limit of a call is %s", callLimit);
        checkNotNull(retry, "retry");
        checkArgument(mostCalls >= 1, "%s calls at once", mostCalls);
        checkArgument(mostDamage >= 1, "a damage budget of %s", mostDamage);
        checkArgument(isPositive(damageWindow), "the window of the damage budget is %s", damageWindow);
        checkArgument(isPositive(budget), "the budget of a pass is %s", budget);
        checkNotNull(mode, "mode");
        checkNotNull(observer, "observer");
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /**
     * A look each minute, 30 s for an answer, 1 s to 5 min after what did not go well, 100 calls at once, as much damage as is wanted,
     * 10 ms for a pass; acts, and logs what throws.
     */
    public static ReconcileOptions defaults() {
        return new ReconcileOptions(
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Backoff.exponential(Duration.ofSeconds(1), Duration.ofMinutes(5))
                        .withJitter(0.2),
                100,
                Integer.MAX_VALUE,
                Duration.ofMinutes(10),
                Duration.ofMillis(10),
                Mode.ACT,
                LoopObserver.logging());
    }

    /** The same with another period. */
    public ReconcileOptions withPeriod(Duration other) {
        return new ReconcileOptions(
                other, callLimit, retry, mostCalls, mostDamage, damageWindow, budget, mode, observer);
    }

    /** The same with another limit for answers. */
    public ReconcileOptions withCallLimit(Duration other) {
        return new ReconcileOptions(period, other, retry, mostCalls, mostDamage, damageWindow, budget, mode, observer);
    }

    /** The same with other waits after what did not go well. */
    public ReconcileOptions withRetry(Backoff other) {
        return new ReconcileOptions(
                period, callLimit, other, mostCalls, mostDamage, damageWindow, budget, mode, observer);
    }

    /** The same with another number of calls at once. */
    public ReconcileOptions withMostCalls(int other) {
        return new ReconcileOptions(period, callLimit, retry, other, mostDamage, damageWindow, budget, mode, observer);
    }

    /** The same with a damage budget: so many damaging actions within any window. */
    public ReconcileOptions withDamageBudget(int most, Duration window) {
        return new ReconcileOptions(period, callLimit, retry, mostCalls, most, window, budget, mode, observer);
    }

    /** The same with another budget of time for a pass. */
    public ReconcileOptions withBudget(Duration other) {
        return new ReconcileOptions(
                period, callLimit, retry, mostCalls, mostDamage, damageWindow, other, mode, observer);
    }

    /** The same in another mode. */
    public ReconcileOptions withMode(Mode other) {
        return new ReconcileOptions(
                period, callLimit, retry, mostCalls, mostDamage, damageWindow, budget, other, observer);
    }

    /** The same with another observer. */
    public ReconcileOptions withObserver(LoopObserver other) {
        return new ReconcileOptions(period, callLimit, retry, mostCalls, mostDamage, damageWindow, budget, mode, other);
    }
}
