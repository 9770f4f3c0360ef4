package dev.steward.testkit.lead;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeRecordStore;
import java.util.Set;
import java.util.function.Consumer;

/** The store as one process calls it: counted, and not called any more when the process has ended. Not safe for use by many threads. */
final class LeadPort implements RecordStore {
    private final LeadWorld world;
    private final LeadProcess process;
    private final FakeRecordStore client;
    private boolean ended;

    LeadPort(LeadWorld world, LeadProcess process, FakeRecordStore client) {
        this.world = world;
        this.process = process;
        this.client = client;
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        call("commit " + batch.id());
        client.commit(batch, answer -> {
            world.oracle.answered(answer);
            then.accept(answer);
        });
        called();
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        call("changes");
        client.changes(query, world.planted.seen(process, query, then));
        called();
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        call("read");
        client.read(keys, then);
        called();
    }

    private void call(String what) {
        if (ended) {
            throw world.fail(process.name() + " has ended, and asks for " + what);
        }
        process.step("before " + what);
    }

    private void called() {
        process.hasCalled();
        process.step("behind a call");
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        return client.onHint(hint);
    }

    /** The process has ended in an orderly way: what it has sent goes on. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        throw world.fail(process.name() + " closes the store, which others use as well");
    }
}
