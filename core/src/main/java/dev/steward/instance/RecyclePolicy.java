package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says when an instance is restarted although it is up: because it has run long enough, uses too much memory, or for any other reason. Asked
 * each {@link #period} while the instance is up, in a pass: an answer is quick, and does not block.
 *
 * <p>Such a restart counts as no failure.
 */
public interface RecyclePolicy {
    /** Why it is to be restarted now, for people; empty if it is not. What is thrown is told to operators, and counts as empty. */
    Optional<String> reason(Vitals vitals);

    /** How often this is asked; more than zero. A minute, if not said otherwise. */
    default Duration period() {
        return Duration.ofMinutes(1);
    }

    /** Whether the {@link Vitals} should hold the memory, which the driver has to measure first. */
    default boolean needsMemory() {
        return false;
    }

    /**
     * What is known of an instance that is up. Immutable.
     *
     * @param name of the instance
     * @param uptime how long it has been running, also under an earlier manager
     * @param memory bytes of memory of all of its processes together; empty if nobody has asked for it, or it cannot be measured
     * @param now the wall clock
     */
    record Vitals(String name, Duration uptime, OptionalLong memory, Instant now) {}

    /** Never. */
    static RecyclePolicy never() {
        return Recycling.NEVER;
    }

    /**
     * Once it has run for so long.
     *
     * @throws IllegalArgumentException if {@code most} is not more than zero
     */
    static RecyclePolicy afterUptime(Duration most) {
        checkArgument(!most.isNegative() && !most.isZero(), "the longest uptime is %s", most);
        return new Recycling.Uptime(most);
    }

    /**
     * Once it uses more memory than this.
     *
     * @param most bytes, of all of its processes together
     * @throws IllegalArgumentException if {@code most} is not more than zero
     */
    static RecyclePolicy aboveMemory(long most) {
        checkArgument(most > 0, "the most memory is %s", most);
        return new Recycling.Memory(most);
    }
}
