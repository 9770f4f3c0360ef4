package dev.steward.lead;

import dev.steward.event.Reason;
import dev.steward.store.CommitAnswer;
import java.util.Optional;

/**
 * What one process is for one role, and why: for people who wonder why nobody leads. Immutable.
 *
 * @param role the role
 * @param holder the process that says this
 * @param phase where it is
 * @param cause since when it is there for what reason, a {@link LeaderCause}
 * @param leader who holds the newest term that this process knows of, be it alive or not
 * @param trouble what the store has answered, where that is what keeps it from going on
 */
public record LeaderStatus(
        String role,
        String holder,
        LeaderPhase phase,
        Reason cause,
        Optional<Leadership> leader,
        Optional<CommitAnswer> trouble) {

    /** One line: what it is, why, who leads by the records, and what is wrong with the store. */
    public String explain() {
        return holder + " is " + LeaderPhase.ROLE.text(phase) + " for " + role + ": " + cause
                + leader.map(it -> "; term " + it.term() + " is of " + it.holder())
                        .orElse("; there was no term yet")
                + trouble.map(it -> "; the store: " + it).orElse("");
    }
}
