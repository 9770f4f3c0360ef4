package dev.steward.store;

/**
 * A key that a commit has deleted. Immutable.
 *
 * @param revision the number of that commit; a record that is made again under the key has a greater one
 */
public record Deleted(String key, long revision) implements Change {}
