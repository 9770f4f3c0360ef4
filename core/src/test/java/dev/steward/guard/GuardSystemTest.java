package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of a system: its mistakes, its ways, its pictures. */
class GuardSystemTest {
    private final GuardSystem system = new Script().system();

    @Test
    void names_every_mistake_at_once() {
        GuardState.Body body = here -> StateResult.done();
        StateCheck check = here -> Optional.empty();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardSystem.named("")
                        .whileIn("A", body, StateTrait.index(3), StateTrait.index(4))
                        .whileIn("A", body)
                        .whileIn("B", body, StateTrait.index(-1))
                        .whileIn("C", body, StateTrait.index(7), StateTrait.every(Duration.ZERO))
                        .whileIn("D", body, StateTrait.index(7))
                        .whileIn("", body)
                        .whileIn("E\n", body)
                        .edge("A", "NOWHERE")
                        .edge("A", "B", 0)
                        .edge("A", "B")
                        .path("A")
                        .request("R")
                        .request("A")
                        .nominal("N")
                        .check("X", check)
                        .checkEverywhereBut(check, "Y")
                        .build())
                .withMessage("system '': a path through [A]; it has no name; state A is declared twice;"
                        + " no name for a state: ''; no name for a state: 'E\n';"
                        + " state A has two traits INDEX; state B has the index -1; state C runs every PT0S;"
                        + " states C and D have the same index 7; no state 'NOWHERE' for edge A -> NOWHERE;"
                        + " edge A -> B has the weight 0; edge A -> B is declared twice;"
                        + " no state 'R' for request; no state 'N' for nominal; no state 'X' for a check;"
                        + " no state 'Y' for a check; it has the requests [R, A]");
    }

    @Test
    void supplies_an_init_that_leads_to_the_request() {
        GuardSystem small = GuardSystem.named("S")
                .whileIn("A", here -> StateResult.done())
                .request("A")
                .build();

        assertThat(small.states()).containsExactly("INIT", "A");
        assertThat(small.menu()).containsExactly("A");
        assertThat(small.next("INIT", "A")).contains("A");
        assertThat(small.graph().allows("A", "INIT")).isFalse();
    }

    @Test
    void supplies_no_edge_where_a_way_was_declared_or_nothing_is_requested() {
        GuardState.Body body = here -> StateResult.done();

        assertThat(GuardSystem.named("S").whileIn("A", body).build().request()).isEqualTo("INIT");
        assertThat(GuardSystem.named("S").whileIn("A", body).build().next("INIT", "A"))
                .isEmpty();
        GuardSystem far = GuardSystem.named("S")
                .whileIn("A", body, StateTrait.fromAnywhere())
                .whileIn("B", body)
                .path("A", "B")
                .request("B")
                .build();
        assertThat(far.next("INIT", "B")).contains("A");
    }

    @Test
    void numbers_the_states_that_have_no_index() {
        GuardState.Body body = here -> StateResult.done();
        GuardSystem numbered = GuardSystem.named("S")
                .whileIn("A", body)
                .whileIn("B", body, StateTrait.index(1))
                .whileIn("C", body)
                .whileIn("INIT", body)
                .build();

        assertThat(numbered.states()).extracting(numbered::index).containsExactly(2, 1, 3, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbered.index("X"))
                .withMessage("no state X in GuardSystem[S of [A, B, C, INIT]]");
    }

    @Test
    void offers_what_is_not_hidden() {
        assertThat(system.menu()).containsExactly("A", "B", "C", "D", "P", "SAFE");
        assertThat(system.nominal()).contains("C");
        assertThat(system.request()).isEqualTo("A");
        assertThat(system.name()).isEqualTo("SYS");
    }

    @Test
    void goes_the_shortest_way_and_from_anywhere_only_at_last() {
        assertThat(system.next("A", "C")).contains("B"); // A P C is as short, and declared later
        assertThat(system.next("A", "A")).contains("A");
        assertThat(system.next("C", "SAFE")).contains("SAFE");
        assertThat(system.next("X", "C")).contains("SAFE");
        assertThat(system.next("A", "X")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> system.next("A", "NOWHERE"));
    }

    @Test
    void weights_count_before_the_number_of_edges() {
        GuardState.Body body = here -> StateResult.done();
        GuardSystem weighted = GuardSystem.named("S")
                .whileIn("A", body)
                .whileIn("B", body)
                .whileIn("C", body)
                .edge("A", "C", 3)
                .path("A", "B", "C")
                .build();

        assertThat(weighted.next("A", "C")).contains("B");
    }

    @Test
    void an_edge_of_its_own_to_a_state_from_anywhere_is_an_ordinary_edge() {
        GuardState.Body body = here -> StateResult.done();
        GuardSystem own = GuardSystem.named("S")
                .whileIn("A", body)
                .whileIn("B", body)
                .whileIn("SAFE", body, StateTrait.fromAnywhere())
                .edge("A", "SAFE", 2)
                .path("A", "B", "SAFE", "B")
                .build();

        assertThat(own.next("A", "SAFE")).contains("SAFE"); // 2 edges of weight 1 in all cost as much, and are more
    }

    @Test
    void pictures_mark_where_a_node_is_where_it_was_asked_to_go_and_the_way() {
        assertThat(system.toMermaid("A", "C"))
                .contains("    s1 --> s2 : step 1\n")
                .contains("    class s3 wanted\n")
                .contains("    class s1 current\n");
        assertThat(system.toDot("A", "C"))
                .contains("    s3 [label=\"C\", penwidth=3, color=forestgreen];\n")
                .contains("    s1 -> s2 [label=\"step 1\", penwidth=3];\n")
                .contains("    any -> s7 [style=dashed];\n");
        assertThat(system.toMermaid("A", "X")).contains("    class s5 wanted\n").doesNotContain("step");
        assertThat(system.toMermaid("A", "A")).doesNotContain("path");
        assertThat(system.toMermaid()).doesNotContain("current");
        assertThat(system.toDot()).startsWith("digraph");
    }

    @Test
    void a_ring_that_is_only_jumped_into_is_no_mistake() {
        GuardSystem ring = GuardSystem.named("RING")
                .whileIn("X", here -> StateResult.done())
                .whileIn("Y", here -> StateResult.done())
                .path("X", "Y", "X")
                .build();

        assertThat(ring.next("X", "Y")).contains("Y");
        assertThat(ring.next("INIT", "Y")).isEmpty();
    }

    @Test
    void a_picture_shows_only_those_entries_that_no_edge_leads_to() {
        assertThat(system.toMermaid())
                .containsOnlyOnce("[*] --> s0")
                .contains("[*] --> s5\n")
                .doesNotContain("[*] --> s1\n");
    }
}
