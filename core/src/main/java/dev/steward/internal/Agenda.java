package dev.steward.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What of many things is due or woken: the inside of every loop that looks after more than one.
 *
 * <p>Things are slots, numbered densely from 0 by whoever owns the agenda. A slot becomes <em>ready</em> because it was woken from
 * any thread ({@link #waker}), because its deadline came ({@link #schedule}), or because the owner says so ({@link #ready}).
 * A pass {@linkplain #collect collects} what is ready as it begins and takes just those: what becomes ready meanwhile waits for
 * the next pass, so that one pass always ends.
 *
 * <p><b>Nothing woken is lost.</b> A producer publishes its data, then wakes. A collect clears the flag of a waker, with a
 * volatile write, <em>before</em> the owner looks at the data: a weaker write could pass the look, and the wake-up between the two
 * would find the flag still set. The first waker on an empty stack wakes the agenda's own runner in the same way.
 *
 * <p>Wakers are safe for use by many threads; everything else belongs to the pass.
 */
public final class Agenda {
    private final DeadlineQueue deadlines;
    private final AtomicReference<@Nullable Waker> woken = new AtomicReference<>();
    private final IntConsumer toReady = this::ready;
    private volatile Runnable runner = () -> {};
    private int[] ring = new int[16];
    private int head;
    private int size;
    private long[] queued = new long[1];

    /** An empty agenda; {@code origin} is a reading of the clock that its deadlines are on. */
    public Agenda(long origin) {
        deadlines = new DeadlineQueue(origin);
    }

    /** Says whom the first wake-up of an idle agenda wakes in its turn; a wake-up that came before is handed on now. */
    public void wakeWith(Runnable wakeUp) {
        runner = wakeUp;
        if (woken.get() != null) {
            wakeUp.run();
        }
    }

    /** What wakes {@code slot}, from any thread, until it is {@linkplain Waker#retire retired}. */
    public Waker waker(int slot) {
        return new Waker(this, slot);
    }

    /** Makes {@code slot} ready, behind those that are; once, however often it is said. */
    public void ready(int slot) {
        int word = slot >> 6;
        if (word >= queued.length) {
            queued = Arrays.copyOf(queued, Math.max(word + 1, queued.length * 2));
        }
        long bit = 1L << slot;
        if ((queued[word] & bit) != 0) {
            return;
        }
        queued[word] |= bit;
        if (size == ring.length) {
            int[] larger = new int[size * 2];
            System.arraycopy(ring, head, larger, 0, size - head);
            System.arraycopy(ring, 0, larger, size - head, head);
            ring = larger;
            head = 0;
        }
        ring[(head + size++) & (ring.length - 1)] = slot;
    }

    /** Makes {@code slot} ready at {@code at}, instead of at the deadline that it may have. */
    public void schedule(int slot, long at) {
        deadlines.schedule(slot, at);
    }

    /** Makes {@code slot} ready {@code nanos} after {@code now}, at the latest in 146 years; answers when that is. */
    public long scheduleIn(int slot, long now, long nanos) {
        long at = now + Math.min(nanos, Long.MAX_VALUE / 2);
        deadlines.schedule(slot, at);
        return at;
    }

    /** Forgets the deadline of {@code slot}. */
    public void cancel(int slot) {
        deadlines.cancel(slot);
    }

    /** Takes in what was woken and what is due at {@code now}; answers how many slots this pass may take with {@link #next}. */
    public int collect(long now) {
        if (woken.get() != null) {
            takeWoken();
        }
        deadlines.drain(now, toReady);
        return size;
    }

    private void takeWoken() {
        Waker inOrder = null;
        for (Waker waker = woken.getAndSet(null); waker != null; ) {
            Waker earlier = waker.below;
            waker.below = inOrder;
            inOrder = waker;
            waker = earlier;
        }
        while (inOrder != null) {
            Waker waker = inOrder;
            inOrder = waker.below;
            waker.below = null;
            waker.set(false); // from here on it may push itself again
            if (!waker.retired) {
                ready(waker.slot);
            }
        }
    }

    /** The slot that has been ready longest; only while {@link #hasReady}. */
    public int next() {
        int slot = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        queued[slot >> 6] &= ~(1L << slot);
        return slot;
    }

    /** Whether something is ready that no pass has taken. */
    public boolean hasReady() {
        return size > 0;
    }

    /** When the next pass is wanted: 0 for at once, {@link Long#MAX_VALUE} for when something wakes it. */
    public long nanosToNext(long now) {
        return size > 0 ? 0 : deadlines.nanosToEarliest(now);
    }

    /** Wakes one slot of an agenda. It is a flag and a link of the stack of the woken at once: waking allocates nothing. */
    public static final class Waker extends AtomicBoolean implements Runnable {
        private static final long serialVersionUID = 1L;

        private final transient Agenda agenda;
        private final int slot;
        private transient @Nullable Waker below;
        private transient boolean retired;

        private Waker(Agenda agenda, int slot) {
            this.agenda = agenda;
            this.slot = slot;
        }

        @Override
        public void run() {
            if (get() || !compareAndSet(false, true)) {
                return;
            }
            Waker top;
            do {
                top = agenda.woken.get();
                below = top;
            } while (!agenda.woken.compareAndSet(top, this));
            if (top == null) {
                agenda.runner.run();
            }
        }

        /** From now on it wakes nobody; on the thread of the pass. */
        public void retire() {
            retired = true;
        }
    }
}
