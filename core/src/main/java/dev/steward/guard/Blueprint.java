package dev.steward.guard;

import static dev.steward.guard.GuardSystem.INIT;

import dev.steward.guard.GuardSystemBuilder.Check;
import dev.steward.guard.GuardSystemBuilder.Edge;
import dev.steward.guard.GuardSystemBuilder.State;
import dev.steward.state.StateGraph;
import dev.steward.state.StateGraphBuilder;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a {@link GuardSystemBuilder} has collected into a system, or into the list of its mistakes. For one use. */
final class Blueprint {
    private final GuardSystemBuilder given;
    private final Set<String> mistakes;
    private final List<State> states;
    private final List<Edge> edges;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, Map<StateTrait.Kind, StateTrait>> traits = new HashMap<>();

    Blueprint(GuardSystemBuilder given) {
        this.given = given;
        this.mistakes = new LinkedHashSet<>(given.mistakes);
        this.states = new ArrayList<>(given.states);
        this.edges = new ArrayList<>(given.edges);
    }

    GuardSystem build() {
        boolean supplied = states.stream().noneMatch(state -> state.name().equals(INIT));
        if (supplied) {
            states.add(0, new State(INIT, Start::new, List.of(StateTrait.hidden())));
        }
        findWrongNames();
        findWrongTraits();
        findWrongEdges();
        findWrongMentions();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("system '" + given.name + "': " + String.join("; ", mistakes));
        }
        String request = given.requests.isEmpty() ? INIT : given.requests.get(0);
        if (supplied && !reachedFrom(List.of(INIT)).contains(request)) {
            edges.add(new Edge(INIT, request, 1));
        }
        String nominal = given.nominals.isEmpty() ? "" : given.nominals.get(0);
        return new GuardSystem(given.name, declared(), graph(), request, nominal);
    }

    private void findWrongNames() {
        if (given.name.isEmpty()) {
            mistakes.add("it has no name");
        }
        for (State state : states) {
            if (state.name().isEmpty() || state.name().chars().anyMatch(Character::isISOControl)) {
                mistakes.add("no name for a state: '" + state.name() + "'");
            }
            if (!names.add(state.name())) {
                mistakes.add("state " + state.name() + " is declared twice");
            }
        }
    }

    private void findWrongTraits() {
        Map<Integer, String> indexes = new HashMap<>();
        for (State state : states) {
            Map<StateTrait.Kind, StateTrait> own = new EnumMap<>(StateTrait.Kind.class);
            for (StateTrait trait : state.traits()) {
                if (own.put(trait.kind(), trait) != null) {
                    mistakes.add("state " + state.name() + " has two traits " + trait.kind());
                }
            }
            traits.put(state.name(), own);
            StateTrait index = own.get(StateTrait.Kind.INDEX);
            if (index != null && index.number() < 0) {
                mistakes.add("state " + state.name() + " has the index " + index.number());
            }
            String other = index == null ? null : indexes.put(index.number(), state.name());
            if (index != null && other != null && !other.equals(state.name())) {
                mistakes.add("states " + other + " and " + state.name() + " have the same index " + index.number());
            }
            StateTrait every = own.get(StateTrait.Kind.EVERY);
            if (every != null && (every.period().isNegative() || every.period().isZero())) {
                mistakes.add("state " + state.name() + " runs every " + every.period());
            }
        }
    }

    private void findWrongEdges() {
        Set<String> seen = new HashSet<>();
        for (Edge edge : edges) {
            mention(edge.from(), "edge " + edge);
            mention(edge.to(), "edge " + edge);
            if (edge.weight() < 1) {
                mistakes.add("edge " + edge + " has the weight " + edge.weight());
            }
            if (!seen.add(edge.toString())) {
                mistakes.add("edge " + edge + " is declared twice");
            }
        }
    }

    private void findWrongMentions() {
        given.requests.forEach(state -> mention(state, "request"));
        given.nominals.forEach(state -> mention(state, "nominal"));
        given.checkedStates.forEach(state -> mention(state, "a check"));
        if (given.requests.size() > 1) {
            mistakes.add("it has the requests " + given.requests);
        }
        if (given.nominals.size() > 1) {
            mistakes.add("it has the nominal states " + given.nominals);
        }
    }

    private void mention(String state, String where) {
        if (!names.contains(state)) {
            mistakes.add("no state '" + state + "' for " + where);
        }
    }

    private Map<String, Declared> declared() {
        Map<String, Integer> indexes = indexes();
        Map<String, Declared> all = new LinkedHashMap<>();
        for (State state : states) {
            StateTrait every = trait(state.name(), StateTrait.Kind.EVERY);
            List<StateCheck> checks = given.checks.stream()
                    .filter(check -> check.states().test(state.name()))
                    .map(Check::check)
                    .toList();
            all.put(
                    state.name(),
                    new Declared(
                            state.name(),
                            Objects.requireNonNull(indexes.get(state.name())),
                            state.supplier(),
                            trait(state.name(), StateTrait.Kind.HIDDEN) != null,
                            isFromAnywhere(state.name()),
                            trait(state.name(), StateTrait.Kind.PROTECT) != null,
                            every == null ? 0 : TimeSource.saturatedNanos(every.period()),
                            checks));
        }
        return all;
    }

    /** Those that were given, and for the others the next that are free, beginning with INIT. */
    private Map<String, Integer> indexes() {
        Map<String, Integer> indexes = new HashMap<>();
        for (String state : names) {
            StateTrait index = trait(state, StateTrait.Kind.INDEX);
            if (index != null) {
                indexes.put(state, index.number());
            }
        }
        Set<Integer> taken = new HashSet<>(indexes.values());
        List<String> order = new ArrayList<>(names);
        order.remove(INIT);
        order.add(0, INIT);
        int next = 0;
        for (String state : order) {
            if (!indexes.containsKey(state)) {
                while (taken.contains(next)) {
                    next++;
                }
                indexes.put(state, next++);
            }
        }
        return indexes;
    }

    private StateGraph<String> graph() {
        StateGraphBuilder<String> graph = StateGraph.startingAt(INIT).states(names.toArray(new String[0]));
        edges.forEach(edge -> graph.edge(edge.from(), edge.to(), edge.weight()));
        names.stream().filter(this::isFromAnywhere).forEach(graph::allowFromAny);
        jumpedTo().forEach(graph::alsoEnteredAt);
        return graph.build();
    }

    /** States from which all that no edge from INIT leads to can be reached: nodes come there by jumps. */
    private Set<String> jumpedTo() {
        Set<String> entries = new LinkedHashSet<>();
        Set<String> reached = reachedFrom(List.of(INIT));
        for (boolean withoutEdges : new boolean[] {true, false}) {
            for (String state : names) {
                boolean hasEdge = edges.stream().anyMatch(edge -> edge.to().equals(state));
                if (!reached.contains(state) && !(withoutEdges && hasEdge)) {
                    entries.add(state);
                    reached.addAll(reachedFrom(List.of(state)));
                }
            }
        }
        return entries;
    }

    private Set<String> reachedFrom(List<String> starts) {
        Set<String> reached = new LinkedHashSet<>(starts);
        names.stream().filter(this::isFromAnywhere).forEach(reached::add);
        Deque<String> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            String state = next.remove();
            for (Edge edge : edges) {
                if (edge.from().equals(state) && reached.add(edge.to())) {
                    next.add(edge.to());
                }
            }
        }
        return reached;
    }

    private boolean isFromAnywhere(String state) {
        return trait(state, StateTrait.Kind.FROM_ANYWHERE) != null;
    }

    private @Nullable StateTrait trait(String state, StateTrait.Kind kind) {
        return Objects.requireNonNull(traits.get(state)).get(kind);
    }

    /** The INIT that is supplied. */
    private static final class Start extends GuardState {
        private Start() {}

        @Override
        protected StateResult main(Visit here) {
            return done();
        }
    }
}
