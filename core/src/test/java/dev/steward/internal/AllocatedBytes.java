package dev.steward.internal;

import java.lang.reflect.Method;

/** What this thread allocates; asked of the virtual machine by name, as the module that knows is not one that core may read. */
public final class AllocatedBytes {
    private static final int UNTIL_ASKING_COSTS_THE_SAME = 100;
    private static final int RUNS = 3;

    private final Object threads;
    private final Method allocated;

    /** Ready to measure. */
    public AllocatedBytes() throws ReflectiveOperationException {
        threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        allocated = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        for (int i = 0; i < UNTIL_ASKING_COSTS_THE_SAME; i++) {
            sinceStart();
        }
    }

    /**
     * What {@code work} allocates, without what it takes to ask: the least of three runs, since the machine itself allocates a little on
     * any thread while it compiles.
     */
    public long in(Runnable work) throws ReflectiveOperationException {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long first = sinceStart();
            long second = sinceStart();
            work.run();
            least = Math.min(least, sinceStart() - second - (second - first));
        }
        return least;
    }

    private long sinceStart() throws ReflectiveOperationException {
        return (long) allocated.invoke(threads);
    }
}
