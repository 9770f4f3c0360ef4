package dev.steward.process;

import dev.steward.instance.Incarnation;

/**
 * What the driver knows of one life of one instance, from launch (or from when it was found) until the last of its processes is gone.
 * Belongs to the driver's thread.
 */
final class Life {
    private final String name;
    private final Incarnation incarnation;
    private final Leader leader;
    private final int group;
    private final long errorsFrom;
    private final Mask mask;
    private final boolean wrapped;
    private int program;
    private boolean groupIsOurs;
    private boolean underWay;
    private boolean ended;
    private boolean doomed;

    /**
     * Begins.
     *
     * @param group number of its process group and session; 0 if that is not known
     * @param errorsFrom where its part of the file for standard error begins
     * @param mask hides what it was launched with and must not be shown
     */
    Life(String name, Incarnation incarnation, Leader leader, int group, long errorsFrom, Mask mask) {
        this(name, incarnation, leader, group, errorsFrom, mask, false);
    }

    /**
     * The same, as it may be.
     *
     * @param wrapped whether the first process is a shell that waits for the program
     */
    Life(String name, Incarnation incarnation, Leader leader, int group, long errorsFrom, Mask mask, boolean wrapped) {
        this.name = name;
        this.incarnation = incarnation;
        this.leader = leader;
        this.group = group;
        this.errorsFrom = errorsFrom;
        this.mask = mask;
        this.groupIsOurs = group > 1;
        this.wrapped = wrapped;
        this.program = leader.identity().pid();
        this.underWay = !(leader instanceof Leader.Child);
    }

    String name() {
        return name;
    }

    Incarnation incarnation() {
        return incarnation;
    }

    Leader leader() {
        return leader;
    }

    int group() {
        return group;
    }

    long errorsFrom() {
        return errorsFrom;
    }

    Mask mask() {
        return mask;
    }

    /** Whether the first process is a shell that waits for the program. */
    boolean isWrapped() {
        return wrapped;
    }

    /** The number to tell people: that of the program, which is that of the first process where nothing waits for it. */
    int program() {
        return program;
    }

    /** Whether the program itself has been seen. */
    boolean knowsProgram() {
        return !wrapped || program != leader.identity().pid();
    }

    void seeProgram(int pid) {
        program = pid;
    }

    /**
     * Whether whatever is in the group or session of that number belongs to this life. True while the first process lives or a member was
     * there at every look since; the kernel does not give the number to anybody else before.
     */
    boolean groupIsOurs() {
        return groupIsOurs;
    }

    /** The number is free for others from now on. */
    void loseGroup() {
        groupIsOurs = false;
    }

    /** Whether signals reach the program itself by now, or need not be held back any longer. */
    boolean isUnderWay() {
        return underWay;
    }

    void getUnderWay() {
        underWay = true;
    }

    /** Whether the first process has ended, and that has been told. */
    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Whether it has been told to die in a way that cannot be refused, which then holds also for what it starts from now on. */
    boolean isDoomed() {
        return doomed;
    }

    void doom() {
        doomed = true;
    }
}
