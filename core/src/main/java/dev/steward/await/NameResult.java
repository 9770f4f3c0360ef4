package dev.steward.await;

import dev.steward.event.Kind;
import dev.steward.event.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What has become of one name of a {@link StateWait}. Immutable.
 *
 * @param kind what kind of thing the name is of
 * @param name which one
 * @param outcome how it ended; {@link Outcome#PENDING} as long as it has not
 * @param cause why it failed; none for the other outcomes
 * @param at when it ended, by the wall clock; for a pending name, when this was taken
 * @param elapsed how long after the opening of the wait that was, by the monotonic clock; zero for what was so before
 * @param matched the states of its sequence that it has gone through, in order; all of them exactly if it has finished
 */
public record NameResult(
        Kind<?> kind, String name, Outcome outcome, Reason cause, Instant at, Duration elapsed, List<String> matched) {
    /** How a wait for one name can end. */
    public enum Outcome {
        /** It has not ended. */
        PENDING,
        /** The name has gone through its whole sequence. */
        FINISHED,
        /** The thing will not make it: a failure event came that counts. */
        FAILED,
        /** The limit of the name was over first. */
        TIMED_OUT,
        /** Somebody cancelled it, or closed the wait before it ended. */
        CANCELLED,
        /** Events were lost, so nobody can say. */
        GAP
    }

    /** Copies {@code matched}. */
    public NameResult {
        matched = List.copyOf(matched);
    }

    /** For people: {@code registry finished after 1.2 s}, {@code archiver failed after 3 s: exit code 3}. */
    @Override
    public String toString() {
        String text = name + " " + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " after "
                + elapsed.toMillis() / 1000.0 + " s";
        if (outcome != Outcome.FINISHED && !matched.isEmpty()) {
            text += ", having been " + String.join(", ", matched);
        }
        return cause.isNone() ? text : text + ": " + cause;
    }
}
