package dev.steward.guard;

import dev.steward.node.FaultChecker;
import java.util.Optional;

/**
 * Looked at before each call of a state, as a watchdog is.
 *
 * <p>Called on the thread of the node's pass, before {@code main} and before every {@code run}; several in the order in which they were
 * declared, until one answers. What it throws is an error of the node, as if the state had thrown it. One object may serve many nodes.
 */
@FunctionalInterface
public interface StateCheck {
    /**
     * Looks.
     *
     * @return takes the place of the call, which is left out ({@code main} counts as called); empty = nothing to object
     */
    Optional<StateResult> before(Visit here);

    /**
     * The fault check of other nodes: raises a message for each fault, and jumps to the checker's fail state on one, if there is such a state.
     * Must not stand before that state itself; {@link GuardSystemBuilder#check(FaultChecker, String...)} sees to that.
     */
    static StateCheck of(FaultChecker checker) {
        return here -> checker.check(here::notify).map(StateResult::jumpTo);
    }
}
