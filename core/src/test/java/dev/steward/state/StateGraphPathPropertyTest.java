package dev.steward.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of paths through random graphs, against references that share no idea with the search. */
class StateGraphPathPropertyTest {
    private record Move(int from, int to, int weight, boolean wildcard) {}

    private static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_path_is_the_first_of_the_best_of_all_that_there_are(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(6);
        List<Move> moves = randomMoves(random, size, random.nextDouble(), 3);
        StateGraph<Integer> graph = graphOf(size, moves);

        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                assertThat(graph.path(from, to))
                        .as("%s -> %s in %s", from, to, moves)
                        .isEqualTo(first(moves, from, to));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_path_weighs_what_relaxation_finds(long seed) {
        Random random = new Random(seed);
        int size = 10 + random.nextInt(30);
        List<Move> moves = randomMoves(random, size, 0.02 + random.nextDouble() / 10, Integer.MAX_VALUE);
        moves.removeIf(Move::wildcard);
        StateGraph<Integer> graph = graphOf(size, moves);
        int from = random.nextInt(size);
        long[] least = bellmanFord(moves, size, from);

        for (int to = 0; to < size; to++) {
            long weight = graph.path(from, to).map(path -> weight(path, moves)).orElse(Long.MAX_VALUE);
            assertThat(weight).as("%s -> %s", from, to).isEqualTo(least[to]);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_rest_of_a_path_is_the_path_from_there(long seed) {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(20);
        StateGraph<Integer> graph = graphOf(size, randomMoves(random, size, 0.2, 3));
        int to = random.nextInt(size);

        for (int from = 0; from < size; from++) {
            List<Integer> path = graph.path(from, to).orElse(List.of(to));
            for (int i = 1; i < path.size(); i++) {
                List<Integer> rest = path.subList(i, path.size());
                assertThat(graph.path(rest.get(0), to)).contains(rest);
            }
        }
    }

    /** Own moves in random order, then up to two targets that any state may move to, as the graph expands them. */
    private static List<Move> randomMoves(Random random, int size, double density, int maxWeight) {
        List<Move> moves = new ArrayList<>();
        for (int cell = 0; cell < size * size; cell++) {
            if (random.nextDouble() < density) {
                moves.add(new Move(cell / size, cell % size, 1 + random.nextInt(maxWeight), false));
            }
        }
        Collections.shuffle(moves, random);
        Set<List<Integer>> own = new TreeSet<>(Comparator.comparing(List::toString));
        moves.forEach(move -> own.add(List.of(move.from(), move.to())));
        Set<Integer> targets = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            targets.add(random.nextInt(size));
        }
        for (int to : targets) {
            for (int from = 0; from < size; from++) {
                if (from != to && !own.contains(List.of(from, to))) {
                    moves.add(new Move(from, to, 1, true));
                }
            }
        }
        return moves;
    }

    private static StateGraph<Integer> graphOf(int size, List<Move> moves) {
        StateGraphBuilder<Integer> table = StateGraph.startingAt(0);
        Set<Integer> targets = new TreeSet<>();
        for (int state = 0; state < size; state++) {
            table.states(state).alsoEnteredAt(state);
        }
        for (Move move : moves) {
            if (move.wildcard()) {
                targets.add(move.to());
            } else {
                table.edge(move.from(), move.to(), move.weight());
            }
        }
        targets.forEach(table::allowFromAny);
        return table.build();
    }

    /** Tries every way without a loop, earlier moves first, and keeps the first of the best. */
    private static Optional<List<Integer>> first(List<Move> moves, int from, int to) {
        List<List<Move>> ways = new ArrayList<>();
        addWays(moves, from, to, new ArrayList<>(), ways);
        return ways.stream()
                .min(Comparator.<List<Move>>comparingLong(
                                way -> way.stream().filter(Move::wildcard).count())
                        .thenComparingLong(
                                way -> way.stream().mapToLong(Move::weight).sum())
                        .thenComparingInt(List::size))
                .map(way -> {
                    List<Integer> states = new ArrayList<>(List.of(from));
                    way.forEach(move -> states.add(move.to()));
                    return states;
                });
    }

    private static void addWays(List<Move> moves, int from, int to, List<Move> soFar, List<List<Move>> ways) {
        if (from == to) {
            ways.add(List.copyOf(soFar));
            return;
        }
        for (Move move : moves) {
            boolean visited = soFar.stream().anyMatch(before -> before.from() == move.to());
            if (move.from() == from && move.to() != from && !visited) {
                soFar.add(move);
                addWays(moves, move.to(), to, soFar, ways);
                soFar.remove(soFar.size() - 1);
            }
        }
    }

    private static long[] bellmanFord(List<Move> moves, int size, int from) {
        long[] least = new long[size];
        Arrays.fill(least, Long.MAX_VALUE);
        least[from] = 0;
        for (int round = 0; round < size; round++) {
            for (Move move : moves) {
                if (least[move.from()] != Long.MAX_VALUE) {
                    least[move.to()] = Math.min(least[move.to()], least[move.from()] + move.weight());
                }
            }
        }
        return least;
    }

    private static long weight(List<Integer> path, List<Move> moves) {
        long sum = 0;
        for (int i = 1; i < path.size(); i++) {
            int from = path.get(i - 1);
            int to = path.get(i);
            sum += moves.stream()
                    .filter(move -> move.from() == from && move.to() == to)
                    .findFirst()
                    .orElseThrow()
                    .weight();
        }
        return sum;
    }
}
