package dev.steward.loop;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.internal.DeadlineQueue;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to slow or unreliable things, each with a time limit: completed exactly once, on the loop's thread, by the answer or by the limit.
 *
 * <p>An answer may come within the call, later on any thread, twice, or never. The first one reaches the mailbox and is delivered by its next
 * drain; one that comes after the limit is dropped. A pass drains the mailbox, then {@linkplain #expire expires}, and asks {@link #next}
 * last, when all calls of the pass are made: a limit that is not in the pass's step wakes nobody.
 *
 * <p><b>Threads.</b> What {@link #expect} returns may be called from any thread. Everything else belongs to the loop.
 */
public final class Calls {
    private final Mailbox mailbox;
    private final TimeSource time;
    private final DeadlineQueue limits;
    private final List<@Nullable Call<?>> bySlot = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    /** Calls whose answers come through {@code mailbox}. */
    public Calls(Mailbox mailbox, TimeSource time) {
        this.mailbox = checkNotNull(mailbox, "mailbox");
        this.time = checkNotNull(time, "time");
        limits = new DeadlineQueue(time.nanos());
    }

    private final class Call<T> implements Consumer<T> {
        private final int slot;
        private final Consumer<? super T> then;
        private final Supplier<? extends T> whenLate;
        private final AtomicBoolean answered = new AtomicBoolean();

        private Call(int slot, Consumer<? super T> then, Supplier<? extends T> whenLate) {
            this.slot = slot;
            this.then = then;
            this.whenLate = whenLate;
        }

        @Override
        public void accept(T answer) {
            checkNotNull(answer, "answer");
            if (answered.compareAndSet(false, true)) {
                mailbox.post(() -> settle(answer));
            }
        }

        private void settle(T answer) {
            if (release(this)) {
                then.accept(answer);
            }
        }

        private void expire() {
            if (release(this)) {
                then.accept(whenLate.get());
            }
        }
    }

    /**
     * Begins to wait for one answer.
     *
     * @param limit how long to wait; more than zero
     * @param then told the answer, in a drain of the mailbox or in {@link #expire}
     * @param whenLate what to tell if none has come within the limit
     * @return takes the answer, from any thread; all but the first are ignored
     * @throws IllegalArgumentException if the limit is not above zero
     */
    public <T> Consumer<T> expect(Duration limit, Consumer<? super T> then, Supplier<? extends T> whenLate) {
        checkArgument(limit.compareTo(Duration.ZERO) > 0, "limit is not above zero: %s", limit);
        int slot = free.isEmpty() ? bySlot.size() : free.remove(free.size() - 1);
        Call<T> call = new Call<>(slot, checkNotNull(then, "then"), checkNotNull(whenLate, "whenLate"));
        if (slot == bySlot.size()) {
            bySlot.add(call);
        } else {
            bySlot.set(slot, call);
        }
        limits.schedule(slot, time.nanos() + Math.min(TimeSource.saturatedNanos(limit), Long.MAX_VALUE / 2));
        return call;
    }

    private boolean release(Call<?> call) {
        if (!isAwaited(call)) {
            return false; // its limit was over first
        }
        bySlot.set(call.slot, null);
        free.add(call.slot);
        limits.cancel(call.slot);
        return true;
    }

    private boolean isAwaited(Call<?> call) {
        return call.slot < bySlot.size() && bySlot.get(call.slot) == call;
    }

    /** Completes what is over its limit; a call that this makes waits for the next time. */
    public void expire() {
        long now = isIdle() ? 0 : time.nanos();
        if (isIdle() || limits.nanosToEarliest(now) > 0) {
            return;
        }
        List<Call<?>> late = new ArrayList<>();
        limits.drain(now, slot -> late.add(checkNotNull(bySlot.get(slot))));
        for (int i = 0; i < late.size(); i++) {
            try {
                late.get(i).expire();
            } catch (RuntimeException | Error thrown) {
                late.subList(i + 1, late.size()).forEach(rest -> again(rest, now));
                throw thrown;
            }
        }
    }

    private void again(Call<?> late, long now) {
        if (isAwaited(late)) {
            limits.schedule(late.slot, now);
        }
    }

    /** Whether nothing is awaited. */
    public boolean isIdle() {
        return free.size() == bySlot.size();
    }

    /** When the next limit is over; parked if nothing is awaited. */
    public Step next() {
        return isIdle() ? Step.parked() : Step.afterNanos(limits.nanosToEarliest(time.nanos()));
    }

    /** Awaits nothing any more; answers on their way are dropped. */
    public void forget() {
        bySlot.clear();
        free.clear();
        for (int slot = limits.first(); slot >= 0; slot = limits.first()) {
            limits.cancel(slot);
        }
    }
}
