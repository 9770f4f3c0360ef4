package dev.steward.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateGraphPathTest {
    @Test
    void takes_the_least_weight_not_the_fewest_moves() {
        StateGraph<String> graph = StateGraph.startingAt("a")
                .edge("a", "d", 4)
                .allow("a", "b")
                .allow("b", "c")
                .allow("c", "d")
                .build();

        assertThat(graph.path("a", "d")).contains(List.of("a", "b", "c", "d"));
    }

    @Test
    void takes_the_fewest_moves_among_equal_weights() {
        StateGraph<String> graph = StateGraph.startingAt("a")
                .allow("a", "b")
                .allow("b", "c")
                .allow("c", "d")
                .edge("a", "d", 3)
                .build();

        assertThat(graph.path("a", "d")).contains(List.of("a", "d"));
    }

    @Test
    void takes_the_move_declared_first_among_equal_ways() {
        StateGraph<String> graph = StateGraph.startingAt("a")
                .allow("a", "z", "b")
                .allow("b", "end")
                .allow("z", "y", "x")
                .allow("x", "end")
                .allow("y", "end")
                .edge("b", "end2", 2)
                .allow("x", "end2")
                .allow("y", "end2")
                .build();

        assertThat(graph.path("a", "end")).as("fewest moves").contains(List.of("a", "b", "end"));
        assertThat(graph.path("z", "end")).as("y before x").contains(List.of("z", "y", "end"));
        assertThat(graph.path("a", "end2")).as("fewest moves again").contains(List.of("a", "b", "end2"));
    }

    @Test
    void stays_where_it_is_to_get_where_it_is() {
        StateGraph<String> graph =
                StateGraph.startingAt("a").allow("a", "a", "b").build();

        assertThat(graph.path("a", "a")).contains(List.of("a"));
        assertThat(graph.path("b", "b")).contains(List.of("b"));
    }

    @Test
    void finds_nothing_against_the_arrows() {
        StateGraph<String> graph = StateGraph.startingAt("a").allow("a", "b").build();

        assertThat(graph.path("b", "a")).isEmpty();
    }

    @Test
    void takes_a_wildcard_move_only_where_no_other_way_leads() {
        StateGraph<String> graph = StateGraph.startingAt("DOWN")
                .edge("DOWN", "LOCKED", Integer.MAX_VALUE)
                .edge("LOCKED", "LOW", Integer.MAX_VALUE)
                .edge("LOW", "DOWN", Integer.MAX_VALUE)
                .allow("LOCKED", "HIGH")
                .allowFromAny("DOWN")
                .build();

        assertThat(graph.path("LOCKED", "DOWN")).contains(List.of("LOCKED", "LOW", "DOWN"));
        assertThat(graph.path("HIGH", "LOW")).contains(List.of("HIGH", "DOWN", "LOCKED", "LOW"));
    }

    @Test
    void an_own_move_to_a_wildcard_target_is_an_ordinary_one() {
        StateGraph<String> graph = StateGraph.startingAt("DOWN")
                .allow("DOWN", "UP")
                .allow("UP", "HALF")
                .allow("HALF", "DOWN")
                .edge("UP", "DOWN", 2)
                .allowFromAny("DOWN")
                .build();

        assertThat(graph.path("UP", "DOWN")).contains(List.of("UP", "DOWN"));
    }
}
