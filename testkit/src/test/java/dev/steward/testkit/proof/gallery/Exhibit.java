package dev.steward.testkit.proof.gallery;

import dev.steward.testkit.proof.Proof;
import java.util.List;
import java.util.function.Function;

/**
 * One mistake of the gallery. Immutable.
 *
 * @param mistake in a few words
 * @param proof of the controller with the mistake (false) or of its mended twin (true): how a user would prove it, without fault code
 */
record Exhibit(String mistake, Function<Boolean, Proof<?>> proof) {
    /** Runs with random faults for each proof. */
    static final int SEEDS =
            Integer.getInteger("steward.gallery.seeds", Boolean.getBoolean("steward.nightly") ? 2_000 : 100);

    /** The most points of each class of faults. */
    static final int POINTS = Integer.getInteger("steward.gallery.points", 150);

    /** The whole gallery. */
    static List<Exhibit> all() {
        return List.of(
                new Exhibit("acts before recording", ActsBeforeRecording::proof),
                new Exhibit("checks a fence without rewriting it", ChecksFenceOnly::proof),
                new Exhibit("forgets an unknown outcome", ForgetsUnknownOutcome::proof),
                new Exhibit("trusts a stale copy", TrustsStaleCopy::proof),
                new Exhibit("loses a wake-up", LosesWakeUp::proof),
                new Exhibit("double-counts a duplicate answer", DoubleCountsDuplicate::proof),
                new Exhibit("resets a timer on every event", ResetsTimer::proof),
                new Exhibit("treats its own pause as others' death", OwnPauseAsDeath::proof),
                new Exhibit("leaks a key", LeaksKey::proof),
                new Exhibit("throws away a request on conflict", ThrowsAwayRequest::proof),
                new Exhibit("uses the wall clock for a delay", WallClockForDelay::proof),
                new Exhibit("sleeps for ever after a lost answer", SleepsForEver::proof),
                new Exhibit("spins while a due call is in flight", SpinsWhileInFlight::proof),
                new Exhibit("reuses ids after a restart", ReusesIds::proof),
                new Exhibit("takes its predecessor's claim for its own", PredecessorsClaim::proof),
                new Exhibit("goes on after close", GoesOnAfterClose::proof),
                new Exhibit("reacts to edges only", EdgesOnly::proof),
                new Exhibit("deletes the record before the effect", DeletesRecordFirst::proof),
                new Exhibit("tries again at once, without end", TriesAgainAtOnce::proof),
                new Exhibit("reads, modifies, and writes over another", LostUpdate::proof));
    }

    @Override
    public String toString() {
        return mistake;
    }
}
