package dev.steward.loop;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.time.TimeSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop on the caller's thread, and parks the thread between passes until the loop is due or woken.
 *
 * <p>What a pass throws goes to the caller: put loops that may throw below a {@link CompositeLoop}. Immutable; every {@link #run} is
 * on its own.
 */
public final class LoopInvoker {
    /**
     * An invoker that waits in real time.
     *
     * @throws IllegalArgumentException if {@code time} does not pass by itself, as a {@code VirtualTime}
     */
    public LoopInvoker(TimeSource time) {
        time.requireRealTime("LoopInvoker");
    }

    /**
     * Runs {@code loop} until {@code until} holds, the loop is finished, or the thread is interrupted.
     *
     * @param until asked before each pass and after it; what makes it true should wake the loop
     * @return whether {@code until} holds; if not, the loop has finished, or the thread is interrupted and its interrupt status is kept
     */
    public boolean run(ControlLoop loop, BooleanSupplier until) {
        checkNotNull(until, "until");
        Parking parking = new Parking();
        loop.wakeWith(parking);
        while (!until.getAsBoolean()) {
            parking.woken = false; // before the pass, so that what comes during it is not slept over
            Step step = loop.manageOnce();
            if (step.isFinished() || Thread.currentThread().isInterrupted()) {
                return until.getAsBoolean();
            }
            if (!until.getAsBoolean()) {
                parking.park(step);
            }
        }
        return true;
    }

    /** The meeting place of the thread that parks and those that wake it. */
    private static final class Parking implements WakeUp {
        private final Thread thread = Thread.currentThread();
        private volatile boolean woken;
        private volatile @Nullable Thread parked;

        @Override
        public void wake() {
            woken = true;
            LockSupport.unpark(parked); // of null does nothing
        }

        /** Waits once; a wait that ends too early only makes the next pass early. */
        private void park(Step step) {
            parked = thread; // written before the flag is read, as a waker writes the flag before it reads this
            if (!woken && step.kind() == Step.Kind.AFTER) {
                LockSupport.parkNanos(this, step.delayNanos());
            } else if (!woken && step.kind() == Step.Kind.PARKED) {
                LockSupport.park(this);
            }
            parked = null;
        }
    }
}
