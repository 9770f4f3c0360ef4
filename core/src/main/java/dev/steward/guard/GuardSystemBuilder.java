package dev.steward.guard;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.node.FaultChecker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Collects the table of a {@link GuardSystem} and checks it as a whole: only {@link #build()} refuses, and it names every mistake at once.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class GuardSystemBuilder {
    /** A state as it was given. */
    record State(String name, Supplier<? extends GuardState> supplier, List<StateTrait> traits) {}

    /** An edge as it was given. */
    record Edge(String from, String to, int weight) {
        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    /** A check, and the states that have it. */
    record Check(StateCheck check, Predicate<String> states) {}

    final String name;
    final List<State> states = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    final List<Check> checks = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<String> nominals = new ArrayList<>();
    final Set<String> checkedStates = new LinkedHashSet<>();
    final Set<String> mistakes = new LinkedHashSet<>();

    GuardSystemBuilder(String name) {
        this.name = checkNotNull(name, "name");
    }

    /**
     * Declares a state.
     *
     * @param supplier makes a new object for each visit; called on the thread of the node's pass
     */
    public GuardSystemBuilder state(String name, Supplier<? extends GuardState> supplier, StateTrait... traits) {
        states.add(
                new State(checkNotNull(name, "name"), checkNotNull(supplier, "supplier of %s", name), List.of(traits)));
        return this;
    }

    /** Declares a state that is its {@code run} alone. */
    public GuardSystemBuilder whileIn(String name, GuardState.Body body, StateTrait... traits) {
        checkNotNull(body, "body of %s", name);
        return state(name, () -> new BodyState(body), traits);
    }

    /** Declares an edge of weight 1. */
    public GuardSystemBuilder edge(String from, String to) {
        return edge(from, to, 1);
    }

    /**
     * Declares an edge.
     *
     * @param weight what it costs a path; 1 or more
     */
    public GuardSystemBuilder edge(String from, String to, int weight) {
        edges.add(new Edge(checkNotNull(from, "from"), checkNotNull(to, "to"), weight));
        return this;
    }

    /** Declares an edge from each of these states to the next. */
    public GuardSystemBuilder path(String... through) {
        List<String> names = List.of(through);
        if (names.size() < 2) {
            mistakes.add("a path through " + names);
        }
        for (int i = 1; i < names.size(); i++) {
            edge(names.get(i - 1), names.get(i));
        }
        return this;
    }

    /** What is requested of a node that begins; INIT if this is not said. */
    public GuardSystemBuilder request(String state) {
        requests.add(checkNotNull(state, "request"));
        return this;
    }

    /** Where a node should be in good times; a node of a system that does not say so is never OK. */
    public GuardSystemBuilder nominal(String state) {
        nominals.add(checkNotNull(state, "nominal"));
        return this;
    }

    /** Has something looked at before each call of one state, after what was said before. */
    public GuardSystemBuilder check(String state, StateCheck check) {
        checkNotNull(state, "state");
        checkedStates.add(state);
        checks.add(new Check(checkNotNull(check, "check of %s", state), state::equals));
        return this;
    }

    /** Has something looked at before each call of every state but these, after what was said before. */
    public GuardSystemBuilder checkEverywhereBut(StateCheck check, String... exceptions) {
        Set<String> names = new LinkedHashSet<>(List.of(exceptions));
        checkedStates.addAll(names);
        checks.add(new Check(checkNotNull(check, "check"), state -> !names.contains(state)));
        return this;
    }

    /**
     * Has the fault check of other nodes made before each call of every state but these, and never of INIT, where they are set managed, nor of
     * the fail state, which would jump to itself for as long as the fault lasts. Its messages are shown; on a fault the node jumps to the fail
     * state if there is one. The nodes' manager belongs to the options of the {@link GuardNode}, else what is seen of them is never renewed.
     */
    public GuardSystemBuilder check(FaultChecker checker, String... exceptions) {
        checker.failState().ifPresent(checkedStates::add);
        Set<String> names = new LinkedHashSet<>(List.of(exceptions));
        checkedStates.addAll(names);
        checker.failState().ifPresent(names::add);
        names.add(GuardSystem.INIT);
        checks.add(new Check(StateCheck.of(checker), state -> !names.contains(state)));
        return this;
    }

    /**
     * The system.
     *
     * <p>Where no INIT is declared, one is supplied that is done at once, with an edge to the initial request unless edges lead there
     * anyway.
     *
     * @throws IllegalArgumentException if the table is wrong, naming each mistake: names that are empty, unprintable or declared twice,
     *     traits given twice, indexes below 0 or given twice, periods that are not more than zero, edges, requests, nominal states and
     *     checks that mention a state which there is not, edges declared twice, weights below 1, paths of fewer than two states
     */
    public GuardSystem build() {
        return new Blueprint(this).build();
    }

    private static final class BodyState extends GuardState {
        private final Body body;

        private BodyState(Body body) {
            this.body = body;
        }

        @Override
        protected StateResult run(Visit here) {
            return body.run(here);
        }
    }
}
