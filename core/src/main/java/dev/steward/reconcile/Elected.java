package dev.steward.reconcile;

import dev.steward.kernel.Pass;
import dev.steward.lead.ElectedWork;
import dev.steward.lead.Leadership;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The things of a loop as the work of whoever leads: plans are committed with the fence, and actions sent behind that. Not safe for use by many threads. */
final class Elected<T, S> implements ElectedWork {
    private final Desk<T, S> desk;
    private final Things<T, S> things;
    private final LongSupplier budget;
    private String prefix = "";
    private long term;
    private long ids;

    Elected(Desk<T, S> desk, Things<T, S> things, LongSupplier budget) {
        this.desk = desk;
        this.things = things;
        this.budget = budget;
        things.ids(this::id);
    }

    /** A term is of one process, which counts on: no two ids are the same. */
    private String id() {
        return prefix + ++ids;
    }

    @Override
    public Step pass(Leadership leadership, Stage stage) {
        if (leadership.term() != term) {
            term = leadership.term();
            prefix = leadership.role() + "-" + term + "-";
            things.readyAll(); // whatever is owed, by whomever it was decided
        }
        if (desk.records().areOld()) {
            return Step
                    .parked(); // after a long pause, say: what is read next wakes the loop, and tells who leads by now
        }
        Pass pass = desk.cycle().pass();
        things.beginBatch();
        desk.records().stage(stage);
        try {
            desk.turns().run(pass.now(), budget.getAsLong());
        } finally {
            desk.records().stage(null);
        }
        return Step.afterNanos(desk.turns().nanosToNext(pass.now()));
    }

    @Override
    public Step deliver(Leadership leadership) {
        things.committed();
        if (desk.records().areOld()) {
            desk.decideAnew();
            return Step.parked();
        }
        desk.deliver(desk.cycle().pass().now());
        return Step.afterNanos(desk.turns().nanosToNext(desk.cycle().pass().now()));
    }

    @Override
    public void notCommitted(Leadership leadership, CommitAnswer answer) {
        things.notCommitted(
                answer instanceof StoreTrouble.Refused refused ? Optional.of(refused.toString()) : Optional.empty());
    }

    @Override
    public void deposed() {
        term = 0;
        things.forget();
    }
}
