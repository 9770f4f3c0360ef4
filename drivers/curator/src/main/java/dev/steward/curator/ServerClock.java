package dev.steward.curator;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the servers' wall clock shows now, guessed from the newest stamp that they put on a node and from the time that has passed since:
 * so the wall clock of this machine, which may be anything, decides nothing. A server whose clock is ahead may stamp a node too, and
 * then everything looks old; so it also says what has been seen here for long, whatever the stamps say. Not safe for use by many
 * threads.
 */
final class ServerClock {
    private static final int GRAIN = 64; // so many notes for the time that is asked about

    private record Note(long revision, long nanos) {}

    private final TimeSource time;
    private final Duration remembered;
    private final Deque<Note> notes = new ArrayDeque<>(); // the oldest first
    private long seenMillis;
    private long seenAt;

    /** @param remembered about how long it will be asked */
    ServerClock(TimeSource time, Duration remembered) {
        this.time = time;
        this.remembered = remembered;
        seenAt = time.nanos();
    }

    /** The servers stamped something, later than what was observed before. */
    void observe(long millis) {
        seenMillis = millis;
        seenAt = time.nanos();
    }

    /** In milliseconds; 0 or little if nothing was seen. */
    long now() {
        return seenMillis + Duration.ofNanos(time.nanos() - seenAt).toMillis();
    }

    /** All up to this revision is shown here now. */
    void seen(long revision) {
        Note last = notes.peekLast();
        if (last != null && last.revision > revision) { // another store stands there now
            notes.clear();
        }
        long now = time.nanos();
        Note open = notes.pollLast();
        Note before = notes.peekLast();
        long grain = TimeSource.saturatedNanos(remembered) / GRAIN;
        if (open != null && (before == null || now - before.nanos >= grain)) {
            notes.add(open); // else the new one stands for it
        }
        notes.add(new Note(revision, now));
        while (notes.size() > 4 * GRAIN) { // of every two, one stands for a grain of time
            notes.remove();
        }
    }

    /** The newest revision that has been shown here for the time that is remembered; below zero if there is none. */
    long seenForLong() {
        long now = time.nanos();
        long revision = -1;
        for (Note note : notes) {
            if (now - note.nanos < TimeSource.saturatedNanos(remembered)) {
                break;
            }
            revision = note.revision;
        }
        return revision;
    }
}
