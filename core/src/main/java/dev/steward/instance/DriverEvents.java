package dev.steward.instance;

/** Where a driver tells its news. Safe for use by many threads; returns at once; may be called from within a call to the driver. */
public interface DriverEvents {
    /** Something happened to one life. */
    void observed(Observation news);

    /** A look at everything has ended. */
    void census(Census census);
}
