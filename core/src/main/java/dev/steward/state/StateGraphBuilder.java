package dev.steward.state;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Collects the table of a {@link StateGraph} and checks it as a whole.
 *
 * <p>Only {@link #build()} refuses, and it names every mistake in one exception: whoever wrote a table with three mistakes
 * learns of all three.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 *
 * @param <S> the states
 */
public final class StateGraphBuilder<S> {
    private final S initial;
    private final Set<S> entries = new LinkedHashSet<>();
    private final Set<S> declared = new LinkedHashSet<>();
    private final Set<S> mentioned = new LinkedHashSet<>();
    private final List<Edge<S>> edges = new ArrayList<>();
    private final List<S> fromAny = new ArrayList<>();

    StateGraphBuilder(S initial, Collection<S> declared) {
        this.initial = requireNonNull(initial, "initial");
        this.declared.addAll(declared);
        entries.add(mention(initial));
    }

    /**
     * Declares the set of states. From then on a move that mentions any other is a mistake, and so is a declared state that no
     * move leads to. May be called several times; the sets add up.
     */
    @SafeVarargs
    public final StateGraphBuilder<S> states(S... states) {
        for (S state : states) {
            declared.add(requireNonNull(state, "state"));
        }
        return this;
    }

    /** Declares moves of weight 1. */
    @SafeVarargs
    public final StateGraphBuilder<S> allow(S from, S to, S... more) {
        edge(from, to, 1);
        for (S other : more) {
            edge(from, other, 1);
        }
        return this;
    }

    /**
     * Declares one move.
     *
     * @param weight what the move costs a path; 1 or more
     */
    public StateGraphBuilder<S> edge(S from, S to, int weight) {
        edges.add(new Edge<>(mention(from), mention(to), weight, false));
        return this;
    }

    /**
     * Declares a move from every other state, of weight 1; not from the state to itself. It is a path's last resort. A state
     * that also has such a move of its own keeps its own.
     */
    @SafeVarargs
    public final StateGraphBuilder<S> allowFromAny(S to, S... more) {
        fromAny.add(mention(to));
        for (S other : more) {
            fromAny.add(mention(other));
        }
        return this;
    }

    /** Declares states that things may also enter without a move, so that they need none that leads to them. */
    @SafeVarargs
    public final StateGraphBuilder<S> alsoEnteredAt(S... states) {
        for (S state : states) {
            entries.add(mention(state));
        }
        return this;
    }

    /**
     * The graph.
     *
     * @throws IllegalArgumentException if the table is wrong, naming each state and each move concerned: states that were not
     *     declared although others were, states that cannot be reached, moves declared twice, weights below 1
     */
    public StateGraph<S> build() {
        Set<String> mistakes = new LinkedHashSet<>();
        findUnknownStates(mistakes);
        findWrongMoves(mistakes);
        findUnreachableStates(mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    "state graph starting at " + Names.quoted(initial) + ": " + String.join("; ", mistakes));
        }
        return new StateGraph<>(initial, entries, states(), allEdges());
    }

    private void findUnknownStates(Set<String> mistakes) {
        entries.forEach(state -> checkKnown(state, "an entry", mistakes));
        for (Edge<S> edge : edges) {
            checkKnown(edge.from(), edge.described(), mistakes);
            checkKnown(edge.to(), edge.described(), mistakes);
        }
        fromAny.forEach(state -> checkKnown(state, wildcard(state, state).described(), mistakes));
    }

    private void checkKnown(S state, String where, Set<String> mistakes) {
        if (!states().contains(state)) {
            mistakes.add("unknown state " + Names.quoted(state) + " in " + where);
        }
    }

    private void findWrongMoves(Set<String> mistakes) {
        Map<Edge<S>, Integer> times = new LinkedHashMap<>();
        for (Edge<S> edge : edges) {
            if (edge.weight() < 1) {
                mistakes.add("weight " + edge.weight() + " of " + edge.described() + " is below 1");
            }
            times.merge(new Edge<>(edge.from(), edge.to(), 1, false), 1, Integer::sum); // whatever the weight
        }
        fromAny.forEach(state -> times.merge(wildcard(state, state), 1, Integer::sum));
        times.forEach((edge, count) -> {
            if (count > 1) {
                mistakes.add(edge.described() + " is declared " + count + " times");
            }
        });
    }

    private void findUnreachableStates(Set<String> mistakes) {
        Set<S> reached = new LinkedHashSet<>(entries);
        reached.addAll(fromAny);
        Queue<S> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            S state = next.remove();
            for (Edge<S> edge : edges) {
                if (edge.from().equals(state) && reached.add(edge.to())) {
                    next.add(edge.to());
                }
            }
        }
        for (S state : states()) {
            if (!reached.contains(state)) {
                mistakes.add("state " + Names.quoted(state) + " cannot be reached");
            }
        }
    }

    /** Each state's own moves, then those that it has as any other. */
    private Set<Edge<S>> allEdges() {
        Map<List<S>, Edge<S>> all = new LinkedHashMap<>();
        edges.forEach(edge -> all.put(List.of(edge.from(), edge.to()), edge));
        for (S state : states()) {
            for (S to : fromAny) {
                if (!state.equals(to)) {
                    all.putIfAbsent(List.of(state, to), wildcard(state, to));
                }
            }
        }
        return new LinkedHashSet<>(all.values());
    }

    private Set<S> states() {
        return declared.isEmpty() ? mentioned : declared;
    }

    private S mention(S state) {
        mentioned.add(requireNonNull(state, "state"));
        return state;
    }

    private static <S> Edge<S> wildcard(S from, S to) {
        return new Edge<>(from, to, 1, true);
    }
}
