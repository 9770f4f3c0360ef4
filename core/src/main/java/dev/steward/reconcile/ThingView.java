package dev.steward.reconcile;

import dev.steward.event.Reason;
import dev.steward.loop.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing of a {@link ReconcileLoop} as of the last turn that it had. Immutable.
 *
 * @param name its name
 * @param state the word for its state; empty before it was first seen
 * @param phase what is done with it
 * @param reason why
 * @param since when it came into this phase
 * @param next when something is done of the loop's own accord; empty if that waits for an answer
 * @param failures how many actions in a row have not gone well
 * @param holds who holds it
 */
public record ThingView(
        String name,
        String state,
        ThingPhase phase,
        Reason reason,
        Instant since,
        Optional<Instant> next,
        int failures,
        List<Hold> holds) {
    /** Copies the holds. */
    public ThingView {
        holds = List.copyOf(holds);
    }
}
