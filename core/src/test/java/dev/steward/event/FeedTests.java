package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the tests of the feed share. */
final class FeedTests {
    private FeedTests() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> void sneakyThrow(Throwable trouble) throws T {
        throw (T) trouble;
    }

    static void await(CountDownLatch latch, String what) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).as(what).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(what, interrupted);
        }
    }
}
