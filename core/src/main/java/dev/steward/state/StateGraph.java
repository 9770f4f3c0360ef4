package dev.steward.state;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as data: its states, its legal moves, the shortest way from one state to another, and its picture.
 *
 * <pre>{@code
 * static final StateGraph<Phase> GRAPH = StateGraph.startingAt(DOWN)
 *         .allow(DOWN, STARTING)
 *         .allow(STARTING, UP, DOWN)
 *         .allow(UP, DOWN)
 *         .build(); // throws, naming every mistake of the table
 * }</pre>
 *
 * <p>States are anything with {@code equals} and {@code hashCode} that never changes: constants of an enum, or names. A
 * state has a move to itself only if the table says so.
 *
 * <p><b>Threads.</b> Immutable. Two graphs are equal if they were declared alike, in the same order.
 *
 * @param <S> the states
 */
public final class StateGraph<S> {
    private final S initial;
    private final ImmutableSet<S> entries; // the initial state comes first
    private final ImmutableMap<S, ImmutableMap<S, Edge<S>>> moves; // by source, then by target; each state is a source
    private final ImmutableListMultimap<S, Edge<S>> incoming;

    StateGraph(S initial, Set<S> entries, Set<S> states, Set<Edge<S>> edges) {
        this.initial = initial;
        this.entries = ImmutableSet.copyOf(entries);
        Map<S, ImmutableMap.Builder<S, Edge<S>>> outgoing = new LinkedHashMap<>();
        states.forEach(state -> outgoing.put(state, ImmutableMap.builder()));
        ImmutableListMultimap.Builder<S, Edge<S>> reversed = ImmutableListMultimap.builder();
        for (Edge<S> edge : edges) {
            Objects.requireNonNull(outgoing.get(edge.from())).put(edge.to(), edge);
            reversed.put(edge.to(), edge);
        }
        ImmutableMap.Builder<S, ImmutableMap<S, Edge<S>>> all = ImmutableMap.builder();
        outgoing.forEach((state, targets) -> all.put(state, targets.buildOrThrow()));
        this.moves = all.buildOrThrow();
        this.incoming = reversed.build();
    }

    /**
     * Begins the graph of an enum. All its constants are declared, so that one which the table forgets is an error.
     *
     * @param initial where things of this kind begin
     */
    public static <E extends Enum<E>> StateGraphBuilder<E> startingAt(E initial) {
        return new StateGraphBuilder<>(initial, EnumSet.allOf(initial.getDeclaringClass()));
    }

    /**
     * Begins a graph of any other states, such as names. They are the ones that the table mentions, unless they are declared
     * with {@link StateGraphBuilder#states}.
     *
     * @param initial where things of this kind begin
     */
    public static <S> StateGraphBuilder<S> startingAt(S initial) {
        return new StateGraphBuilder<>(initial, Set.of());
    }

    /** Where things of this kind begin. */
    public S initial() {
        return initial;
    }

    /** All states, in the order of their declaration, or else of their first mention. */
    public Set<S> states() {
        return moves.keySet();
    }

    /**
     * The states that {@code state} may move to: those of its own moves in the order of their declaration, then those that
     * any state may move to.
     *
     * @throws IllegalArgumentException if {@code state} is not one of this graph
     */
    public Set<S> successors(S state) {
        return movesOf(state).keySet();
    }

    /** Whether there is a move; a state that is not one of this graph has none. Takes constant time and allocates nothing. */
    public boolean allows(S from, S to) {
        ImmutableMap<S, Edge<S>> targets = moves.get(from);
        return targets != null && targets.containsKey(to);
    }

    /**
     * Whether a thing in {@code state} stays there for ever; a move to itself does not count.
     *
     * @throws IllegalArgumentException if {@code state} is not one of this graph
     */
    public boolean isTerminal(S state) {
        Set<S> next = successors(state);
        return next.isEmpty() || (next.size() == 1 && next.contains(state));
    }

