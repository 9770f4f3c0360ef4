package dev.steward.instance;

import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.INOPERABLE;
import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;

import dev.steward.event.Reason;
import dev.steward.loop.Hold;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one instance stands, for the rules and for others; answers questions and changes nothing. Not safe for use by many threads. */
final class Standing {
    private static final Reason SURVIVORS_FIRST =
            new Reason(InstanceCause.SURVIVORS_FIRST, "what an earlier manager left behind is stopped first");
    private static final Reason LOOKING =
            new Reason(InstanceCause.LAUNCH_UNKNOWN, "the launch before may have worked, looking");

    private final Host host;
    private final InstanceRunner runner;
    private @Nullable Inputs latest;
    private @Nullable Reason handsOff;
    private List<Hold> holds;

    Standing(Host host, InstanceRunner runner) {
        this.host = host;
        this.runner = runner;
        this.handsOff = host.handsOff(runner.name());
        this.holds = host.holds(runner.name());
    }

    /** Somebody holds it who did not before, or does no more. */
    void heldOtherwise() {
        handsOff = host.handsOff(runner.name());
        holds = host.holds(runner.name());
    }

    /** Who holds it. */
    List<Hold> holds() {
        return holds;
    }

    /** Why nothing is begun with it, or null. */
    @Nullable
    Reason handsOff() {
        return handsOff;
    }

    /** What the rules are asked with; the very same object as before if all of it is as before. */
    Inputs inputs(long now) {
        NextAction next = runner.next();
        boolean due = runner.alarm().isDue(now) && !isToBeAsked(next);
        Inputs known = latest;
        if (known == null
                || known.next() != next
                || known.target() != wanted().target()
                || known.due() != due
                || !isAsBefore(known.facts(), next, due)) {
            known = new Inputs(runner.isOperable(), next, wanted().target(), due, facts(next, due));
            latest = known;
        }
        return known;
    }

    private Facts facts(NextAction next, boolean due) {
        return new Facts(
                presence(),
                isReady(),
                hasMoreSignals(next),
                handsOff,
                runner.restarts().rests(),
                recycle(),
                dependents(next, due),
                dependencies(next, due),
                occupied(next));
    }

    private boolean isAsBefore(Facts facts, NextAction next, boolean due) {
        return facts.presence() == presence()
                && facts.ready() == isReady()
                && facts.moreSignals() == hasMoreSignals(next)
                && Objects.equals(facts.handsOff(), handsOff)
                && Objects.equals(facts.rests(), runner.restarts().rests())
                && Objects.equals(facts.recycle(), recycle())
                && Objects.equals(facts.dependents(), dependents(next, due))
                && Objects.equals(facts.dependencies(), dependencies(next, due))
                && Objects.equals(facts.occupied(), occupied(next));
    }

    /** Whether it runs, may be ready by now, and has to be asked first: that the time is over may be the fault of a pause of this program. */
    private boolean isToBeAsked(NextAction next) {
        return next == WAIT_START
                && wanted().up()
                && runner.seen().isRunning()
                && !isReady()
                && !runner.checks().hasAskedLately();
    }

    private boolean isReady() {
        Life life = life();
        return life == null || runner.checks().isReady(wanted().spec(), life);
    }

    private boolean hasMoreSignals(NextAction next) {
        Life life = life();
        return next == WAIT_DEAD
                && life != null
                && life.hasNextRound(wanted().spec().stop());
    }

    private @Nullable Reason recycle() {
        Recycle recycle = runner.recycling();
        return recycle == null ? null : recycle.why();
    }

    private @Nullable Reason dependents(NextAction next, boolean due) {
        return next == UP && wanted().down() && !due ? host.ordering().remaining(runner) : null;
    }

    private @Nullable Reason dependencies(NextAction next, boolean due) {
        return next == START && !due ? host.ordering().missing(runner) : null;
    }

    private Facts.Presence presence() {
        Life life = life();
        if (life == null) {
            return Facts.Presence.NONE;
        }
        return life.isRunning()
                ? Facts.Presence.ALIVE
                : life.isLingering() ? Facts.Presence.LINGERING : Facts.Presence.ORDERED;
    }

    /** What else has to be gone, or to be known, before it is launched; null if nothing. */
    private @Nullable Reason occupied(NextAction next) {
        if (next != START) {
            return null;
        }
        Leftovers.Leftover leftover = host.leftovers().of(runner.name());
        if (leftover != null) {
            return leftover.keepsOccupied();
        }
        return host.leftovers().holdEverything() ? SURVIVORS_FIRST : life() != null ? LOOKING : null;
    }

    /** What the rules in force have to say. */
    List<Reason> rulings() {
        return host.decides() ? Rules.explain(inputs(host.pass().now())) : List.of();
    }

    /** Whether it will be another within this turn, so that nobody else needs to know what it is now. */
    boolean isPassing() {
        if (!host.decides() && runner.restarts().rests() != null) {
            return true; // it may run, for all that is known yet
        }
        if (runner.next() != UP && !isBeforeLaunch()) {
            return false;
        }
        Inputs fed = Rules.apply(inputs(host.pass().now()));
        return fed.operable() && (runner.next() == UP ? fed.wantedDown() : fed.running());
    }

    boolean isBeforeLaunch() {
        NextAction next = runner.next();
        return next == DOWN || next == NextAction.START_AT || next == START;
    }

    /** Whether what lingers of its last life is no business of its own any more. */
    boolean isDoneWithIt() {
        return handsOff == null ? wanted().up() && isBeforeLaunch() : runner.next() != WAIT_DEAD;
    }

    /** Whether it is not configured any more, and nothing is left of it. */
    boolean hasRetired() {
        boolean down = runner.next() == DOWN || runner.next() == INOPERABLE;
        return wanted().isWithdrawn() && down && life() == null && !hasLeftover();
    }

    /** Whether it is on its way up, so that it is worth waiting for. */
    boolean isComing() {
        Wanted.Successor successor = wanted().successor();
        if (successor != null) {
            return successor.target() == TargetState.UP;
        }
        return runner.isOperable() && wanted().up() && runner.restarts().rests() == null && !isUp();
    }

    /** Whether it is on its way down, and not there yet. */
    boolean isGoing() {
        return wanted().down() && (life() != null || hasLeftover() || runner.next() == WAIT_DEAD);
    }

    /** Whether it is up, ready, and to stay so. */
    boolean isUp() {
        return runner.next() == UP && runner.seen().isRunning() && runner.recycling() == null;
    }

    /** Whether it was given up and nothing is under way. */
    boolean hasFailed() {
        return runner.next() == DOWN && wanted().up() && runner.restarts().hasGivenUp() && life() == null;
    }

    /** Whether a survivor may become a life of it: not if another one of its name is told to be stopped already. */
    boolean mayAdopt() {
        return runner.isOperable()
                && !wanted().isWithdrawn()
                && life() == null
                && runner.next() == DOWN
                && runner.teller().state() == RunState.DOWN;
    }

    private Wanted wanted() {
        return runner.wanted();
    }

    private @Nullable Life life() {
        return runner.seen().life();
    }

    private boolean hasLeftover() {
        return host.leftovers().of(runner.name()) != null;
    }
}
