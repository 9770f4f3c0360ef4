package dev.steward.benchmarks;

import dev.steward.time.TimeSource;
import java.time.Instant;

/**
 * The clocks of this machine, except that the monotonic one can be put forward: so a delay that is policy is over at once, and what is
 * left is what the library adds. Safe for use by many threads, one of which skips.
 */
final class SkippingTime implements TimeSource {
    private volatile long skipped;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime() + skipped;
    }

    /** From now on it is so much later; one thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread skips
    void skip(long nanos) {
        skipped += nanos;
    }
}
