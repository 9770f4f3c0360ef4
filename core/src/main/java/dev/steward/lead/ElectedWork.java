package dev.steward.lead;

import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Stage;

/**
 * Work that one process at a time does. Made for you to implement; {@link LeaderLoop} runs it.
 *
 * <p><b>Contract.</b> What the work knows, it knows from the records. It writes by staging, and causes effects only in {@link #deliver}, from
 * what the committed records say is owed. So whatever becomes of a process, the next leader finds all there is to find.
 *
 * <p><b>Threads.</b> All calls come from the thread of the pass, one at a time.
 *
 * <p><b>Calls of its own.</b> A work that calls slow things keeps its own {@link dev.steward.loop.Calls}: it drains and expires them at the beginning of
 * {@link #pass}, and has {@code next()} of them in the step that it answers.
 *
 * <p><b>Errors.</b> What a call throws leaves {@link LeaderLoop#manageOnce}, and what it had staged is dropped. A work that throws for half a
 * minute is deposed, and another process is let try.
 */
public interface ElectedWork {
    /**
     * Decides: called while leading, caught up, and with nothing in flight.
     *
     * <p>May be repeated although nothing has changed, and what was staged may be dropped (a conflict, an answer that got lost): read the
     * records, not your memory.
     *
     * @param stage takes what is to be written; the fence is added to it
     * @return when to decide again at the latest
     */
    Step pass(Leadership leadership, Stage stage);

    /**
     * Sends what the committed records say is owed. Called while leading with nothing in flight: after each commit, and after each pass that
     * had nothing to write.
     *
     * @return when to deliver again at the latest
     */
    default Step deliver(Leadership leadership) {
        return Step.parked();
    }

    /**
     * What was staged was not committed: a conflict, with the keys that were not as expected, or trouble. Called before the next
     * {@link #pass}; one that would stage the same again for ever, such as what was refused, leaves out what it can do without.
     */
    default void notCommitted(Leadership leadership, CommitAnswer answer) {}

    /** Leads no more: forgets everything that it remembered since it was first called with that leadership. */
    void deposed();
}
