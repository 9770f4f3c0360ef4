package dev.steward.benchmarks;

/** Something that brings a process back. */
interface Relauncher extends AutoCloseable {
    /** Kills the process; answers how many nanoseconds later the number of its successor was known. */
    long killAndWait() throws InterruptedException;

    @Override
    void close();
}
