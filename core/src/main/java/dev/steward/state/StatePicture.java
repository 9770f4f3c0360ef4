package dev.steward.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One picture of a graph. States are drawn under short names of our own, so their real names are only ever labels; the
 * moves that any state may make are drawn once, from a node that stands for any state.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; lives for one picture.
 */
final class StatePicture<S> {
    private final StateGraph<S> graph;
    private final Set<S> current;
    private final Set<S> wanted;
    private final List<S> path;
    private final Map<S, String> ids = new HashMap<>();
    private final Set<S> fromAny = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param current the states to mark as those where something is
     * @param wanted the states to mark as those where something should be
     * @param path a path through the graph, or empty
     */
    StatePicture(StateGraph<S> graph, Set<S> current, Set<S> wanted, List<S> path) {
        this.graph = graph;
        this.current = current;
        this.wanted = wanted;
        this.path = path;
        graph.states().forEach(state -> ids.put(state, "s" + ids.size()));
        graph.edges().forEach(edge -> {
            if (edge.wildcard()) {
                fromAny.add(edge.to());
            }
        });
    }

    String toMermaid() {
        line("stateDiagram-v2");
        for (S state : graph.states()) {
            line("    state " + Names.mermaid(state) + " as " + id(state));
        }
        if (!fromAny.isEmpty()) {
            line("    state \"any other\" as any");
        }
        graph.entries().forEach(state -> line("    [*] --> " + id(state)));
        for (Edge<S> edge : graph.edges()) {
            if (isDrawn(edge)) {
                String label = label(edge);
                line("    " + id(edge.from()) + " --> " + id(edge.to()) + (label.isEmpty() ? "" : " : " + label));
            }
        }
        fromAny.forEach(state -> line("    any --> " + id(state)));
        for (S state : graph.states()) {
            if (graph.isTerminal(state)) {
                line("    " + id(state) + " --> [*]");
            }
        }
        if (!path.isEmpty()) {
            line("    classDef path stroke-width:3px");
            graph.states().stream().filter(path::contains).forEach(state -> line("    class " + id(state) + " path"));
        }
        if (!wanted.isEmpty()) {
            line("    classDef wanted stroke:forestgreen,stroke-width:4px");
            wanted.forEach(state -> line("    class " + id(state) + " wanted"));
        }
        if (!current.isEmpty()) {
            line("    classDef current font-weight:bold,fill:gold");
            current.forEach(state -> line("    class " + id(state) + " current"));
        }
        return text.toString();
    }

    String toDot() {
        line("digraph states {");
        line("    rankdir=LR;");
        line("    node [shape=box, style=rounded];");
        line("    start [shape=point];");
        graph.states().forEach(state -> line("    " + id(state) + stateAttributes(state) + ";"));
        if (!fromAny.isEmpty()) {
            line("    any [label=\"any other\", shape=plaintext];");
        }
        graph.entries().forEach(state -> line("    start -> " + id(state) + ";"));
        for (Edge<S> edge : graph.edges()) {
            if (isDrawn(edge)) {
                line("    " + id(edge.from()) + " -> " + id(edge.to()) + moveAttributes(edge) + ";");
            }
        }
        fromAny.forEach(state -> line("    any -> " + id(state) + " [style=dashed];"));
        line("}");
        return text.toString();
    }

    private String stateAttributes(S state) {
        List<String> attributes = new ArrayList<>();
        attributes.add("label=" + Names.dot(state));
        if (graph.isTerminal(state)) {
            attributes.add("peripheries=2");
        }
        if (path.contains(state) || wanted.contains(state)) {
            attributes.add("penwidth=3");
        }
        if (wanted.contains(state)) {
            attributes.add("color=forestgreen");
        }
        if (current.contains(state)) {
            attributes.add("style=\"rounded,filled\", fillcolor=gold");
        }
        return " [" + String.join(", ", attributes) + "]";
    }

    private String moveAttributes(Edge<S> edge) {
        List<String> attributes = new ArrayList<>();
        if (!label(edge).isEmpty()) {
            attributes.add("label=\"" + label(edge) + "\"");
        }
        if (edge.wildcard()) {
            attributes.add("style=dashed");
        }
        if (step(edge) > 0) {
            attributes.add("penwidth=3");
        }
        return attributes.isEmpty() ? "" : " [" + String.join(", ", attributes) + "]";
    }

    /** A move that any state may make is drawn on its own only where the path takes it. */
    private boolean isDrawn(Edge<S> edge) {
        return !edge.wildcard() || step(edge) > 0;
    }

    private String label(Edge<S> edge) {
        String weight = edge.weight() == 1 ? "" : "weight " + edge.weight();
        String step = step(edge) == 0 ? "" : "step " + step(edge);
        return weight + (weight.isEmpty() || step.isEmpty() ? "" : ", ") + step;
    }

    /** Which move of the path this is, counted from 1; 0 = none. */
    private int step(Edge<S> edge) {
        for (int i = 1; i < path.size(); i++) {
            if (path.get(i - 1).equals(edge.from()) && path.get(i).equals(edge.to())) {
                return i;
            }
        }
        return 0;
    }

    private String id(S state) {
        return Objects.requireNonNull(ids.get(state));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
