package dev.steward.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that Steward logs while this is open, at every level. Safe for use by many threads. */
final class CapturedLog implements AutoCloseable {
    static {
        // on the module path the back end is a module of its own, which the driver does not read
        Module own = CapturedLog.class.getModule();
        if (own.isNamed()) {
            own.getLayer().modules().stream()
                    .filter(module -> module.getName().startsWith("ch.qos.logback"))
                    .forEach(own::addReads);
        }
    }

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.steward");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    CapturedLog() {
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.TRACE);
    }

    private static String thrown(IThrowableProxy error) {
        return error == null ? "" : " " + error.getMessage() + thrown(error.getCause());
    }

    List<String> lines() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getThreadName() + " "
                        + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                        + thrown(event.getThrowableProxy()))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
