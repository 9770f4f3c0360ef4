package dev.steward.lead;

import dev.steward.store.Batch;
import dev.steward.store.RecordFormatException;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.util.Optional;

/**
 * The judge of a role: the term, who made it, and the last batch that was written under it. Every batch of the role writes it anew, so
 * that all of them form one chain; merely checking it would let a batch that got lost on its way land after its successor.
 */
record Fence(long term, String holder, String batch) {
    /** Its records are followed by every candidate. */
    static final RecordType<Fence> TYPE = RecordType.of(
            "lead/",
            1,
            (fence, output) -> output.number(fence.term).text(fence.holder).text(fence.batch),
            input -> new Fence(input.number(), input.text(), input.text()));

    boolean isOf(Leadership leadership) {
        return term == leadership.term() && holder.equals(leadership.holder());
    }

    /** The fence of a record; empty if there is none, or if a newer version wrote it. */
    static Optional<Fence> read(Optional<Versioned> record) {
        try {
            return record.map(TYPE::decode);
        } catch (RecordFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** What writes this in place of {@code before}: the link that a batch of the role ends with. */
    Batch.Op link(String key, Optional<Versioned> before) {
        RecordValue value = TYPE.encode(this);
        return before.<Batch.Op>map(it -> new Batch.Put(key, it.revision(), value))
                .orElseGet(() -> new Batch.Create(key, value));
    }
}
