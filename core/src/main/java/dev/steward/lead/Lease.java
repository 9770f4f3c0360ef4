package dev.steward.lead;

import dev.steward.store.RecordType;

/**
 * Who holds a role for now.
 *
 * @param holder empty: nobody, it was given up
 * @param beat counts the renewals, so that each of them changes the record
 * @param nanos how long the holder may lead after a renewal, which is how long the others wait
 */
record Lease(String holder, long beat, long nanos) {
    private static final long LONGEST = Long.MAX_VALUE / 4; // so that a time of half the clock's range is never passed

    /** Apart from what caches follow. */
    static final RecordType<Lease> TYPE = RecordType.of(
            "lease/",
            1,
            (lease, output) -> output.text(lease.holder).number(lease.beat).number(lease.nanos),
            input -> new Lease(input.text(), input.number(), Math.min(Math.max(input.number(), 0), LONGEST)));

    /** What is where no lease is. */
    static final Lease NONE = new Lease("", 0, 0);

    boolean isFree() {
        return holder.isEmpty();
    }

    Lease heldBy(String next, long forNanos) {
        return new Lease(next, beat + 1, forNanos);
    }
}
