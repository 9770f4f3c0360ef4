package dev.steward.notify;

import java.time.Instant;

/**
 * One line of the message log. Immutable.
 *
 * @param sequence counts all messages of the board from 1; a reader that remembers it knows what is new and what it missed,
 *     which the stamp, a wall clock's, does not tell
 * @param at when it was logged, by the wall clock
 * @param source who says so
 * @param text for people
 */
public record LoggedMessage(long sequence, Instant at, String source, String text) {}
