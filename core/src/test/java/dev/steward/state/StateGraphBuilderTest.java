package dev.steward.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class StateGraphBuilderTest {
    private enum Lamp {
        OFF,
        ON,
        BROKEN
    }

    @Test
    void names_states_that_cannot_be_reached() {
        assertRefused(
                StateGraph.startingAt("a").allow("a", "b").allow("c", "d").allow("d", "c"),
                "state graph starting at \"a\": state \"c\" cannot be reached; state \"d\" cannot be reached");
    }

    @Test
    void names_a_constant_that_the_table_of_an_enum_forgets() {
        assertRefused(
                StateGraph.startingAt(Lamp.OFF).allow(Lamp.OFF, Lamp.ON).allow(Lamp.ON, Lamp.OFF),
                "state graph starting at \"OFF\": state \"BROKEN\" cannot be reached");
    }

    @Test
    void names_a_declared_state_that_the_table_forgets() {
        assertRefused(
                StateGraph.startingAt("a").states("a", "b").states("c").allow("a", "b"),
                "state graph starting at \"a\": state \"c\" cannot be reached");
    }

    @Test
    void names_undeclared_states_and_every_move_that_mentions_them() {
        assertRefused(
                StateGraph.startingAt("x")
                        .states("a", "b")
                        .allow("a", "b")
                        .allow("b", "c")
                        .allow("c", "d")
                        .allowFromAny("e", "a")
                        .alsoEnteredAt("f"),
                "state graph starting at \"x\": unknown state \"x\" in an entry; unknown state \"f\" in an entry;"
                        + " unknown state \"c\" in \"b\" -> \"c\"; unknown state \"c\" in \"c\" -> \"d\";"
                        + " unknown state \"d\" in \"c\" -> \"d\"; unknown state \"e\" in any state -> \"e\"");
    }

    @Test
    void names_moves_that_are_declared_twice_whatever_their_weight() {
        assertRefused(
                StateGraph.startingAt("a")
                        .allow("a", "b", "b")
                        .edge("a", "b", 7)
                        .allow("b", "a")
                        .allowFromAny("c")
                        .allowFromAny("c"),
                "state graph starting at \"a\": \"a\" -> \"b\" is declared 3 times; any state -> \"c\" is declared 2 times");
    }

    @Test
    void names_moves_that_cost_nothing_or_less() {
        assertRefused(
                StateGraph.startingAt("a").edge("a", "b", 0).edge("b", "a", -3),
                "state graph starting at \"a\": weight 0 of \"a\" -> \"b\" is below 1; weight -3 of \"b\" -> \"a\" is below 1");
    }

    @Test
    void names_every_mistake_at_once() {
        assertRefused(
                StateGraph.startingAt("a")
                        .states("a", "b", "lost")
                        .allow("a", "b", "b")
                        .edge("b", "typo", 0),
                "state graph starting at \"a\": unknown state \"typo\" in \"b\" -> \"typo\";"
                        + " weight 0 of \"b\" -> \"typo\" is below 1; \"a\" -> \"b\" is declared 2 times;"
                        + " state \"lost\" cannot be reached");
    }

    @Test
    void shows_names_in_messages_on_one_line() {
        assertRefused(
                StateGraph.startingAt("a\"b\\").allow("c\nd", "e\r\u0007"),
                "state graph starting at \"a\\\"b\\\\\": state \"c\\nd\" cannot be reached;"
                        + " state \"e\uFFFD\uFFFD\" cannot be reached");
    }

    @Test
    void reaches_states_over_wildcard_moves_and_from_other_entries() {
        StateGraph<String> graph = StateGraph.startingAt("INIT")
                .states("INIT", "SAFE", "TRIPPED", "RAMP")
                .allow("TRIPPED", "RAMP")
                .allowFromAny("SAFE")
                .alsoEnteredAt("TRIPPED")
                .build();

        assertThat(graph.states()).containsExactly("INIT", "SAFE", "TRIPPED", "RAMP");
        assertThat(graph.path("INIT", "RAMP")).isEmpty();
    }

    @Test
    void a_single_state_is_a_graph() {
        StateGraph<String> graph =
                StateGraph.startingAt("only").allowFromAny("only").build();

        assertThat(graph.states()).containsExactly("only");
        assertThat(graph.isTerminal("only")).isTrue();
    }

    @Test
    void refuses_null_as_a_state() {
        assertThatNullPointerException().isThrownBy(() -> StateGraph.startingAt((String) null));
        assertThatNullPointerException()
                .isThrownBy(() -> StateGraph.startingAt("a").allow("a", null));
    }

    private static void assertRefused(StateGraphBuilder<?> table, String message) {
        assertThatIllegalArgumentException().isThrownBy(table::build).withMessage(message);
    }
}
