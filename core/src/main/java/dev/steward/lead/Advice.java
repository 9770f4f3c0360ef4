package dev.steward.lead;

import dev.steward.loop.Step;

/**
 * What an election says.
 *
 * @param lead whether to try for the role, or go on with it
 * @param next when to ask again at the latest
 * @param reason why, for people who wonder why nobody leads; may be empty
 */
public record Advice(boolean lead, Step next, String reason) {
    /** Without a reason. */
    public Advice(boolean lead, Step next) {
        this(lead, next, "");
    }
}
