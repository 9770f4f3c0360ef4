package dev.steward.kernel;

import dev.steward.event.Kind;
import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * The pass of a manager of many things: takes in what others have posted, gives turns to what is due or has changed, shows what has become of
 * it, and says when it wants the next one. What a manager is besides is its {@link Work}.
 *
 * <p><b>Threads.</b> {@link #post} and {@link #wakeWith} are safe from any; everything else belongs to the thread of the pass.
 *
 * @param <S> the states that things are told to be in
 */
public final class Cycle<S> {
    private final String name;
    private final long budget;
    private final PassGuard guard = new PassGuard();
    private final Mailbox mailbox = new Mailbox();
    private final Pass pass;
    private final Schedule schedule;
    private final Publisher<S> publisher;
    private final Holds holds;

    /** What one manager does in its passes. Every call comes from the pass. */
    public interface Work {
        /** Whether there is nothing to do any more; asked first and last. */
        boolean isOver();

        /** Before anything else is done. */
        default void begin(long now) {}

        /** After the mail, before the turns. */
        default void beforeTurns(boolean force) {}

        /** After the turns, before what has changed is shown. */
        default void afterTurns(long now) {}

        /** Last: whoever asked for something is answered. */
        default void end() {}

        /** When the next pass is wanted for reasons of its own. */
        default Step next(long now) {
            return Step.parked();
        }
    }

    /**
     * A cycle that has not begun.
     *
     * @param log of the manager
     * @param budget how long one pass goes on taking new turns
     * @param onHold told the name of a thing whose holds are others
     */
    public Cycle(
            String name,
            Kind<S> kind,
            Logger log,
            StateFeed feed,
            TimeSource time,
            Duration budget,
            Consumer<String> onHold) {
        this.name = name;
        this.budget = TimeSource.saturatedNanos(budget);
        this.pass = new Pass(time);
        this.schedule = new Schedule(time, (owner, defect) -> publisher().defect(owner.name(), defect));
        this.publisher = new Publisher<>(name, kind, log, feed, time, pass, schedule);
        this.holds = new Holds(name, pass, schedule, onHold);
    }

    /** Has a task run in the next pass, from any thread; what it throws is told as a defect, and stops none of the others. */
    public void post(Runnable task) {
        mailbox.post(() -> {
            try {
                task.run();
            } catch (RuntimeException defect) {
                publisher.defect(name, defect);
            }
        });
    }

    /** Hands over what wakes the loop when something is posted. */
    public void wakeWith(WakeUp wakeUp) {
        mailbox.wakeWith(wakeUp);
    }

    /**
     * Makes one pass.
     *
     * @param unbounded whether all turns are given, whatever the budget
     * @throws IllegalStateException if one is under way
     */
    public Step pass(Work work, boolean unbounded) {
        guard.enter(name);
        try {
            if (work.isOver()) {
                return Step.finished();
            }
            long now = pass.begin();
            work.begin(now);
            holds.endWhatIsOver(now);
            mailbox.drain();
            work.beforeTurns(unbounded);
            schedule.run(now, unbounded ? Long.MAX_VALUE : budget);
            work.afterTurns(now);
            publisher.endOfPass();
            work.end();
            return work.isOver()
                    ? Step.finished()
                    : mailbox.isEmpty()
                            ? Step.afterNanos(schedule.nanosToNext(now)).earliest(work.next(now))
                            : Step.again();
        } finally {
            guard.exit();
        }
    }

    /**
     * Does something that no pass may come between, such as closing.
     *
     * @throws IllegalStateException if a pass is under way
     */
    public void exclusively(String action, Runnable task) {
        guard.enter(action, name);
        try {
            task.run();
        } finally {
            guard.exit();
        }
    }

    /** Takes in what was posted; for the end, when no pass will. */
    public void drain() {
        mailbox.drain();
    }

    /** What time it is. */
    public Pass pass() {
        return pass;
    }

    /** Who has a turn. */
    public Schedule schedule() {
        return schedule;
    }

    /** What is told. */
    public Publisher<S> publisher() {
        return publisher;
    }

    /** Who holds what. */
    public Holds holds() {
        return holds;
    }
}
