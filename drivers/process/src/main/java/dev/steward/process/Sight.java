package dev.steward.process;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether anything can be seen; logs each change of that, once. Belongs to the driver's thread. */
final class Sight {
    private static final Logger log = LoggerFactory.getLogger(Sight.class);

    private boolean lost;

    Sight() {}

    void lose(UncheckedIOException cause) {
        if (!lost) {
            log.atWarn().log("cannot see what runs, and tells nothing until it can: {}", cause.getMessage());
            lost = true;
        }
    }

    void regain() {
        if (lost) {
            log.atInfo().log("sees again what runs");
            lost = false;
        }
    }
}
