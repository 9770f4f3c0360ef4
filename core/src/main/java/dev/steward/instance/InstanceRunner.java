package dev.steward.instance;

import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.INOPERABLE;
import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.START_AT;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;

import dev.steward.event.Reason;
import dev.steward.instance.Resolver.Act;
import dev.steward.instance.Resolver.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one instance: feeds the {@link Resolver}'s table with what is seen, carries out what the table asks for, and stands around
 * it where the reference falls short. What is ours:
 *
 * <ul>
 *   <li>a launch is held back until every earlier process of the instance is known to be gone;
 *   <li>a stop goes through its whole plan before the table is told that its time is over, and lasts until the last process is gone;
 *   <li>a process that outlived its stop plan, or whose launch was thought lost, is taken back if the instance is wanted up;
 *   <li>an end during the start counts as one at once.
 * </ul>
 *
 * <p>Rows run until the instance rests. Not safe for use by many threads.
 */
final class InstanceRunner implements Due {
    private static final int MOST_ROWS = 8;
    private static final Reason SURVIVORS_FIRST =
            new Reason(InstanceCause.SURVIVORS_FIRST, "what an earlier manager left behind is stopped first");
    private static final Reason LOOKING =
            new Reason(InstanceCause.EARLIER_PROCESS, "the launch before may have worked, looking");

    private final Host host;
    private final Wanted wanted;
    private final Seen seen;
    private final boolean operable;
    private final int slot;
    private final InstanceTeller teller;
    private NextAction next = DOWN;
    private boolean timed;
    private long at;
    private Stability stability = Stability.STEADY;
    private int restarts;
    private boolean relaunch;

    InstanceRunner(Host host, InstanceSpec spec, TargetState target) {
        this.host = host;
        this.wanted = new Wanted(spec, target);
        this.seen = new Seen(host);
        this.operable = host.operates(spec.management());
        this.slot = host.schedule().add(this);
        this.teller = new InstanceTeller(host, this);
        wake();
    }

    /** What is wanted of it; whoever changes that wakes it. */
    Wanted wanted() {
        return wanted;
    }

    /** What is seen of it; whoever changes that wakes it. */
    Seen seen() {
        return seen;
    }

    /** Something that it depends on, or shows, is another. */
    void wake() {
        teller.touch();
        ready();
    }

    /** It is to have a turn. */
    void ready() {
        host.schedule().ready(slot);
    }

    /** Nothing is left of an earlier life. */
    void leftoverGone(Reason why) {
        if (!why.isNone()) {
            teller.because(why);
        }
        wake();
    }

    @Override
    public void run(long now) {
        if (!host.isInStep()) {
            teller.tell();
            return;
        }
        boolean rests = false;
        settle();
        teller.tell();
        for (int row = 0; row < MOST_ROWS && !rests; row++) {
            rests = oneRow(now);
            settle();
            teller.tell();
        }
        if (!rests) {
            ready();
        } else if (timed && !isDue(now)) {
            host.schedule().at(slot, at); // it stands already, but after a defect
        } else if (hasRetired()) {
            host.roster().retired(this);
        }
    }

    private boolean oneRow(long now) {
        if (next == WAIT_DEAD && isDue(now)) {
            escalate(now);
        }
        NextAction fed = next == WAIT_START && hasEnded() ? UP : next;
        Outcome outcome = Resolver.resolve(operable, fed, wanted.target(), isThere(), false, isDue(now));
        if (outcome.next() == next && outcome.note() == Note.NONE) {
            return true;
        }
        Reason hold = outcome.act() == Act.LAUNCH ? hold() : null;
        if (hold != null) {
            teller.held(hold);
            return true;
        }
        apply(outcome, now);
        return false;
    }

    /** Whether nothing runs any more that could still be seen to come up. */
    private boolean hasEnded() {
        return seen.life() == null || seen.isLingering();
    }

    /** What the table sees as running: if it is to stop, whatever is left of it. */
    private boolean isThere() {
        return seen.isRunning() || (seen.isLingering() && (next == WAIT_DEAD || wanted.down()));
    }

    private boolean isDue(long now) {
        return timed && now - at >= 0;
    }

    private boolean isBeforeLaunch() {
        return next == DOWN || next == START_AT || next == START;
    }

