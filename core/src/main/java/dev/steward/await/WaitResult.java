package dev.steward.await;

import dev.steward.await.NameResult.Outcome;
import dev.steward.event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has become of the names of a {@link StateWait}, all since it was opened. Immutable.
 *
 * @param settled the names that have ended, in the order in which they did
 * @param pending the others, in the order in which they were named
 */
public record WaitResult(List<NameResult> settled, List<NameResult> pending) {
    /** Copies both lists. */
    public WaitResult {
        settled = List.copyOf(settled);
        pending = List.copyOf(pending);
    }

    /** Whether no name is pending. */
    public boolean isSettled() {
        return pending.isEmpty();
    }

    /** Whether every name has finished; so it is if there is none. */
    public boolean isAllFinished() {
        return pending.isEmpty() && settled.stream().allMatch(name -> name.outcome() == Outcome.FINISHED);
    }

    /** The names with this outcome: those that have ended in the order in which they did. */
    public List<NameResult> with(Outcome outcome) {
        return (outcome == Outcome.PENDING ? pending : settled)
                .stream().filter(name -> name.outcome() == outcome).toList();
    }

    /** The same as bare names, for a wait for things of one kind. */
    public List<String> names(Outcome outcome) {
        return with(outcome).stream().map(NameResult::name).toList();
    }

    /** What has become of one name; empty if the wait is not for it. */
    public Optional<NameResult> find(Kind<?> kind, String name) {
        return Stream.concat(settled.stream(), pending.stream())
                .filter(result -> result.kind() == kind && result.name().equals(name))
                .findFirst();
    }

    /** One line for people, a clause for each name. */
    @Override
    public String toString() {
        return Stream.concat(settled.stream(), pending.stream())
                .map(NameResult::toString)
                .collect(Collectors.joining("; "));
    }
}
