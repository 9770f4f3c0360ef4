package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;

/**
 * What became of a request for restarts. Immutable.
 *
 * @param outcomes one for each name that was asked for, in order
 */
public record RestartAnswer(List<Outcome> outcomes) {
    /** What became of one instance. */
    public enum Verdict {
        /** It has come down, and is up again, or has been and completed. */
        RESTARTED,
        /** It is not up again within its time, or was given up; the text says which. */
        FAILED,
        /** Another one before it has failed, so it was left as it is. */
        NOT_TRIED,
        /** The manager's driver does not start or stop it. */
        INOPERABLE,
        /** It is not wanted up. */
        NOT_WANTED_UP,
        /** Somebody holds it, or the manager only observes: it was left as it is, and the text says who. */
        HELD,
        /** No instance has this id, or it is retired. */
        UNKNOWN_ID,
        /** The manager is closed or shutting down. */
        CLOSED
    }

    /**
     * What became of one instance.
     *
     * @param name as it was asked for
     * @param text for people; may be empty
     */
    public record Outcome(String name, Verdict verdict, String text) {
        /** None is null. */
        public Outcome {
            checkNotNull(name, "name");
            checkNotNull(verdict, "verdict");
            checkNotNull(text, "text");
        }
    }

    /** In order. */
    public RestartAnswer {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether all of them are up again. */
    public boolean isDone() {
        return outcomes.stream().allMatch(outcome -> outcome.verdict() == Verdict.RESTARTED);
    }
}
