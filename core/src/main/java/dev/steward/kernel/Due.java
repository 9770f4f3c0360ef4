package dev.steward.kernel;

/** Something that a {@link Schedule} gives a turn when it is ready or its deadline has come. Not safe for use by many threads. */
public interface Due {
    /** Its turn, which may come too early; {@code now} is the reading of the clock for the whole pass. */
    void run(long now);

    /** For the log, if its turn throws. */
    String name();
}
