package dev.steward.benchmarks;

/** Something that brings a process back. */
interface Relauncher extends AutoCloseable {
    /** Kills the process; answers how many nanoseconds later the number of its successor was known. */
    long killAndWait() throws InterruptedException;

    /** How many nanoseconds of the last kill went by before the end was known; 0 where nobody tells. */
    default long untilNoticed() {
        return 0;
    }

    @Override
    void close();
}
