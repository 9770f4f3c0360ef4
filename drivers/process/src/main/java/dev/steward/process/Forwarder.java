package dev.steward.process;

import dev.steward.instance.Output;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands the lines of one life of one instance to the log of the host application: those of standard output as INFO, those of standard error as
 * WARN, to the logger {@code dev.steward.process.output.} and the name of the instance, with {@code instance} and {@code stream} as keys. Each
 * is made harmless and has its secrets hidden. What is too much is counted, and told at most once a second. Belongs to the keeper's thread.
 */
final class Forwarder {
    /** Loggers are below this, one for each instance. */
    static final String LOGGER = "dev.steward.process.output";

    private static final long SECOND = 1_000_000_000;

    private final String name;
    private final Logger log;
    private final Allowance allowance;
    private long now;
    private long lines;
    private long bytes;
    private long told;

    /** @param allowance of its instance, which all its lives share */
    Forwarder(String name, Allowance allowance, long now) {
        this.name = name;
        this.log = LoggerFactory.getLogger(LOGGER + "." + SafeName.encode(name));
        this.allowance = allowance;
        this.now = now;
        this.told = now - SECOND;
    }

    /** What follows comes now. */
    void at(long time) {
        now = time;
    }

    void line(Output output, String line) {
        if (!allowance.take(now)) {
            lines++;
            return;
        }
        int length = line.endsWith("\r") ? line.length() - 1 : line.length();
        log.atLevel(output == Output.STDOUT ? Level.INFO : Level.WARN)
                .addKeyValue("instance", name)
                .addKeyValue("stream", output == Output.STDOUT ? "stdout" : "stderr")
                .log("{}", Harmless.line(line.substring(0, length)));
    }

    /** So many were not even read. */
    void skipped(long count) {
        bytes += count;
    }

    /** Tells what was too much, if there is anything to tell and it is time to, or the last chance. */
    void tell(boolean last) {
        if (lines + bytes == 0 || (!last && now - told < SECOND)) {
            return;
        }
        String unread = bytes == 0 ? "" : " and " + bytes + " bytes";
        log.atWarn()
                .addKeyValue("instance", name)
                .log("{} lines{} of {} not forwarded", lines, unread, Harmless.line(name));
        lines = 0;
        bytes = 0;
        told = now;
    }
}
