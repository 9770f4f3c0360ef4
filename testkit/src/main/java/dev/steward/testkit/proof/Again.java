package dev.steward.testkit.proof;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** The one run that the proofs of a thread play while a test is done again. Safe for use by many threads: each has its own. */
final class Again {
    private static final ThreadLocal<@Nullable Replay> ONLY = new ThreadLocal<>();

    private Again() {}

    static @Nullable Replay only() {
        return ONLY.get();
    }

    static void play(Replay replay, Executable test) {
        Replay outer = ONLY.get();
        ONLY.set(replay);
        try {
            test.execute();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("the test threw " + thrown, thrown);
        } finally {
            if (outer == null) {
                ONLY.remove();
            } else {
                ONLY.set(outer);
            }
        }
    }
}
