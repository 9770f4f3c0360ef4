package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;

/**
 * Everything of one owner that runs on the host, as of one instant. Immutable.
 *
 * @param ticket the {@link InstanceDriver#look} that it answers; 0 for the first, which a driver sends by itself once it is opened
 * @param running each life of which any process is left, also those that another process of the same owner launched before; a life that
 *     is not listed here and was launched before the look is gone
 * @param trouble why the look failed; if so, {@code running} says nothing. Empty if it did not
 */
public record Census(long ticket, List<Observation.Running> running, String trouble) {
    /** None is null. */
    public Census {
        running = List.copyOf(running);
        checkNotNull(trouble, "trouble");
    }

    /** A look that succeeded. */
    public static Census of(long ticket, List<Observation.Running> running) {
        return new Census(ticket, running, "");
    }

    /** A look that failed, and why. */
    public static Census failed(long ticket, String trouble) {
        return new Census(ticket, List.of(), trouble);
    }

    /** Whether the look failed. */
    public boolean isFailed() {
        return !trouble.isEmpty();
    }
}
