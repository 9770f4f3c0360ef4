package dev.steward.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An observer that writes down what it is told. Safe for use by many threads. */
class Reports implements LoopObserver {
    final List<String> lines = new CopyOnWriteArrayList<>();

    /** An observer that runs {@code first} when it is told of a failure or an overrun, and then throws. */
    static LoopObserver throwingAfter(Runnable first) {
        return new LoopObserver() {
            @Override
            public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
                fail();
            }

            @Override
            public void overran(ControlLoop loop, Duration took) {
                fail();
            }

            private void fail() {
                first.run();
                throw new IllegalStateException("the observer is broken (this is part of the test)");
            }
        };
    }

    @Override
    public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
        lines.add(loop.name() + " failed " + inARow + " in a row, next in " + delay.toMillis() + " ms: "
                + error.getMessage());
    }

    @Override
    public void overran(ControlLoop loop, Duration took) {
        lines.add(loop.name() + " overran: " + took.toMillis() + " ms");
    }

    @Override
    public void spinning(ControlLoop loop, int passes) {
        lines.add(loop.name() + " is spinning: " + passes);
    }

    @Override
    public void refused(ControlLoop loop, RuntimeException error, Duration delay) {
        lines.add(loop.name() + " refused, next in " + delay.toMillis() + " ms: " + error.getMessage());
    }
}
