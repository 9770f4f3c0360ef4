package dev.steward.testkit.proof;

/** A failure that knows what happened before it: whoever reports the failure can draw that. */
public interface HasChronicle {
    /** What happened, up to the failure. */
    Chronicle chronicle();
}
