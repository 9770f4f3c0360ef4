package dev.steward.guard;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.steward.state.StateGraph;
import dev.steward.state.StateRoutes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node is made of, as a table: its states, its edges, where it should be at first and in good times.
 *
 * <pre>{@code
 * GuardSystem.named("SHUTTER")
 *         .whileIn("INIT", here -> jumpTo(shutter.isOpen() ? "OPEN" : "CLOSED"), hidden(), index(0))
 *         .whileIn("CLOSED", here -> doneWhen(!shutter.isOpen()), fromAnywhere())
 *         .state("OPENING", () -> new Opening(shutter), hidden())
 *         .whileIn("OPEN", here -> shutter.isOpen() ? done() : jumpTo("CLOSED"))
 *         .path("CLOSED", "OPENING", "OPEN")
 *         .request("CLOSED").nominal("OPEN")
 *         .build(); // throws, naming every mistake
 * }</pre>
 *
 * <p><b>Paths.</b> A node goes the way with the fewest edges that lead from anywhere, then the least weight, then the fewest edges; among
 * equals the edge declared first. All ways are worked out when the system is built.
 *
 * <p><b>Threads.</b> Immutable; any number of nodes may run one system, if the suppliers and checks that it was given allow that.
 */
public final class GuardSystem {
    /** The state in which every node begins; one that is done at once is supplied where none is declared. */
    public static final String INIT = "INIT";

    private final String name;
    private final ImmutableMap<String, Declared> states;
    private final StateGraph<String> graph;
    private final StateRoutes<String> routes;
    private final String request;
    private final String nominal;
    private final List<String> menu;

    GuardSystem(String name, Map<String, Declared> states, StateGraph<String> graph, String request, String nominal) {
        this.name = name;
        this.states = ImmutableMap.copyOf(states);
        this.graph = graph;
        this.routes = graph.routes();
        this.request = request;
        this.nominal = nominal;
        this.menu = this.states.values().stream()
                .filter(state -> !state.isHidden())
                .map(Declared::name)
                .toList();
    }

    /** Begins a system. */
    public static GuardSystemBuilder named(String name) {
        return new GuardSystemBuilder(name);
    }

    /** The name of this system. */
    public String name() {
        return name;
    }

    /** All states, in the order of their declaration; a supplied INIT is the first. */
    public Set<String> states() {
        return states.keySet();
    }

    /** The states that operators are offered as requests, in the same order. Others can be requested too. */
    public List<String> menu() {
        return menu;
    }

    /**
     * The number of a state.
     *
     * @throws IllegalArgumentException if there is no such state
     */
    public int index(String state) {
        return declared(state).index();
    }

    /** What is requested of a node that begins; INIT if nothing was declared. */
    public String request() {
        return request;
    }

    /** Where a node should be in good times. */
    public Optional<String> nominal() {
        return nominal.isEmpty() ? Optional.empty() : Optional.of(nominal);
    }

    /**
     * The next state on the way; the state itself, if it is where one is.
     *
     * @return empty if nothing leads there
     * @throws IllegalArgumentException if one of the two is not a state of this system
     */
    public Optional<String> next(String from, String to) {
        return routes.next(from, to);
    }

    /** The states and edges. */
    public StateGraph<String> graph() {
        return graph;
    }

    /** A picture as the text of a Mermaid state diagram. */
    public String toMermaid() {
        return graph.toMermaid();
    }

    /**
     * The same with the state where a node is, the requested one, and the way between them marked.
     *
     * @throws IllegalArgumentException if one of the two is not a state of this system
     */
    public String toMermaid(String state, String requested) {
        return graph.toMermaid(state, requested, way(state, requested));
    }

    /** A picture as text for Graphviz; edges that lead from anywhere are dashed. */
    public String toDot() {
        return graph.toDot();
    }

    /**
     * The same with the state where a node is, the requested one, and the way between them marked.
     *
     * @throws IllegalArgumentException if one of the two is not a state of this system
     */
    public String toDot(String state, String requested) {
        return graph.toDot(state, requested, way(state, requested));
    }

    private List<String> way(String from, String to) {
        return routes.path(from, to).filter(path -> path.size() > 1).orElse(List.of());
    }

    boolean has(String state) {
        return states.containsKey(state);
    }

    Declared declared(String state) {
        @Nullable Declared declared = states.get(state);
        checkArgument(declared != null, "no state %s in %s", state, this);
        return Objects.requireNonNull(declared);
    }

    @Override
    public String toString() {
        return "GuardSystem[" + name + " of " + states.keySet() + "]";
    }
}