    /** Whether it will be another within this turn, so that nobody else needs to know what it is now. */
    boolean isPassing() {
        return next == UP ? wanted.down() : isBeforeLaunch() && operable && isThere();
    }

    /** Looks after what is still there although the table has done with it, if the instance is wanted up. */
    private void settle() {
        Life life = seen.life();
        if (life == null || !wanted.up() || !isBeforeLaunch()) {
            return;
        }
        if (life.isRunning()) {
            next = UP;
            relaunch = false;
            disarm();
            teller.because(life.hasRefused() ? InstanceCause.TAKEN_BACK : InstanceCause.RUNNING, life.describe());
        } else if (life.isLingering()) {
            seen.handOver();
            host.leftovers().add(name(), life, Leftovers.Sort.LINGERING);
        }
    }

    private void apply(Outcome outcome, long now) {
        teller.explain(outcome, seen);
        next = outcome.next();
        wanted.settleFor(outcome.target());
        switch (outcome.timer()) {
            case KEEP -> disarm();
            case STOP_LIMIT -> beginStop(now);
            case START_LIMIT, START_RETRY, RESTART_DELAY ->
                arm(now, outcome.timer().reference());
        }
        switch (outcome.note()) {
            case LAUNCH_REQUESTED -> launch(now);
            case LAUNCH_NOT_SEEN_RETRY -> {
                relaunch = true;
                look();
            }
            case EXIT_DETECTED -> {
                relaunch = true;
                stability = stability.failedAt(now).at(now);
            }
            case REFUSED_TO_DIE -> {
                look();
                seen.refuse();
            }
            case RESET_TO_IDLE -> relaunch = false;
            default -> {} // no more than the table says
        }
    }

    private void launch(long now) {
        Life life = host.orders().newLife(wanted.spec());
        seen.ordered(life);
        restarts += relaunch ? 1 : 0;
        teller.because(InstanceCause.LAUNCHED, relaunch ? "restart " + restarts : "wanted up");
        relaunch = false;
        String trouble = host.orders().launch(wanted.spec(), life);
        if (trouble != null) {
            teller.message("the driver failed to launch: " + trouble);
            arm(now, Duration.ZERO); // whether it did is not known: the time to be seen running is over at once
        }
    }

    /** Why it must not be launched now, or null. */
    private @Nullable Reason hold() {
        Leftovers.Leftover leftover = host.leftovers().of(name());
        if (leftover != null) {
            return leftover.keepsOccupied();
        }
        return host.leftovers().holdEverything() ? SURVIVORS_FIRST : seen.life() != null ? LOOKING : null;
    }

    private void look() {
        Life life = seen.life();
        if (life != null) {
            host.orders().lookFor(life);
        }
    }

    private void beginStop(long now) {
        Life life = seen.life();
        if (life == null) {
            disarm(); // it died before it was told to; the next row sees that
        } else {
            signal(life, life.firstRound(wanted.spec().stop()), now);
        }
    }

    private void escalate(long now) {
        Life life = seen.life();
        if (life != null && life.hasNextRound(wanted.spec().stop())) {
            signal(life, life.nextRound(wanted.spec().stop()), now);
            teller.touch();
        }
    }

    private void signal(Life life, StopPlan.Round round, long now) {
        host.orders().signal(name(), life, round.signal());
        arm(now, round.grace());
    }

    private void arm(long now, Duration delay) {
        timed = true;
        at = now + delay.toNanos();
        host.schedule().at(slot, at);
    }

    private void disarm() {
        if (timed) {
            timed = false;
            host.schedule().cancel(slot);
        }
    }

    /** Lets go of its place. */
    void forget() {
        disarm();
        teller.forget();
        host.schedule().remove(slot);
    }

    /** Whether it is not configured any more, and nothing is left of it. */
    boolean hasRetired() {
        boolean down = next == DOWN || next == INOPERABLE;
        return wanted.isWithdrawn()
                && down
                && seen.life() == null
                && host.leftovers().of(name()) == null;
    }

    boolean isOperable() {
        return operable;
    }

    NextAction next() {
        return next;
    }

    boolean isTimed() {
        return timed;
    }

    long at() {
        return at;
    }

    Stability stability() {
        return stability;
    }

    int restarts() {
        return restarts;
    }

    InstanceTeller teller() {
        return teller;
    }

    @Override
    public String name() {
        return wanted.spec().name();
    }
}
