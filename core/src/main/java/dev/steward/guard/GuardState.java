package dev.steward.guard;

/**
 * One visit of one state. <b>Made for you to extend.</b>
 *
 * <p>The node makes a new object for each visit, so its fields are the visit's own: what {@link #main} sets, {@link #run} sees, and the next
 * visit does not. Calls come on the thread of the node's pass and never overlap. They should return soon: a call that hangs holds up its
 * node, requests included, and nothing interrupts it; {@link GuardNode#callUnderWay()} shows it.
 *
 * <p>What a call throws puts the node into ERROR: no call is made any more until the node is asked again or loaded, and then the state is
 * entered again, at {@code main}.
 *
 * <p>As the states of Guardian; a state that is one method can be a lambda ({@link GuardSystemBuilder#whileIn}).
 */
public abstract class GuardState {
    /** For subclasses. */
    protected GuardState() {}

    /** Called once, in the first cycle of the visit. Goes on, unless overridden. */
    protected StateResult main(Visit here) {
        return goOn();
    }

    /**
     * Called in every cycle after that; also when the state is complete and the node has nowhere to go, so that it can still jump. Is done,
     * unless overridden.
     */
    protected StateResult run(Visit here) {
        return done();
    }

    /** {@link StateResult#GO_ON}. */
    protected static StateResult goOn() {
        return StateResult.GO_ON;
    }

    /** {@link StateResult#DONE}. */
    protected static StateResult done() {
        return StateResult.DONE;
    }

    /** {@link StateResult#DONE} if so, else {@link StateResult#GO_ON}. */
    protected static StateResult doneWhen(boolean complete) {
        return StateResult.doneWhen(complete);
    }

    /** To this state at once, whatever the graph says. */
    protected static StateResult jumpTo(String state) {
        return StateResult.jumpTo(state);
    }

    /** The {@link #run} of a state that has no more to it; such a state takes two cycles at least, as its {@code main} takes one. */
    @FunctionalInterface
    public interface Body {
        /** Called in every cycle but the first. */
        StateResult run(Visit here);
    }
}
