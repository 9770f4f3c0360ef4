package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingObserverTest {
    static {
        // on the module path the back end is a module of its own, which core does not read
        Module own = LoggingObserverTest.class.getModule();
        if (own.isNamed()) {
            own.getLayer().modules().stream()
                    .filter(module -> module.getName().startsWith("ch.qos.logback"))
                    .forEach(own::addReads);
        }
    }

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoopObserver.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final LoopObserver observer = LoopObserver.logging();
    private final ControlLoop loop = StubLoop.parked("web");

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    @AfterEach
    void let_go() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    private List<String> lines() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }

    @Test
    void a_loop_that_fails_for_days_fills_no_disk() {
        for (int inARow = 1; inARow <= 1_000; inARow++) {
            observer.failed(loop, new IllegalStateException("broken"), Duration.ofSeconds(30), inARow);
        }

        assertThat(lines()).hasSize(10).allMatch(line -> line.startsWith("ERROR a pass failed"));
        assertThat(lines().get(9)).contains("web", "512", "PT30S");
        assertThat(appender.list.get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
    }

    @Test
    void says_which_loop_takes_too_long_never_rests_or_gets_no_thread() {
        observer.overran(loop, Duration.ofSeconds(2));
        observer.spinning(loop, 10_000);
        observer.refused(loop, new IllegalStateException("full"), Duration.ofSeconds(1));

        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("web"));
        assertThat(lines().get(0)).startsWith("WARN a pass takes too long").contains("PT2S");
        assertThat(lines().get(1)).startsWith("WARN a loop never rests").contains("10000");
        assertThat(lines().get(2)).startsWith("ERROR no thread for a pass").contains("PT1S");
    }
}
