package dev.steward.node;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fault check of some nodes, to be made before each step of whatever depends on them: a message for each fault and each notification,
 * and, only if asked for, the name of a state to go to instead.
 *
 * <p>It knows nothing of running states, so a host can use it anywhere; the guard runtime attaches it to the states of a system.
 *
 * <p><b>Threads.</b> Those of the nodes' manager.
 *
 * <p>Guardian's {@code checker(fail_return)}. There a check that finds a fault answers true, and a method that passed that on would have been
 * complete; here only {@link #check} answers, and only with a state.
 */
public final class FaultChecker {
    private final NodeGroup nodes;
    private final Optional<String> failState;

    private FaultChecker(NodeGroup nodes, Optional<String> failState) {
        this.nodes = checkNotNull(nodes, "nodes");
        this.failState = failState;
    }

    /** Only tells. */
    public static FaultChecker of(NodeGroup nodes) {
        return new FaultChecker(nodes, Optional.empty());
    }

    /**
     * Tells, and on a fault names the state to go to.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static FaultChecker of(NodeGroup nodes, String failState) {
        checkArgument(!failState.isEmpty(), "a fail state without a name");
        return new FaultChecker(nodes, Optional.of(failState));
    }

    /** The nodes that it looks at. */
    public NodeGroup nodes() {
        return nodes;
    }

    /** The state to go to on a fault; must not be checked with this checker itself, nor must INIT. */
    public Optional<String> failState() {
        return failState;
    }

    /**
     * Looks at all nodes, as of their manager's last pass.
     *
     * @param raise takes the message of each fault and of each thing that is only told, in the order of the nodes
     * @return the fail state, if there is one and a node is in fault; a notification alone never is
     */
    public Optional<String> check(Consumer<String> raise) {
        nodes.faults().forEach(fault -> raise.accept(fault.message()));
        return nodes.isInFault() ? failState : Optional.empty();
    }
}
