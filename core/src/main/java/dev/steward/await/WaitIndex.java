package dev.steward.await;

import dev.steward.event.Kind;
import dev.steward.event.StateEvent;
import dev.steward.internal.Tap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Which waits are waiting for a name: what makes an event cost one look-up, whatever the number of waits.
 *
 * <p>A hash table whose entries are the {@linkplain Cursor cursors} themselves, so that handing out an event allocates nothing
 * and a wait costs no more than its cursor and its share of the buckets. All waits for one name stand in one bucket.
 *
 * <p>Guarded by one lock, for the waits of a feed of ours the one that it publishes under.
 */
final class WaitIndex implements Tap<StateEvent> {
    private static final int LEAST = 16;
    private static final int MOST = 1 << 30;

    private final Lock lock;
    private @Nullable Cursor[] buckets = new Cursor[LEAST];
    private int size;

    WaitIndex(Lock lock) {
        this.lock = lock;
    }

    /** What everything of this index, and the waits in it, is guarded by. */
    Lock lock() {
        return lock;
    }

    /** How many names are waited for, each as often as there are waits for it. */
    int size() {
        return size;
    }

    int capacity() {
        return buckets.length;
    }

    void add(Cursor cursor) {
        reserve(1);
        size++;
        link(cursor);
    }

    private void link(Cursor cursor) {
        int slot = slot(cursor.hash);
        Cursor head = buckets[slot];
        cursor.next = head;
        cursor.previous = null;
        if (head != null) {
            head.previous = cursor;
        }
        buckets[slot] = cursor;
    }

    /** Takes out one that is in. */
    void remove(Cursor cursor) {
        Cursor next = cursor.next;
        Cursor previous = cursor.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            buckets[slot(cursor.hash)] = next;
        }
        cursor.next = null;
        cursor.previous = null;
        size--;
    }

    /** The pending cursor of one wait for a name; null if there is none. */
    @Nullable
    Cursor find(Kind<?> kind, String name, Ledger ledger) {
        int hash = hash(kind, name);
        Cursor cursor = buckets[slot(hash)];
        while (cursor != null && !(isFor(cursor, hash, kind, name) && cursor.plan.ledger == ledger)) {
            cursor = cursor.next;
        }
        return cursor;
    }

    @Override
    public @Nullable Runnable accept(StateEvent event) {
        Kind<?> kind = event.kind();
        String name = event.name();
        int hash = hash(kind, name);
        Ledger toWake = null;
        Cursor cursor = buckets[slot(hash)];
        while (cursor != null) {
            Cursor next = cursor.next; // now, as one that ends leaves the bucket
            if (isFor(cursor, hash, kind, name)) {
                Ledger ledger = cursor.plan.ledger;
                toWake = ledger.takeInTime(cursor, event) ? ledger.linkBefore(toWake) : toWake;
            }
            cursor = next;
        }
        return toWake;
    }

    /** Makes room beforehand for {@code more} names. */
    void reserve(int more) {
        int wanted = buckets.length;
        while (wanted < MOST && wanted / 4 * 3 < size + more) {
            wanted *= 2;
        }
        if (wanted > buckets.length) {
            resize(wanted);
        }
    }

    /** Gives back the room that is no longer needed. */
    void trim() {
        int wanted = buckets.length;
        while (wanted > LEAST && size < wanted / 8) {
            wanted /= 2;
        }
        if (wanted < buckets.length) {
            resize(wanted);
        }
    }

    private void resize(int capacity) {
        Cursor[] old = buckets;
        buckets = new Cursor[capacity];
        for (Cursor head : old) {
            Cursor cursor = head;
            while (cursor != null) {
                Cursor next = cursor.next;
                link(cursor);
                cursor = next;
            }
        }
    }

    private static boolean isFor(Cursor cursor, int hash, Kind<?> kind, String name) {
        return cursor.hash == hash && cursor.plan.kind == kind && cursor.name.equals(name);
    }

    static int hash(Kind<?> kind, String name) {
        int hash = (31 * kind.hashCode() + name.hashCode())
                * 0x9E3779B9; // spreads names that differ in their last letters only
        return hash ^ (hash >>> 16);
    }

    private int slot(int hash) {
        return hash & (buckets.length - 1);
    }
}
