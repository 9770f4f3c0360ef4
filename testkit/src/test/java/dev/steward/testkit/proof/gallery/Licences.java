package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;

import dev.steward.time.TimeSource;
import java.util.function.Consumer;

/** A licence server: a lease ends unless it is renewed. Not safe for use by many threads. */
final class Licences implements LicenceApi {
    private final TimeSource time;
    private boolean ever;
    private long until;

    Licences(TimeSource time) {
        this.time = time;
    }

    @Override
    public void lease(Consumer<Boolean> then) {
        ever = true;
        until = time.nanos() + ofMinutes(1).toNanos();
        then.accept(true);
    }

    boolean isLeased() {
        return ever && time.nanos() - until < 0;
    }
}
