package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.state.StateGraph;
import org.junit.jupiter.api.Test;

class KindTest {
    private enum Odd {
        PLAIN,
        WITH_A_BODY {}
    }

    @Test
    void the_words_of_an_enum_are_its_constants_in_lower_case_with_hyphens_in_order() {
        assertThat(Kettle.KIND.states()).containsExactly("cold", "heating-up", "boiling");
        assertThat(Kettle.KIND.text(Kettle.HEATING_UP)).isEqualTo("heating-up");
        assertThat(Kettle.KIND.name()).isEqualTo("kettle");
        assertThat(Kettle.KIND).hasToString("kettle");
    }

    @Test
    void a_constant_with_a_body_has_its_word_too() {
        Kind<Odd> odd = Kind.of("odd", Odd.class);

        assertThat(odd.states()).containsExactly("plain", "with-a-body");
        assertThat(odd.text(Odd.WITH_A_BODY)).isEqualTo("with-a-body");
    }

    @Test
    void a_word_that_is_known_is_given_back() {
        assertThat(Kettle.KIND.requireState("heating-up")).isEqualTo("heating-up");
    }

    @Test
    void a_word_that_is_unknown_is_refused_with_those_that_are_known() {
        for (String word : new String[] {"hot", "HEATING_UP", "heating_up", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Kettle.KIND.requireState(word))
                    .withMessage("no state '" + word + "' of kind kettle; its states are [cold, heating-up, boiling]");
        }
    }

    @Test
    void an_open_kind_takes_what_its_rule_takes_and_says_no_words() {
        Kind<String> node = Kind.open("node", word -> word.matches("[A-Z_]+"));

        assertThat(node.requireState("LOCK_DRMI")).isEqualTo("LOCK_DRMI");
        assertThat(node.states()).isEmpty();
        assertThat(node.text("DOWN")).isEqualTo("DOWN");
        assertThat(node.graph()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.requireState("lock"))
                .withMessage("no state 'lock' of kind node");
    }

    @Test
    void knows_the_legal_moves_where_it_was_given_them() {
        StateGraph<Kettle> graph = StateGraph.startingAt(Kettle.COLD)
                .allow(Kettle.COLD, Kettle.HEATING_UP)
                .allow(Kettle.HEATING_UP, Kettle.BOILING)
                .build();

        assertThat(Kind.of("kettle", Kettle.class, graph).graph()).containsSame(graph);
        assertThat(Kettle.KIND.graph()).isEmpty();
    }

    @Test
    void its_words_cannot_be_changed_from_outside() {
        assertThatThrownBy(() -> Kettle.KIND.states().remove("cold")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refuses_a_blank_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.of(" ", Kettle.class))
                .withMessageContaining("' '");
    }
}
