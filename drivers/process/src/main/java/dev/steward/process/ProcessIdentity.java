package dev.steward.process;

/**
 * One process, told from every other that has ever had its number: the only thing that may be signalled. Immutable.
 *
 * @param startTicks as in {@link ProcStat}; {@link #UNSEEN} if it could not be looked at, {@link #ENDED} if it had ended by then
 * @param boot the boot id of the machine
 */
record ProcessIdentity(int pid, long startTicks, String boot) {
    /** Start ticks that no process has. */
    static final long UNSEEN = -1;

    /** Start ticks that no child of ours has: at that time the machine itself began. */
    static final long ENDED = 0;

    /** Whether anything can be said of when it started. */
    boolean isSeen() {
        return startTicks > ENDED;
    }

    /** Whether what is seen now, on the machine as it runs now, is this process. */
    boolean matches(ProcStat stat, String bootNow) {
        return stat.pid() == pid && stat.startTicks() == startTicks && boot.equals(bootNow);
    }
}
