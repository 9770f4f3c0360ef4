package dev.steward.state;

/**
 * One legal move. Immutable.
 *
 * @param weight 1 or more in a graph that was built
 * @param wildcard whether it was declared as a move from any state, and so is a last resort for paths
 */
record Edge<S>(S from, S to, int weight, boolean wildcard) {
    /** The move as error messages show it; those of one wildcard all look the same. */
    String described() {
        return (wildcard ? "any state" : Names.quoted(from)) + " -> " + Names.quoted(to);
    }
}
