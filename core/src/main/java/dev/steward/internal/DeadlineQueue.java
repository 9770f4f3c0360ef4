package dev.steward.internal;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * One deadline per slot, for many slots: which of them are due, and when is the next?
 *
 * <p>A tree of minima with a fan-out of 64 over dense slot numbers. Each inner entry is a <em>lower bound</em> of the deadlines
 * below it: postponing and cancelling write one number and leave the bounds alone, and the next look that is misled by a bound
 * repairs it. So re-arming costs the same whether there are ten deadlines or a million, and a look at which nothing is due is
 * one comparison.
 *
 * <p>Order is deadline first, then the order of arming; arming again moves a slot behind its equals. Deadlines are kept relative
 * to an origin, so that plain comparison survives the wrap of the clock. Not safe for use by many threads.
 */
public final class DeadlineQueue {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SHIFT = 6;
    private static final int FAN = 1 << SHIFT;

    private final long origin;
    private long[][] levels = {filled(FAN), filled(1)}; // [0] the deadlines, above it the bounds, last of all the root
    private long[] armed = new long[FAN];
    private long arming;
    private int size;
    private int[] found = new int[8];
    private int foundSize;

    /** An empty queue; {@code origin} is any recent reading of the clock that its deadlines are on. */
    public DeadlineQueue(long origin) {
        this.origin = origin;
    }

    /**
     * Sets the deadline of {@code slot}, instead of the one that it may have.
     *
     * @param slot at least 0; slots are meant to be dense, memory is that of the largest
     */
    public void schedule(int slot, long at) {
        checkArgument(slot >= 0, "slot %s is negative", slot);
        grow(slot);
        long due = Math.min(at - origin, NEVER - 1);
        if (levels[0][slot] == NEVER) {
            size++;
        }
        levels[0][slot] = due;
        armed[slot] = ++arming;
        for (int level = 1, i = slot >> SHIFT; level < levels.length && levels[level][i] > due; level++, i >>= SHIFT) {
            levels[level][i] = due;
        }
    }

    /** Forgets the deadline of {@code slot}; answers whether it had one. */
    public boolean cancel(int slot) {
        if (!isScheduled(slot)) {
            return false;
        }
        levels[0][slot] = NEVER;
        size--;
        return true;
    }

    /** Whether {@code slot} has a deadline. */
    public boolean isScheduled(int slot) {
        return slot >= 0 && slot < levels[0].length && levels[0][slot] != NEVER;
    }

    /** The deadline of {@code slot}; only for one that {@link #isScheduled}. */
    public long deadline(int slot) {
        checkArgument(isScheduled(slot), "slot %s has no deadline", slot);
        return levels[0][slot] + origin;
    }

    /** How many slots have a deadline. */
    public int size() {
        return size;
    }

    /** Nanoseconds until something may be due: never too late, 0 if it may be now, {@link Long#MAX_VALUE} for nothing at all. */
    public long nanosToEarliest(long now) {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        return Math.max(root() - (now - origin), 0);
    }

    /** The slot that is due first, or -1 if there is none. */
    public int first() {
        while (size > 0) {
            gather(root(), false);
            if (foundSize > 0) {
                int best = found[0];
                for (int i = 1; i < foundSize; i++) {
                    best = before(found[i], best) ? found[i] : best;
                }
                return best;
            }
        }
        return -1;
    }

    /**
     * Takes out everything that is due at {@code now}, in order.
     *
     * <p>What {@code sink} schedules or cancels counts from the next drain on.
     *
     * @return how many there were
     */
    public int drain(long now, IntConsumer sink) {
        long limit = now - origin;
        if (size == 0 || root() > limit) {
            return 0;
        }
        gather(limit, true);
        sortFound();
        int due = foundSize;
        int[] slots = found;
        size -= due;
        for (int i = 0; i < due; i++) {
            levels[0][slots[i]] = NEVER;
        }
        for (int i = 0; i < due; i++) {
            sink.accept(slots[i]);
        }
        return due;
    }

    private long root() {
        return levels[levels.length - 1][0];
    }

    private void gather(long limit, boolean taking) {
        foundSize = 0;
        gather(levels.length - 1, 0, limit, taking);
    }

    /** Collects the slots due below one inner entry, and makes its bound exact. */
    private long gather(int level, int index, long limit, boolean taking) {
        long[] below = levels[level - 1];
        int from = index << SHIFT;
        int to = Math.min(from + FAN, below.length);
        long least = NEVER;
        for (int i = from; i < to; i++) {
            long value = below[i];
            if (value <= limit) {
                if (level > 1) {
                    value = gather(level - 1, i, limit, taking);
                } else {
                    addFound(i);
                    value = taking ? NEVER : value;
                }
            }
            least = Math.min(least, value);
        }
        levels[level][index] = least;
        return least;
    }

    private void addFound(int slot) {
        if (foundSize == found.length) {
            found = Arrays.copyOf(found, foundSize * 2);
        }
        found[foundSize++] = slot;
    }

    private boolean before(int a, int b) {
        long dueA = levels[0][a];
        long dueB = levels[0][b];
        return dueA != dueB ? dueA < dueB : armed[a] < armed[b];
    }

    /** Heap sort in place: no allocation, and the order is total. */
    private void sortFound() {
        for (int i = foundSize / 2 - 1; i >= 0; i--) {
            sift(i, foundSize);
        }
        for (int end = foundSize - 1; end > 0; end--) {
            int last = found[end];
            found[end] = found[0];
            found[0] = last;
            sift(0, end);
        }
    }

    private void sift(int parent, int end) {
        int value = found[parent];
        int i = parent;
        for (int child = 2 * i + 1; child < end; child = 2 * i + 1) {
            if (child + 1 < end && before(found[child], found[child + 1])) {
                child++;
            }
            if (!before(value, found[child])) {
                break;
            }
            found[i] = found[child];
            i = child;
        }
        found[i] = value;
    }

    private void grow(int slot) {
        int capacity = levels[0].length;
        if (slot < capacity) {
            return;
        }
        int wanted = Math.max(slot + 1, capacity + (capacity >> 1));
        long[] leaves = filled(wanted);
        System.arraycopy(levels[0], 0, leaves, 0, capacity);
        armed = Arrays.copyOf(armed, wanted);
        int height = 1;
        for (int width = wanted; width > 1 || height < 2; width = (width + FAN - 1) >> SHIFT) {
            height++;
        }
        levels = new long[height][];
        levels[0] = leaves;
        for (int level = 1; level < height; level++) {
            levels[level] = minima(levels[level - 1]);
        }
    }

    private static long[] minima(long[] below) {
        long[] least = filled((below.length + FAN - 1) >> SHIFT);
        for (int i = 0; i < below.length; i++) {
            least[i >> SHIFT] = Math.min(least[i >> SHIFT], below[i]);
        }
        return least;
    }

    private static long[] filled(int length) {
        long[] values = new long[length];
        Arrays.fill(values, NEVER);
        return values;
    }
}
