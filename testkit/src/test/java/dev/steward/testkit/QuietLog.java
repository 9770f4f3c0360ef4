package dev.steward.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The library logs nothing while the tests of a class run: a bad day is full of warnings. */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {
    /** For JUnit. */
    public QuietLog() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        // the testkit as a module does not read the logging that its tests run with
        Module ours = QuietLog.class.getModule();
        ModuleLayer.boot().findModule("org.slf4j").ifPresent(ours::addReads);
        ModuleLayer.boot().findModule("ch.qos.logback.classic").ifPresent(ours::addReads);
        set(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        set(null);
    }

    private static void set(@Nullable Level level) {
        ((Logger) LoggerFactory.getLogger("dev.steward")).setLevel(level);
    }
}
