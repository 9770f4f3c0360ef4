package dev.steward.testkit.proof;

import dev.steward.testkit.FakeStoreGround;
import java.time.Duration;

/**
 * How long calls take when nothing goes wrong: mostly some milliseconds, for some seeds seconds, for some no time at all, so that answers
 * come within the call. Immutable.
 */
final class Latency {
    private static final Duration SHORT = Duration.ofMillis(2);
    private static final Duration USUAL = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofMillis(1_500);

    private final long seed;
    private final Duration least;
    private final Duration most;

    Latency(long seed) {
        this.seed = seed;
        int kind = seed == 0 ? 7 : Chance.below(Chance.of(seed, "latency", 0), 8);
        this.least = kind == 0 ? Duration.ZERO : kind == 1 ? Duration.ofMillis(300) : SHORT;
        this.most = kind == 0 ? Duration.ZERO : kind <= 2 ? LONG : USUAL;
    }

    /** Whether answers come within the call. */
    boolean isInTheCall() {
        return most.isZero();
    }

    /** How long one way of a call takes. */
    Duration leg(Port port, int occurrence, int way) {
        if (isInTheCall()) {
            return Duration.ZERO;
        }
        long number = Chance.of(
                seed, port.name(), occurrence * 4L + way + port.process().hashCode() * 65_537L);
        int range = (int) most.minus(least).toMillis();
        return Duration.ofMillis((least.toMillis() + Chance.below(number, range) + 1) / 2);
    }

    /** Makes a store take as long. */
    void set(FakeStoreGround ground, boolean lags) {
        if (isInTheCall()) {
            ground.answersInTheCall();
        } else {
            ground.takes(least, most);
        }
        if (lags && Chance.below(Chance.of(seed, "view", 0), 4) == 0 && seed != 0) {
            ground.showsWithin(Duration.ofSeconds(4));
        }
    }
}
