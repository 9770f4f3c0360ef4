package dev.steward.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateRoutesTest {
    private static final StateGraph<String> GRAPH = StateGraph.startingAt("A")
            .allow("A", "B")
            .allow("B", "C", "A")
            .allowFromAny("SAFE")
            .build();

    @Test
    void knows_the_next_state_on_every_way() {
        StateRoutes<String> routes = GRAPH.routes();

        assertThat(routes.next("A", "C")).contains("B");
        assertThat(routes.next("A", "A")).contains("A");
        assertThat(routes.next("C", "A")).isEmpty();
        assertThat(routes.path("A", "C")).contains(List.of("A", "B", "C"));
        assertThat(routes.path("C", "A")).isEmpty();
    }

    @Test
    void refuses_what_is_no_state() {
        StateRoutes<String> routes = GRAPH.routes();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes.next("A", "X"))
                .withMessage("no state X in [A, B, C, SAFE]");
        assertThatIllegalArgumentException().isThrownBy(() -> routes.path("X", "X"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void agrees_with_the_search_for_each_pair(long seed) {
        Random random = new Random(seed);
        StateGraphBuilder<Integer> table = StateGraph.startingAt(0).states(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        table.alsoEnteredAt(1, 2, 3, 4, 5, 6, 7, 8, 9).allowFromAny(random.nextInt(10));
        for (int from = 0; from < 10; from++) {
            for (int to = 0; to < 10; to++) {
                if (from != to && random.nextInt(5) == 0) {
                    table.edge(from, to, 1 + random.nextInt(3));
                }
            }
        }
        StateGraph<Integer> graph = table.build();

        StateRoutes<Integer> routes = graph.routes();

        for (int from = 0; from < 10; from++) {
            for (int to = 0; to < 10; to++) {
                Optional<List<Integer>> path = graph.path(from, to);
                int first = from == to ? 0 : 1;
                assertThat(routes.path(from, to)).isEqualTo(path);
                assertThat(routes.next(from, to)).isEqualTo(path.map(way -> way.get(first)));
            }
        }
    }
}
