package dev.steward.state;

import static dev.steward.state.StateGraphTest.Phase.BACKING_OFF;
import static dev.steward.state.StateGraphTest.Phase.DOWN;
import static dev.steward.state.StateGraphTest.Phase.GONE;
import static dev.steward.state.StateGraphTest.Phase.STARTING;
import static dev.steward.state.StateGraphTest.Phase.STOPPING;
import static dev.steward.state.StateGraphTest.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateGraphTest {
    enum Phase {
        DOWN,
        STARTING,
        UP,
        STOPPING,
        BACKING_OFF,
        GONE
    }

    private static final StateGraph<Phase> LIFE = StateGraph.startingAt(DOWN)
            .allow(DOWN, STARTING, GONE)
            .allow(STARTING, UP, BACKING_OFF, STOPPING)
            .allow(UP, STOPPING, BACKING_OFF)
            .allow(STOPPING, DOWN)
            .allow(BACKING_OFF, STARTING, DOWN)
            .build();

    @ParameterizedTest
    @CsvSource({
        "DOWN,        STARTING GONE",
        "STARTING,    UP BACKING_OFF STOPPING",
        "UP,          STOPPING BACKING_OFF",
        "STOPPING,    DOWN",
        "BACKING_OFF, STARTING DOWN",
        "GONE,        ''",
    })
    void allows_exactly_the_moves_of_its_table(Phase from, String targets) {
        List<String> legal = List.of(targets.split(" "));

        for (Phase to : Phase.values()) {
            assertThat(LIFE.allows(from, to)).as("%s -> %s", from, to).isEqualTo(legal.contains(to.name()));
        }
    }

    @Test
    void knows_where_it_begins_and_which_states_there_are() {
        assertThat(LIFE.initial()).isEqualTo(DOWN);
        assertThat(LIFE.states()).containsExactly(Phase.values());
    }

    @Test
    void lists_successors_in_the_order_of_their_declaration() {
        assertThat(LIFE.successors(STARTING)).containsExactly(UP, BACKING_OFF, STOPPING);
        assertThat(LIFE.successors(GONE)).isEmpty();
    }

    @Test
    void a_state_that_nothing_leaves_is_terminal_even_if_it_moves_to_itself() {
        StateGraph<String> graph = StateGraph.startingAt("on")
                .allow("on", "off", "ajar")
                .allow("off", "off")
                .build();

        assertThat(graph.isTerminal("on")).isFalse();
        assertThat(graph.isTerminal("off")).isTrue();
        assertThat(graph.isTerminal("ajar")).isTrue();
        assertThat(LIFE.isTerminal(GONE)).isTrue();
    }

    @Test
    void a_state_moves_to_itself_only_if_the_table_says_so() {
        StateGraph<String> graph = StateGraph.startingAt("on")
                .allow("on", "off")
                .allow("off", "off")
                .build();

        assertThat(graph.allows("off", "off")).isTrue();
        assertThat(graph.allows("on", "on")).isFalse();
    }

    @Test
    void undeclared_states_are_those_of_the_table_in_the_order_of_mention() {
        StateGraph<String> graph = StateGraph.startingAt("c")
                .allow("c", "a")
                .allowFromAny("d")
                .allow("a", "b")
                .build();

        assertThat(graph.states()).containsExactly("c", "a", "d", "b");
    }

    @Test
    void states_are_known_by_equality_not_by_identity() {
        StateGraph<List<Integer>> graph =
                StateGraph.startingAt(List.of(1)).allow(List.of(1), List.of(2)).build();

        assertThat(graph.allows(List.copyOf(Set.of(1)), List.copyOf(Set.of(2)))).isTrue();
    }

    @Test
    void a_strange_state_is_never_legal_and_every_other_question_about_it_is_refused() {
        StateGraph<String> graph =
                StateGraph.startingAt("on").allow("on", "off").build();

        assertThat(graph.allows("on", "OFF")).isFalse();
        assertThat(graph.allows("ON", "off")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.successors("ON"))
                .withMessage("no state ON in [on, off]");
        assertThatIllegalArgumentException().isThrownBy(() -> graph.isTerminal("ON"));
        assertThatIllegalArgumentException().isThrownBy(() -> graph.path("ON", "off"));
        assertThatIllegalArgumentException().isThrownBy(() -> graph.path("on", "OFF"));
    }

    @Test
    void any_other_state_may_make_a_wildcard_move_but_not_the_state_itself() {
        StateGraph<String> graph = StateGraph.startingAt("low")
                .allow("low", "middle")
                .allow("middle", "high")
                .allowFromAny("low", "parked")
                .build();

        assertThat(graph.successors("low")).containsExactly("middle", "parked");
        assertThat(graph.successors("middle")).containsExactly("high", "low", "parked");
        assertThat(graph.successors("high")).containsExactly("low", "parked");
        assertThat(graph.successors("parked")).containsExactly("low");
    }

    @Test
    void is_equal_to_a_graph_that_was_declared_alike() {
        StateGraphBuilder<String> table =
                StateGraph.startingAt("a").edge("a", "b", 2).allow("a", "c");

        assertThat(table.build()).isEqualTo(table.build()).hasSameHashCodeAs(table.build());
        assertThat(table.build())
                .as("another weight")
                .isNotEqualTo(StateGraph.startingAt("a").allow("a", "b", "c").build())
                .as("another order, so other paths may win")
                .isNotEqualTo(StateGraph.startingAt("a")
                        .allow("a", "c")
                        .edge("a", "b", 2)
                        .build())
                .as("another entry")
                .isNotEqualTo(table.alsoEnteredAt("c").build());
    }

    @Test
    void does_not_change_with_the_builder_it_came_from() {
        StateGraphBuilder<String> table = StateGraph.startingAt("a").allow("a", "b");
        StateGraph<String> graph = table.build();

        table.allow("b", "a");

        assertThat(graph.allows("b", "a")).isFalse();
        assertThat(table.build().allows("b", "a")).isTrue();
    }
}
