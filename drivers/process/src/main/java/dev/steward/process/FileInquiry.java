package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Whether something is there, and was written lately. Immutable.
 *
 * @param age how long ago at most
 */
record FileInquiry(Path file, Duration age) implements Inquiry {
    static final Duration ANY = Duration.ofSeconds(Long.MAX_VALUE);

    @Override
    public ProbeResult ask(Probe.Subject subject) throws IOException {
        long written;
        try {
            written = Files.getLastModifiedTime(file).toMillis();
        } catch (NoSuchFileException missing) {
            return ProbeResult.unwell("no file " + file);
        }
        if (age.equals(ANY)) {
            return ProbeResult.well();
        }
        Duration since = Duration.ofMillis(System.currentTimeMillis() - written);
        return since.compareTo(age) <= 0
                ? ProbeResult.well()
                : ProbeResult.unwell("file " + file + " was written " + ProbeText.seconds(since) + " ago");
    }

    @Override
    public String toString() {
        return "file " + file + (age.equals(ANY) ? "" : " of the last " + ProbeText.seconds(age));
    }
}
