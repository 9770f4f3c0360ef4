package dev.steward.testkit.proof;

import java.util.Locale;

/** Where a call of a process is, or that a pass begins: each is a point where the process may die. */
enum CallStep {
    /** A pass begins. */
    BEGUN(0),
    /** The process asks; nothing has been done yet. */
    ASKED(1),
    /** The call returns to the process. */
    SENT(2),
    /** The real thing has done it. */
    DONE(3),
    /** The answer is about to be told to the process. */
    ANSWERED(4),
    /** The process has been told. */
    TOLD(5);

    /** How many there are. */
    static final int NUMBER = 6;

    private final int index;
    private final String word = name().toLowerCase(Locale.ROOT);

    CallStep(int index) {
        this.index = index;
    }

    /** From 0. */
    int index() {
        return index;
    }

    String word() {
        return word;
    }
}
