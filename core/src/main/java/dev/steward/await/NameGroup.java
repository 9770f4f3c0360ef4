package dev.steward.await;

import dev.steward.event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a builder was told of several names at once. Never changes.
 *
 * @param names in the order in which they were given
 * @param limit zero or less for none
 * @param current which state a thing is in as the wait opens; null to count events only
 */
record NameGroup(
        Kind<?> kind,
        Set<String> names,
        List<String> states,
        Duration limit,
        @Nullable Function<String, Optional<String>> current) {
    NameGroup withLimit(Duration other) {
        return new NameGroup(kind, names, states, other, current);
    }

    NameGroup withCurrent(Function<String, Optional<String>> other) {
        return new NameGroup(kind, names, states, limit, other);
    }

    NameGroup withNames(Set<String> others) {
        return new NameGroup(kind, others, states, limit, current);
    }
}
