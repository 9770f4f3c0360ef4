package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;

/** Process ids of a host, given out as a kernel does: upwards, and from the bottom again. Not safe for use by many threads. */
final class Pids {
    static final int NONE = 0;
    private static final int FIRST = 300; // what a kernel starts again with
    private final BitSet taken = new BitSet();
    private final int count;
    private int next;

    Pids(int count) {
        checkArgument(count > 0, "a host with %s pids", count);
        this.count = count;
    }

    /** The next that is free, or {@link #NONE}. */
    int take() {
        int free = taken.nextClearBit(next);
        if (free >= count) {
            free = taken.nextClearBit(0);
        }
        if (free >= count) {
            return NONE;
        }
        taken.set(free);
        next = (free + 1) % count;
        return FIRST + free;
    }

    void free(int pid) {
        taken.clear(pid - FIRST);
    }

    int free() {
        return count - taken.cardinality();
    }
}
