package dev.steward.instance;

import java.time.Duration;

/** How one instance has fared so far: its launches, how long it was up, and how steady it has been. Not safe for use by many threads. */
final class History {
    private Stability stability = Stability.STEADY;
    private long launches;
    private int relaunches;
    private boolean again;
    private boolean wasUp;
    private long upSince;

    /** It is launched. */
    void launched() {
        launches++;
        relaunches += again ? 1 : 0;
        again = false;
        wasUp = false;
    }

    /** It is up, since then. */
    void up(long since) {
        wasUp = true;
        upSince = since;
    }

    /** It is up again, or since now if it has not been in this life. */
    void stillUp(long now) {
        if (!wasUp) {
            up(now);
        }
    }

    /** The next launch is another of what has been launched before. */
    void again() {
        again = true;
    }

    /** The next launch is not: what was under way has been called off, or taken back. */
    void notAgain() {
        again = false;
    }

    boolean isAgain() {
        return again;
    }

    /** It was found not to be as it should be. */
    void failed(long now) {
        stability = stability.failedAt(now).at(now);
    }

    /** How long its last life has been up, and so counts as having been well. */
    Duration healthy(long now) {
        return wasUp ? Duration.ofNanos(now - upSince) : Duration.ZERO;
    }

    Stability stability() {
        return stability;
    }

    /** How often it was launched again: after an end, or because it was to be restarted. */
    int relaunches() {
        return relaunches;
    }

    /** How often it was launched at all. */
    long launches() {
        return launches;
    }
}
