package dev.steward.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatePictureTest {
    private static final StateGraph<String> GRAPH = StateGraph.startingAt("DOWN")
            .allow("DOWN", "STARTING")
            .edge("STARTING", "UP", 5)
            .allow("UP", "DOWN")
            .allow("UP", "GONE")
            .allowFromAny("SAFE")
            .alsoEnteredAt("UP")
            .build();

    @Test
    void draws_a_mermaid_state_diagram() {
        assertThat(GRAPH.toMermaid()).isEqualTo("""
                        stateDiagram-v2
                            state "DOWN" as s0
                            state "STARTING" as s1
                            state "UP" as s2
                            state "GONE" as s3
                            state "SAFE" as s4
                            state "any other" as any
                            [*] --> s0
                            [*] --> s2
                            s0 --> s1
                            s1 --> s2 : weight 5
                            s2 --> s0
                            s2 --> s3
                            any --> s4
                            s4 --> [*]
                        """);
    }

    @Test
    void marks_a_state_and_a_path_in_mermaid() {
        String marked = GRAPH.toMermaid("STARTING", List.of("STARTING", "UP", "SAFE"));

        assertThat(marked)
                .contains("    s1 --> s2 : weight 5, step 1\n")
                .contains("    s2 --> s4 : step 2\n")
                .endsWith("""
                            s4 --> [*]
                            classDef path stroke-width:3px
                            class s1 path
                            class s2 path
                            class s4 path
                            classDef current font-weight:bold,fill:gold
                            class s1 current
                        """);
    }

    @Test
    void draws_a_graph_for_graphviz() {
        assertThat(GRAPH.toDot()).isEqualTo("""
                        digraph states {
                            rankdir=LR;
                            node [shape=box, style=rounded];
                            start [shape=point];
                            s0 [label="DOWN"];
                            s1 [label="STARTING"];
                            s2 [label="UP"];
                            s3 [label="GONE"];
                            s4 [label="SAFE", peripheries=2];
                            any [label="any other", shape=plaintext];
                            start -> s0;
                            start -> s2;
                            s0 -> s1;
                            s1 -> s2 [label="weight 5"];
                            s2 -> s0;
                            s2 -> s3;
                            any -> s4 [style=dashed];
                        }
                        """);
    }

    @Test
    void marks_a_state_and_a_path_for_graphviz() {
        String marked = GRAPH.toDot("DOWN", List.of("STARTING", "UP", "SAFE"));

        assertThat(marked)
                .contains("    s0 [label=\"DOWN\", style=\"rounded,filled\", fillcolor=gold];\n")
                .contains("    s1 [label=\"STARTING\", penwidth=3];\n")
                .contains("    s1 -> s2 [label=\"weight 5, step 1\", penwidth=3];\n")
                .contains("    s2 -> s4 [label=\"step 2\", style=dashed, penwidth=3];\n")
                .contains("    s2 -> s0;\n");
    }

    @Test
    void marks_a_state_without_a_path() {
        assertThat(GRAPH.toMermaid("UP", List.of()))
                .contains("class s2 current")
                .doesNotContain("path");
        assertThat(GRAPH.toDot("UP", List.of())).contains("fillcolor=gold").doesNotContain("step");
    }

    @Test
    void refuses_to_mark_what_is_not_there() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRAPH.toDot("UPP", List.of()))
                .withMessageStartingWith("no state UPP in ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRAPH.toMermaid("UP", List.of("UPP")))
                .withMessageStartingWith("no state UPP in ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRAPH.toMermaid("UP", List.of("DOWN", "UP")))
                .withMessage("no move from DOWN to UP in path [DOWN, UP]");
    }

    @Test
    void names_that_would_break_the_text_are_escaped() {
        StateGraph<String> graph = StateGraph.startingAt("a\"; x -> y [\\")
                .allow("a\"; x -> y [\\", "two\nlines", "%%{init}: <b>&amp;#35;", "", "é Ω-1_2.3\r", " ")
                .build();

        assertThat(graph.toMermaid().lines().skip(1).limit(6))
                .containsExactly(
                        "    state \"a#34;#59; x -#62; y #91;#92;\" as s0",
                        "    state \"two<br/>lines\" as s1",
                        "    state \"#37;#37;#123;init#125;#58; #60;b#62;#38;amp#59;#35;35#59;\" as s2",
                        "    state \"#160;\" as s3",
                        "    state \"é Ω-1_2.3#65533;\" as s4",
                        "    state \" #160;\" as s5");
        assertThat(graph.toDot().lines().skip(4).limit(6))
                .containsExactly(
                        "    s0 [label=\"a\\\"; x -> y [\\\\\"];",
                        "    s1 [label=\"two\\nlines\", peripheries=2];",
                        "    s2 [label=\"%%{init}: <b>&amp;amp;#35;\", peripheries=2];",
                        "    s3 [label=\"\", peripheries=2];",
                        "    s4 [label=\"é Ω-1_2.3\uFFFD\", peripheries=2];",
                        "    s5 [label=\" \", peripheries=2];");
    }

    @Test
    void equal_graphs_have_equal_pictures() {
        StateGraph<String> again = StateGraph.startingAt("DOWN")
                .allow("DOWN", "STARTING")
                .edge("STARTING", "UP", 5)
                .allow("UP", "DOWN", "GONE")
                .allowFromAny("SAFE")
                .alsoEnteredAt("UP")
                .build();

        assertThat(again).isEqualTo(GRAPH);
        assertThat(again.toMermaid()).isEqualTo(GRAPH.toMermaid());
        assertThat(again.toDot()).isEqualTo(GRAPH.toDot());
    }
}
