package dev.steward.testkit;

/** What one driver has told of one life. Not safe for use by many threads. */
final class Told {
    final String name;

    /** It will not be said any more that it runs: it has been, a census has it, or the answer is lost. */
    boolean answered;

    /** It has been said that the first process has ended. */
    boolean exited;

    /** The end has been told, or what is told can only be the end. */
    boolean over;

    /** The manager has heard of it: it has ordered it, or a census had it. */
    boolean known;

    /** The manager has heard that nothing is left of it. */
    boolean knownGone;

    Told(String name) {
        this.name = name;
    }
}
