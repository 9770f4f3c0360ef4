package dev.steward.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The best ways to one state: Dijkstra's algorithm backwards from it, then a walk forwards that takes the first move on a best way.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; lives for one search.
 */
final class ShortestPath<S> {
    /** What the way from a state to the target costs; the first difference counts. */
    private record Cost(int wildcards, long weight, int edges) implements Comparable<Cost> {
        static final Cost NONE = new Cost(0, 0, 0);

        Cost after(Edge<?> edge) {
            return new Cost(wildcards + (edge.wildcard() ? 1 : 0), weight + edge.weight(), edges + 1);
        }

        @Override
        public int compareTo(Cost other) {
            int byWildcards = Integer.compare(wildcards, other.wildcards);
            int byWeight = byWildcards != 0 ? byWildcards : Long.compare(weight, other.weight);
            return byWeight != 0 ? byWeight : Integer.compare(edges, other.edges);
        }
    }

    private record Candidate<S>(S state, Cost cost) implements Comparable<Candidate<S>> {
        @Override
        public int compareTo(Candidate<S> other) {
            return cost.compareTo(other.cost);
        }
    }

    private final StateGraph<S> graph;
    private final S to;
    private final Map<S, Cost> best = new HashMap<>();

    ShortestPath(StateGraph<S> graph, S to) {
        this.graph = graph;
        this.to = to;
    }

    /** The way from one state. */
    Optional<List<S>> from(S from) {
        return isReached(from) ? Optional.of(walk(from)) : Optional.empty();
    }

    /** The next state on the way, for each state that has one but the target itself. */
    Map<S, S> fromAll() {
        isReached(null);
        Map<S, S> next = new HashMap<>();
        for (S state : best.keySet()) {
            if (!state.equals(to)) {
                next.put(state, next(state));
            }
        }
        return next;
    }

    /**
     * Leaves the true cost of every state on a best way from {@code from}, and too high a cost or none of all others.
     *
     * @param from null = all states, whose costs are then all true
     */
    private boolean isReached(@Nullable S from) {
        Set<S> settled = new HashSet<>();
        PriorityQueue<Candidate<S>> open = new PriorityQueue<>();
        best.put(to, Cost.NONE);
        open.add(new Candidate<>(to, Cost.NONE));
        while (!open.isEmpty()) {
            Candidate<S> nearest = open.remove();
            if (from != null && nearest.state().equals(from)) {
                return true;
            }
            if (settled.add(nearest.state())) {
                for (Edge<S> edge : graph.incoming(nearest.state())) {
                    Cost cost = nearest.cost().after(edge);
                    Cost before = best.get(edge.from());
                    if (before == null || cost.compareTo(before) < 0) {
                        best.put(edge.from(), cost);
                        open.add(new Candidate<>(edge.from(), cost));
                    }
                }
            }
        }
        return false;
    }

    private List<S> walk(S from) {
        List<S> path = new ArrayList<>();
        S state = from;
        path.add(state);
        while (!state.equals(to)) {
            state = next(state);
            path.add(state);
        }
        return List.copyOf(path);
    }

    private S next(S state) {
        Cost cost = Objects.requireNonNull(best.get(state));
        for (Edge<S> edge : graph.outgoing(state)) {
            Cost rest = best.get(edge.to());
            if (rest != null && rest.after(edge).equals(cost)) {
                return edge.to();
            }
        }
        throw new IllegalStateException("no way on from " + state + " to " + to + " in " + graph);
    }
}
