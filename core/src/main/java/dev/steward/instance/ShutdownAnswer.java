package dev.steward.instance;

import java.util.List;

/**
 * What became of a shutdown. Immutable.
 *
 * @param left what still ran when the manager stopped looking, for people: a name, with a pid where it is known
 */
public record ShutdownAnswer(List<String> left) {
    /** Copies the list. */
    public ShutdownAnswer {
        left = List.copyOf(left);
    }

    /** Whether nothing is left. */
    public boolean isClean() {
        return left.isEmpty();
    }
}
