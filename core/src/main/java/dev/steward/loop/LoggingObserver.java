package dev.steward.loop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The observer of those who have none of their own. Safe for use by many threads. */
final class LoggingObserver implements LoopObserver {
    private static final Logger log = LoggerFactory.getLogger(LoopObserver.class);

    LoggingObserver() {}

    @Override
    public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
        if (Integer.bitCount(inARow) == 1) { // the 1st, 2nd, 4th, 8th …: a loop that fails for days fills no disk
            log.atError()
                    .addKeyValue("loop", loop.name())
                    .addKeyValue("inARow", inARow)
                    .addKeyValue("nextAfter", delay)
                    .setCause(error)
                    .log("a pass failed");
        }
    }

    @Override
    public void overran(ControlLoop loop, Duration took) {
        log.atWarn().addKeyValue("loop", loop.name()).addKeyValue("took", took).log("a pass takes too long");
    }

    @Override
    public void spinning(ControlLoop loop, int passes) {
        log.atWarn()
                .addKeyValue("loop", loop.name())
                .addKeyValue("passes", passes)
                .log("a loop never rests");
    }

    @Override
    public void refused(ControlLoop loop, RuntimeException error, Duration delay) {
        log.atError()
                .addKeyValue("loop", loop.name())
                .addKeyValue("nextAfter", delay)
                .setCause(error)
                .log("no thread for a pass");
    }
}
