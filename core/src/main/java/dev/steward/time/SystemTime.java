package dev.steward.time;

import java.time.Instant;

/** The machine's clocks; the only place in the library that reads them. */
enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
