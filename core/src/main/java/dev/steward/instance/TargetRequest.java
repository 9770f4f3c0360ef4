package dev.steward.instance;

import static java.util.Objects.requireNonNull;

/**
 * Asks for a target of one instance or of all of them. Immutable.
 *
 * <p>Both are words as somebody wrote them; whether they mean anything is answered, request by request, by the manager
 * that gets them.
 *
 * @param key the id of an instance, or {@link #ALL}
 * @param target {@code up} or {@code down}
 */
public record TargetRequest(String key, String target) {
    /** The key that stands for every instance. An instance of this very name cannot be asked for alone. */
    public static final String ALL = "all";

    /** Takes the words as they are; only null is refused. */
    public TargetRequest {
        requireNonNull(key, "key");
        requireNonNull(target, "target");
    }

    /** Asks for instance {@code id} to be up. */
    public static TargetRequest up(String id) {
        return new TargetRequest(id, "up");
    }

    /** Asks for instance {@code id} to be down. */
    public static TargetRequest down(String id) {
        return new TargetRequest(id, "down");
    }
}
