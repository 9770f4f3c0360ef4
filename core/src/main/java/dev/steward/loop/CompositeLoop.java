package dev.steward.loop;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.internal.Agenda;
import dev.steward.internal.PassGuard;
import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several loops as one: a pass runs only those children that are due or woken, so ten thousand parked ones cost nothing.
 *
 * <p><b>Fairness.</b> A pass runs each child at most once, in the order in which they became ready. When it has used up its budget, the
 * rest keep their places for the next pass, so one call takes at most the budget and one child.
 *
 * <p><b>Errors.</b> What a child throws is reported to the {@link LoopObserver} and touches nobody else. The child is left alone for a
 * delay that grows while it keeps throwing; a wake-up does not cut it short, else a busy producer would make a hot loop of errors.
 *
 * <p><b>End.</b> A child that is finished is closed and dropped; the composite is finished when all of its children are.
 *
 * <p><b>Threads.</b> As any {@link ControlLoop}; {@link #add} may come from any thread.
 */
public final class CompositeLoop implements ControlLoop {
    private static final Logger log = LoggerFactory.getLogger(CompositeLoop.class);
    private static final int SPINNING = 10_000;

    private final String name;
    private final TimeSource time;
    private final Options options;
    private final LoopObserver observer;
    private final Agenda agenda;
    private final Mailbox mailbox = new Mailbox();
    private final PassGuard guard = new PassGuard();
    private final RandomGenerator random;
    private final List<@Nullable Child> children = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int admitted;
    private volatile boolean closed;

    /**
     * How a composite treats its children.
     *
     * @param budget how long one pass may go on taking new children; more than zero
     * @param passLimit a pass of one child that takes longer is reported; more than zero
     * @param backoff how long a child that throws is left alone
     */
    public record Options(Duration budget, Duration passLimit, Backoff backoff) {
        /** @throws IllegalArgumentException if a duration is not more than zero */
        public Options {
            checkArgument(!budget.isNegative() && !budget.isZero(), "the budget of a pass is %s", budget);
            checkArgument(!passLimit.isNegative() && !passLimit.isZero(), "the limit of a pass is %s", passLimit);
            checkNotNull(backoff, "backoff");
        }

        /** A budget of 10 ms, reports from 1 s on, and a backoff from 100 ms doubling to 30 s. */
        public static Options defaults() {
            return new Options(
                    Duration.ofMillis(10),
                    Duration.ofSeconds(1),
                    Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(30)));
        }

        /** The same with another budget. */
        public Options withBudget(Duration other) {
            return new Options(other, passLimit, backoff);
        }

        /** The same with another limit of one child's pass. */
        public Options withPassLimit(Duration other) {
            return new Options(budget, other, backoff);
        }

        /** The same with another backoff. */
        public Options withBackoff(Backoff other) {
            return new Options(budget, passLimit, other);
        }
    }

    private static final class Child {
        private final ControlLoop loop;
        private final Agenda.Waker waker;
        private final int number;
        private boolean canWake;
        private int failures;
        private long aloneUntil;
        private boolean well;
        private long wellSince;
        private int again;

        private Child(ControlLoop loop, Agenda.Waker waker, int number) {
            this.loop = loop;
            this.waker = waker;
            this.number = number;
        }
    }

    /** A composite without children yet. */
    public CompositeLoop(String name, TimeSource time, Options options, LoopObserver observer) {
        this.name = checkNotNull(name, "name");
        this.time = checkNotNull(time, "time");
        this.options = checkNotNull(options, "options");
        this.observer = checkNotNull(observer, "observer");
        this.agenda = new Agenda(time.nanos());
        this.random = new Random(name.hashCode());
    }

    /** A composite of {@code children} with the default options, whose trouble goes to the log. */
    public static CompositeLoop of(String name, TimeSource time, ControlLoop... children) {
        CompositeLoop composite = new CompositeLoop(name, time, Options.defaults(), LoopObserver.logging());
        for (ControlLoop child : children) {
            composite.add(child);
        }
        return composite;
    }

    /**
     * Adds a child, from any thread; it has its first pass in the next one. From now on it is closed by this composite.
     *
     * @throws IllegalStateException if this is closed, which it also is when a composite that it was a child of has dropped it
     */
    public void add(ControlLoop child) {
        checkNotNull(child, "child");
        checkArgument(child != this, "loop '%s' cannot be its own child", name);
        checkState(!closed, "loop '%s' is closed and takes no child '%s'", name, child.name());
        mailbox.post(() -> admit(child));
        if (closed && guard.tryEnter()) { // closed meanwhile, and perhaps nobody looks into the mailbox again
            try {
                closeChildren();
            } finally {
                guard.exit();
            }
        }
    }

    private void admit(ControlLoop loop) {
        int slot = free.isEmpty() ? children.size() : free.pop();
        if (slot == children.size()) {
            children.add(null);
        }
        Child child = new Child(loop, agenda.waker(slot), admitted++);
        children.set(slot, child);
        agenda.ready(slot);
        try {
            handWakeUpTo(child);
        } catch (RuntimeException error) {
            failed(slot, child, error);
        }
    }

    private static void handWakeUpTo(Child child) {
        if (!child.canWake) {
            child.loop.wakeWith(child.waker::run);
            child.canWake = true;
        }
    }

    @Override
    public Step manageOnce() {
        guard.enter(name);
        try {
            if (closed) {
                closeChildren(); // an add that met the close
                return Step.finished();
            }
            mailbox.drain();
            long start = time.nanos();
            long now = start;
            long budget = TimeSource.saturatedNanos(options.budget());
            for (int ready = agenda.collect(start); ready > 0 && now - start < budget; ready--) {
                now = run(agenda.next(), now);
            }
            if (!mailbox.isEmpty()) {
                return Step.again(); // children added meanwhile
            }
            boolean over = admitted > 0 && free.size() == children.size();
            return over ? Step.finished() : Step.afterNanos(agenda.nanosToNext(now));
        } finally {
            guard.exit();
        }
    }

    /** Gives one child its pass; answers what time it is after it. */
    private long run(int slot, long now) {
        Child child = children.get(slot);
        if (child == null || (child.failures > 0 && now - child.aloneUntil < 0)) {
            return now; // finished meanwhile; or woken while it is left alone, and its deadline still stands
        }
        Step step;
        try {
            handWakeUpTo(child);
            step = child.loop.manageOnce();
        } catch (RuntimeException error) {
            return failed(slot, child, error);
        } catch (Error error) {
            agenda.ready(slot); // the host's business; should it go on, the child has its place
            throw error;
        }
        long after = time.nanos();
        if (after - now > TimeSource.saturatedNanos(options.passLimit())) {
            observe(() -> observer.overran(child.loop, Duration.ofNanos(after - now)));
        }
        if (!child.well) {
            child.well = true;
            child.wellSince = after;
        }
        schedule(slot, child, step, after);
        return after;
    }

    private void schedule(int slot, Child child, Step step, long now) {
        child.again = step.kind() == Step.Kind.AGAIN ? child.again + 1 : 0;
        switch (step.kind()) {
            case AGAIN -> {
                agenda.cancel(slot);
                agenda.ready(slot);
                if (child.again % SPINNING == 0) {
                    observe(() -> observer.spinning(child.loop, child.again));
                }
            }
            case AFTER -> agenda.scheduleIn(slot, now, step.delayNanos());
            case PARKED -> agenda.cancel(slot);
            case FINISHED -> drop(slot, child);
        }
    }

    private void drop(int slot, Child child) {
        agenda.cancel(slot);
        child.waker.retire();
        children.set(slot, null);
        free.push(slot);
        try {
            child.loop.close();
        } catch (RuntimeException error) {
            observe(() -> observer.failed(child.loop, error, Duration.ZERO, 1));
        }
    }

    private long failed(int slot, Child child, RuntimeException error) {
        long now = time.nanos();
        if (child.well && options.backoff().isOverAfter(Duration.ofNanos(now - child.wellSince))) {
            child.failures = 0;
        }
        child.failures++;
        child.well = false;
        child.again = 0;
        Duration delay = options.backoff().delay(child.failures, random);
        child.aloneUntil = agenda.scheduleIn(slot, now, delay.toNanos());
        observe(() -> observer.failed(child.loop, error, delay, child.failures));
        return now;
    }

    private void observe(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            log.atError().addKeyValue("loop", name).setCause(failure).log("an observer failed");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        agenda.wakeWith(wakeUp);
        mailbox.wakeWith(wakeUp);
    }

    /** Closes the children, the last one first; one that throws is reported and the others are closed all the same. */
    @Override
    public void close() {
        guard.enter("close", name);
        try {
            closed = true;
            closeChildren();
        } finally {
            guard.exit();
        }
    }

    private void closeChildren() {
        mailbox.drain();
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < children.size(); slot++) {
            if (children.get(slot) != null) {
                slots.add(slot);
            }
        }
        slots.sort(Comparator.comparingInt(slot -> -children.get(slot).number));
        slots.forEach(slot -> drop(slot, children.get(slot)));
    }
}
