package dev.steward.testkit;

/** Something that a {@link Timeline} brings when its time has come. It is on one timeline at most, and is re-used. */
abstract class Due {
    /** When, in nanoseconds since the start of the simulation. */
    long at;

    /** Which of two at the same instant comes first: the smaller. */
    long tie;

    /** Where in the heap of its timeline; negative when it is on none. */
    int place = -1;

    Due() {}

    final boolean isScheduled() {
        return place >= 0;
    }

    final boolean isBefore(Due other) {
        return at != other.at ? at < other.at : tie < other.tie;
    }
}
