package dev.steward.store;

/** Why a store has not done what it was asked for; an answer to each of its calls. */
public sealed interface StoreTrouble extends CommitAnswer, ChangesAnswer, ReadAnswer {
    /** What went wrong, for people. */
    String reason();

    /** Certainly not done, for now: busy, read-only, out of space, not connected. Retry later. */
    record Unavailable(String reason) implements StoreTrouble {}

    /** Certainly not done, and it never will be as it was asked: too large, not allowed, closed. Never retry it. */
    record Refused(String reason) implements StoreTrouble {}

    /** Asked, and no answer: it may be done, now or later. Look. */
    record Unknown(String reason) implements StoreTrouble {}
}
