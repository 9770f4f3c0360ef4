package dev.steward.guard;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a call of a state answers: go on, done, or the state to jump to. Immutable.
 *
 * <p>Java 17 has no {@code switch} over it; ask for the two constants, else it is a {@link Jump}.
 */
public sealed interface StateResult {
    /** The state is not complete: {@code run} is called again. */
    StateResult GO_ON = Plain.GO_ON;

    /** The state is complete: the node goes on towards its request, or is done if this is it; then {@code run} is called again too. */
    StateResult DONE = Plain.DONE;

    /** {@link #GO_ON}. */
    static StateResult goOn() {
        return GO_ON;
    }

    /** {@link #DONE}. */
    static StateResult done() {
        return DONE;
    }

    /** {@link #DONE} if so, else {@link #GO_ON}. */
    static StateResult doneWhen(boolean complete) {
        return complete ? DONE : GO_ON;
    }

    /**
     * To this state at once, whatever the graph says. The same state again begins a new visit of it.
     *
     * @throws IllegalArgumentException if the name is empty; one that the system does not have is an error of the node
     */
    static StateResult jumpTo(String state) {
        return new Jump(state);
    }

    /** The answers that carry nothing. */
    enum Plain implements StateResult {
        /** {@link StateResult#GO_ON}. */
        GO_ON,
        /** {@link StateResult#DONE}. */
        DONE
    }

    /**
     * To another state at once.
     *
     * @param state not empty
     */
    record Jump(String state) implements StateResult {
        /** @throws IllegalArgumentException if the name is empty */
        public Jump {
            checkArgument(!state.isEmpty(), "a jump to no state");
        }
    }
}