    /**
     * The best way from one state to another, both included; from a state to itself it is that state alone.
     *
     * <p>The best way has the fewest moves that {@linkplain StateGraphBuilder#allowFromAny any state may make}, then the
     * least total weight, then the fewest moves. Among equals, at the first state where they part, the move declared
     * earlier wins. So the rest of a best way is itself the best way from there.
     *
     * @return empty if nothing leads there
     * @throws IllegalArgumentException if one of the two is not a state of this graph
     */
    public Optional<List<S>> path(S from, S to) {
        movesOf(from);
        movesOf(to);
        return new ShortestPath<>(this, to).from(from);
    }

    /** The best ways between all pairs of states, worked out once. */
    public StateRoutes<S> routes() {
        return new StateRoutes<>(this);
    }

    /** A picture as the text of a Mermaid state diagram; the same text for equal graphs. */
    public String toMermaid() {
        return new StatePicture<>(this, Set.of(), Set.of(), List.of()).toMermaid();
    }

    /**
     * The same with one state and the moves of one path marked.
     *
     * @param path as {@link #path} answers it; empty = none
     * @throws IllegalArgumentException if a state is not one of this graph, or a move of the path is not legal
     */
    public String toMermaid(S current, List<S> path) {
        return marked(Set.of(current), Set.of(), path).toMermaid();
    }

    /**
     * The same with the state where a thing should be marked too.
     *
     * @throws IllegalArgumentException if a state is not one of this graph, or a move of the path is not legal
     */
    public String toMermaid(S current, S wanted, List<S> path) {
        return marked(Set.of(current), Set.of(wanted), path).toMermaid();
    }

    /** A picture as text for Graphviz; the same text for equal graphs. */
    public String toDot() {
        return new StatePicture<>(this, Set.of(), Set.of(), List.of()).toDot();
    }

    /**
     * The same with one state and the moves of one path marked.
     *
     * @param path as {@link #path} answers it; empty = none
     * @throws IllegalArgumentException if a state is not one of this graph, or a move of the path is not legal
     */
    public String toDot(S current, List<S> path) {
        return marked(Set.of(current), Set.of(), path).toDot();
    }

    /**
     * The same with the state where a thing should be marked too.
     *
     * @throws IllegalArgumentException if a state is not one of this graph, or a move of the path is not legal
     */
    public String toDot(S current, S wanted, List<S> path) {
        return marked(Set.of(current), Set.of(wanted), path).toDot();
    }

    private StatePicture<S> marked(Set<S> current, Set<S> wanted, List<S> path) {
        current.forEach(this::movesOf);
        wanted.forEach(this::movesOf);
        path.forEach(this::movesOf);
        for (int i = 1; i < path.size(); i++) {
            S from = path.get(i - 1);
            S to = path.get(i);
            checkArgument(allows(from, to), "no move from %s to %s in path %s", from, to, path);
        }
        return new StatePicture<>(this, current, wanted, path);
    }

    Set<S> entries() {
        return entries;
    }

    Iterable<Edge<S>> edges() {
        return Iterables.concat(Iterables.transform(moves.values(), ImmutableMap::values));
    }

    /** What leaves {@code state}, in the order of {@link #successors}. */
    Iterable<Edge<S>> outgoing(S state) {
        return movesOf(state).values();
    }

    Iterable<Edge<S>> incoming(S state) {
        return incoming.get(state);
    }

    private ImmutableMap<S, Edge<S>> movesOf(S state) {
        ImmutableMap<S, Edge<S>> targets = moves.get(state);
        checkArgument(targets != null, "no state %s in %s", state, states());
        return Objects.requireNonNull(targets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateGraph<?> graph
                && entries.asList().equals(graph.entries.asList())
                && Iterables.elementsEqual(states(), graph.states())
                && Iterables.elementsEqual(edges(), graph.edges());
    }

    @Override
    public int hashCode() {
        return moves.hashCode();
    }

    @Override
    public String toString() {
        return "StateGraph[" + initial + " of " + states() + ", " + incoming.size() + " moves]";
    }
}
