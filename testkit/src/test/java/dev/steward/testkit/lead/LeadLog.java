package dev.steward.testkit.lead;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log of the library, which a bad day fills with warnings. Safe for use by many threads. */
final class LeadLog {
    private LeadLog() {}

    /** Writes nothing from now on. */
    static void silence() {
        // the testkit as a module does not read the logging that its tests run with
        Module ours = LeadLog.class.getModule();
        ModuleLayer.boot().findModule("org.slf4j").ifPresent(ours::addReads);
        ModuleLayer.boot().findModule("ch.qos.logback.classic").ifPresent(ours::addReads);
        set(Level.OFF);
    }

    /** Writes as before. */
    static void speak() {
        set(null);
    }

    private static void set(@Nullable Level level) {
        ((Logger) LoggerFactory.getLogger("dev.steward")).setLevel(level);
    }
}
