package dev.steward.node;

import static dev.steward.node.Judgement.BITS;
import static dev.steward.node.Judgement.FAULTS;
import static dev.steward.node.Judgement.OK;
import static dev.steward.node.Judgement.SKIPPED;
import static dev.steward.node.Judgement.STALLED;
import static dev.steward.node.Judgement.TOLD;

import java.util.BitSet;

/**
 * How many nodes each bit is set for, and which ones some of them are set for, kept as single nodes change. A skipped node counts nowhere
 * but among those that something is told of. Belongs to the loop's thread.
 */
final class Tallies {
    final BitSet stalled = new BitSet();
    final BitSet faulty = new BitSet();
    final BitSet told = new BitSet();
    final BitSet notOk = new BitSet();
    private final int[] counts = new int[BITS];
    private final int size;

    /** Begins with nodes that have no bit set. */
    Tallies(int size) {
        this.size = size;
        notOk.set(0, size);
    }

    /** One node has other bits now. */
    void change(int node, int before, int after) {
        int changed = before ^ after;
        for (int left = changed; left != 0; left &= left - 1) {
            int bit = Integer.numberOfTrailingZeros(left);
            counts[bit] += (after >>> bit & 1) == 1 ? 1 : -1;
        }
        if ((changed & STALLED) != 0) {
            stalled.set(node, (after & STALLED) != 0);
        }
        if ((changed & TOLD) != 0) { // faults are among what is told
            faulty.set(node, (after & FAULTS) != 0);
            told.set(node, (after & TOLD) != 0);
        }
        if ((changed & (OK | SKIPPED)) != 0) {
            notOk.set(node, (after & (OK | SKIPPED)) == 0);
        }
    }

    /** Whether every node that is not skipped has this bit. */
    boolean all(int bit) {
        return counts[Integer.numberOfTrailingZeros(bit)] == counted();
    }

    /** How many nodes are not skipped. */
    int counted() {
        return size - counts[Integer.numberOfTrailingZeros(SKIPPED)];
    }
}
