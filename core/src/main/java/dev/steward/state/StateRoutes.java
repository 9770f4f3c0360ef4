package dev.steward.state;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The best ways between all pairs of states of a graph, worked out beforehand: a look-up takes constant time and allocates nothing.
 *
 * <p>They are those of {@link StateGraph#path}. Takes memory for the square of the number of states.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param <S> the states
 */
public final class StateRoutes<S> {
    private static final int NO_WAY = -1;

    private final ImmutableMap<S, Integer> numbers;
    private final List<Optional<S>> states;
    private final int[][] next; // by target, then by where one is

    StateRoutes(StateGraph<S> graph) {
        ImmutableMap.Builder<S, Integer> numbered = ImmutableMap.builder();
        List<Optional<S>> ordered = new ArrayList<>();
        for (S state : graph.states()) {
            numbered.put(state, ordered.size());
            ordered.add(Optional.of(state));
        }
        numbers = numbered.buildOrThrow();
        states = List.copyOf(ordered);
        next = new int[states.size()][states.size()];
        numbers.forEach((to, number) -> {
            Arrays.fill(next[number], NO_WAY);
            next[number][number] = number;
            new ShortestPath<>(graph, to)
                    .fromAll()
                    .forEach((from, hop) -> next[number][numberOf(from)] = numberOf(hop));
        });
    }

    /**
     * The next state on the best way; where one is, if one is there already.
     *
     * @return empty if nothing leads there
     * @throws IllegalArgumentException if one of the two is not a state of the graph
     */
    public Optional<S> next(S from, S to) {
        int hop = next[numberOf(to)][numberOf(from)];
        return hop == NO_WAY ? Optional.empty() : states.get(hop);
    }

    /**
     * The best way, both included; from a state to itself it is that state alone.
     *
     * @return empty if nothing leads there
     * @throws IllegalArgumentException if one of the two is not a state of the graph
     */
    public Optional<List<S>> path(S from, S to) {
        List<S> path = new ArrayList<>();
        S state = from;
        path.add(state);
        while (!state.equals(to)) {
            Optional<S> hop = next(state, to);
            if (hop.isEmpty()) {
                return Optional.empty();
            }
            state = hop.get();
            path.add(state);
        }
        numberOf(to);
        return Optional.of(List.copyOf(path));
    }

    private int numberOf(S state) {
        @Nullable Integer number = numbers.get(state);
        checkArgument(number != null, "no state %s in %s", state, numbers.keySet());
        return Objects.requireNonNull(number);
    }
}
