package dev.steward.process;

import dev.steward.instance.Output;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The output of one life to one file: whether there is more of it, and what is forwarded of that. A file is open only while there is something
 * to read in it. Belongs to the keeper's thread.
 */
final class FollowedFile {
    /** How far forwarding may be behind before it goes on nearer to the end. */
    static final int MOST_BEHIND = 1 << 20;

    private static final int LEAP_TO = 64 * 1024;

    private final OutputFolder outputs;
    private final Path file;
    private final Object key;
    private final Mask mask;
    private final @Nullable Forwarder forwarder;
    private final MaskedFlow flow;
    private final LineCutter cutter;
    private long position;
    private long restUntil = Long.MIN_VALUE;

    /**
     * Begins.
     *
     * @param begin what was there when it did
     * @param forwarder null if nothing is forwarded
     */
    FollowedFile(
            OutputFolder outputs,
            Path file,
            Output output,
            OutputFolder.Seen begin,
            Mask mask,
            @Nullable Forwarder forwarder,
            int longestLine) {
        this.outputs = outputs;
        this.file = file;
        this.key = begin.key();
        this.mask = mask;
        this.forwarder = forwarder;
        this.flow = new MaskedFlow(mask);
        this.cutter = new LineCutter(longestLine, line -> forward(output, line));
        this.position = begin.end();
    }

    Path file() {
        return file;
    }

    Object key() {
        return key;
    }

    /** Says that it was begun in the middle: what was first may be the rest of a line, and of a secret. */
    void startInside() {
        leapTo(position);
    }

    /** After trouble, how long the file is left alone. */
    void rest(long until) {
        restUntil = until;
    }

    boolean rests(long now) {
        return restUntil != Long.MIN_VALUE && now - restUntil < 0;
    }

    /** Forwards what is new; answers whether anything is. */
    boolean follow(OutputFolder.Seen seen, byte[] buffer) throws IOException {
        if (forwarder == null || seen.end() == position) {
            return false;
        }
        if (seen.end() < position) {
            position = seen.cut(); // somebody else has cut it
        }
        if (seen.end() - position > MOST_BEHIND) {
            long next = seen.end() - LEAP_TO;
            forwarder.skipped(next - position);
            leapTo(next);
        }
        while (position < seen.end()) {
            OutputFolder.Read read = outputs.read(file, position, buffer);
            position = read.next();
            if (read.lost() > 0) {
                forwarder.skipped(read.lost());
                flow.restart(mask.reach());
                cutter.startInside();
            }
            if (read.bytes() == 0) {
                return true;
            }
            byte[] shown = mask == Mask.NONE ? buffer : flow.next(buffer, read.bytes());
            cutter.accept(shown, mask == Mask.NONE ? read.bytes() : shown.length);
        }
        return true;
    }

    /** Forwards what has no end of a line, for none will follow. */
    void finish() {
        if (forwarder != null) {
            byte[] shown = flow.rest();
            cutter.accept(shown, shown.length);
            cutter.finish();
        }
    }

    /** Begins a byte sooner, to see whether a line begins there. */
    private void leapTo(long next) {
        int back = (int) Math.min(mask.reach() + 1L, next);
        position = next - back;
        flow.restart(Math.max(0, back - 1));
        cutter.startInside();
    }

    private void forward(Output output, String line) {
        if (forwarder != null) {
            forwarder.line(output, line);
        }
    }
}
