package dev.steward.process;

/**
 * How much of what the instances write goes to the log of the host application too. Immutable.
 *
 * <p>Lines go to the logger {@code dev.steward.process.output.} and the name of the instance, those of standard output as INFO, those of
 * standard error as WARN, with the keys {@code instance} and {@code stream}. They come within a fifth of a second, or within a second after a
 * quiet time. Control characters are written as numbers, secrets hidden, long lines cut. What is too much is told as a count, at most once a
 * second; of a flood, what is more than a mebibyte behind is not even read, and told in bytes. A program that was launched by another driver
 * is followed from the end of its files; if it has overwritten its environment, nobody knows its secrets, and nothing of it is forwarded.
 *
 * @param linesPerSecond of each instance, at most; the rest is counted and told. 0 = nothing is forwarded
 * @param burst how many lines may come at once; at least 1
 */
public record Forwarding(int linesPerSecond, int burst) {
    private static final Forwarding OFF = new Forwarding(0, 1);

    /** @throws IllegalArgumentException if a value is out of its range */
    public Forwarding {
        if (linesPerSecond < 0 || burst < 1) {
            throw new IllegalArgumentException(linesPerSecond + " lines per second, " + burst + " at once");
        }
    }

    /** Nothing is forwarded. */
    public static Forwarding off() {
        return OFF;
    }

    /** So many lines per second, and as many at once. */
    public static Forwarding of(int linesPerSecond) {
        return new Forwarding(linesPerSecond, Math.max(linesPerSecond, 1));
    }

    /** Whether anything is forwarded. */
    public boolean isOn() {
        return linesPerSecond > 0;
    }
}
