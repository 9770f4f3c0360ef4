package dev.steward.process;

/**
 * When the output of an instance is set aside, and how much of it is kept. Immutable.
 *
 * <p>The files of what lives are looked at once a second, so a file may be larger than {@code maxBytes} by what comes in that time. What a
 * program writes in the moment between the copy and the cut, some tens of microseconds, is lost. Where the disk has no room for a copy the
 * oldest copies go; without any left the file is cut all the same and the last mebibyte of it is kept. If it cannot be copied for another
 * reason, it grows, and is tried again each minute. Both are logged once.
 *
 * @param maxBytes size of a file at which it is copied and cut to nothing; at least 1 KiB, or 0 for never
 * @param keep how many copies of each file are kept, the newest as {@code .1}; 0 to 100
 */
public record Rotation(long maxBytes, int keep) {
    private static final Rotation STANDARD = new Rotation(50L << 20, 5);
    private static final Rotation NONE = new Rotation(0, 0);

    /** @throws IllegalArgumentException if a value is out of its range */
    public Rotation {
        if (maxBytes != 0 && maxBytes < 1024) {
            throw new IllegalArgumentException("a file is set aside at " + maxBytes + " bytes");
        }
        if (keep < 0 || keep > 100) {
            throw new IllegalArgumentException("copies that are kept: " + keep);
        }
    }

    /** At 50 MiB, with five copies kept. */
    public static Rotation standard() {
        return STANDARD;
    }

    /** Never: the files grow until somebody else cuts them, which may be done at any time. */
    public static Rotation none() {
        return NONE;
    }

    /** Whether it is ever done. */
    public boolean isOn() {
        return maxBytes > 0;
    }
}
