package dev.steward.event;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.state.StateGraph;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that has states, such as {@code instance} or {@code node}, and the words for its states.
 *
 * <p>Names of things are unique within a kind. Whatever takes the name of a state takes it through {@link #requireState}, so that a
 * wait for a state that does not exist is refused where it is written and not after its time-out. Immutable; two kinds are the same
 * only if they are the same object, so a kind is a constant of the feature that it belongs to.
 *
 * @param <S> the type of its states: an enum, or {@code String} where the set is open
 */
public final class Kind<S> {
    private final String name;
    private final Map<String, S> states;
    private final @Nullable Predicate<String> open;
    private final @Nullable StateGraph<S> graph;

    private Kind(String name, Map<String, S> states, @Nullable Predicate<String> open, @Nullable StateGraph<S> graph) {
        checkArgument(!name.isBlank(), "a kind has no name: '%s'", name);
        this.name = name;
        this.states = states;
        this.open = open;
        this.graph = graph;
    }

    /** A kind whose states are the constants of an enum, written in lower case with hyphens: {@code BACKING_OFF} is {@code backing-off}. */
    public static <E extends Enum<E>> Kind<E> of(String name, Class<E> states) {
        return new Kind<>(name, words(states), null, null);
    }

    /** The same, with the legal moves between the states. */
    public static <E extends Enum<E>> Kind<E> of(String name, Class<E> states, StateGraph<E> graph) {
        return new Kind<>(name, words(states), null, checkNotNull(graph, "graph"));
    }

    /** A kind whose states are not known beforehand, as those of remote nodes; {@code valid} says which words may be one. */
    public static Kind<String> open(String name, Predicate<String> valid) {
        return new Kind<>(name, Map.of(), checkNotNull(valid, "valid"), null);
    }

    private static <E extends Enum<E>> Map<String, E> words(Class<E> states) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(states.getEnumConstants()).forEach(state -> words.put(word(state), state));
        return words;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of this kind. */
    public String name() {
        return name;
    }

    /** The word for a state. */
    public String text(S state) {
        return state instanceof Enum<?> constant ? word(constant) : state.toString();
    }

    /** The words for all states, in order; empty for an open kind. */
    public Set<String> states() {
        return Collections.unmodifiableSet(states.keySet());
    }

    /** The legal moves, where they are known. */
    public Optional<StateGraph<S>> graph() {
        return Optional.ofNullable(graph);
    }

    /**
     * Checks that {@code state} is a word for a state of this kind, and returns it.
     *
     * @throws IllegalArgumentException if it is not; the message names the kind, the word, and what would be right
     */
    public String requireState(String state) {
        boolean known = open != null ? open.test(state) : states.containsKey(state);
        if (!known) {
            throw new IllegalArgumentException("no state '" + state + "' of kind " + name
                    + (open == null ? "; its states are " + states.keySet() : ""));
        }
        return state;
    }

    @Override
    public String toString() {
        return name;
    }
}
