package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One life of an instance, from launch to the end of the last of its processes. Immutable.
 *
 * @param id given by the manager that launched it; unique among all lives that this host has ever seen: letters, digits and {@code -}
 */
public record Incarnation(String id) {
    /** @throws IllegalArgumentException if the id is empty or has other characters */
    public Incarnation {
        checkArgument(
                !id.isEmpty() && id.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-')),
                "not the id of a life: '%s'",
                id);
    }
}
