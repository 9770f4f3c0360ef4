package dev.steward.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the program of a probe writes, of which nothing but the last line is ever of interest. It goes to a file that is cut whenever it is
 * large, and not to a pipe, which something that the program has left behind could hold open. Without room for a file, it goes nowhere.
 * Not safe for use by many threads.
 */
final class ProbeOutput implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProbeOutput.class);
    private static final long LARGE = 16 * 1024 * 1024;
    private static final int KEPT = 4 * 1024;
    private static final int LINES = 8;
    private static final long SHORT_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONG_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Mask mask;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long pause = SHORT_PAUSE;
    private byte[] before = {};

    ProbeOutput(Mask mask) {
        this.mask = mask;
        try {
            file = Files.createTempFile("steward-probe-", ".out");
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException | RuntimeException noRoom) {
            log.atDebug().log("what a probe writes is lost: {}", noRoom.toString());
        }
    }

    /** Where the program is to write. */
    Redirect redirect() {
        return file == null || channel == null ? Redirect.DISCARD : Redirect.appendTo(file.toFile());
    }

    /** The program has it open by now, so it needs no name, and nobody is left to clear up. */
    void unlink() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
                file = null;
            }
        } catch (IOException later) {
            log.atDebug().log("a file of a probe stays until its end: {}", later.toString());
        }
    }

    /** When to look again at how much there is. */
    long pauseNanos() {
        return pause;
    }

    /** Looks at how much there is. */
    void bound() {
        try {
            boolean large = channel != null && channel.size() > LARGE;
            if (large && channel != null) {
                before = end(channel);
                channel.truncate(0);
            }
            pause = large ? SHORT_PAUSE : Math.min(pause * 2, LONG_PAUSE);
        } catch (IOException unseen) {
            pause = LONG_PAUSE;
        }
    }

    /** The last line that is not blank, complete or not; empty if there is none. */
    String lastLine() {
        List<String> lines = lines();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!lines.get(i).isBlank()) {
                return ProbeText.harmless(lines.get(i).strip());
            }
        }
        return "";
    }

    private List<String> lines() {
        var ring = new LineRing(LINES, KEPT);
        try {
            byte[] end = channel == null ? before : end(channel);
            int reach = mask == Mask.NONE || end.length <= KEPT ? 0 : Math.min(mask.reach(), end.length - KEPT);
            byte[] shown = mask == Mask.NONE ? end : mask.apply(end, reach);
            if (end.length > KEPT) {
                ring.startInside();
            }
            ring.accept(shown, shown.length);
            ring.finish();
        } catch (IOException unreadable) {
            log.atDebug().log("what a probe has written cannot be read: {}", unreadable.toString());
        }
        return ring.lines();
    }

    /** As much of the end as is shown at most, with what may belong to a secret that begins before it, and a byte if there is more. */
    private byte[] end(FileChannel from) throws IOException {
        int most = KEPT + mask.reach() + 1;
        long size = from.size();
        long at = Math.max(0, size - most);
        var bytes = ByteBuffer.allocate((int) (size - at));
        int got;
        while (bytes.hasRemaining() && (got = from.read(bytes, at)) > 0) {
            at += got;
        }
        bytes.flip();
        byte[] end = Arrays.copyOf(before, before.length + bytes.remaining());
        bytes.get(end, before.length, bytes.remaining());
        return end.length <= most ? end : Arrays.copyOfRange(end, end.length - most, end.length);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            log.atWarn().log("a file of a probe is left: {}", left.toString());
        }
    }
}
