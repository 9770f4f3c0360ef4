package dev.steward.lead;

/**
 * Proof that a claim of a role was committed: the fence of the role was written with this term by this holder.
 *
 * @param role the role
 * @param term which leadership of the role this is, from 1; no two have the same
 * @param holder who leads: a process, with a nonce of its start
 */
public record Leadership(String role, long term, String holder) {}
