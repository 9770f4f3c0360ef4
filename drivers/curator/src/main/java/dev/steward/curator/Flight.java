package dev.steward.curator;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.StoreTrouble;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way: made into one transaction, sent, answered.
 *
 * <p>The expected revisions become data versions through the mirror; what the mirror does not show as expected is a conflict at once, and
 * what somebody changes meanwhile fails the transaction. That failure need not be a conflict (a folder that two wanted to make, a mark
 * that was removed), so the batch is looked at again, with what the mirror has heard of by then. A transaction is never repeated unless it was
 * told that it failed: Curator's own retries would take the second sending of an applied one for a conflict.
 *
 * <p>Belongs to the store's thread.
 */
final class Flight {
    private static final int MOST_RACES = 20;
    private static final int MOST_FOLDERS = 100;

    private final Batch batch;
    private final Consumer<? super CommitAnswer> then;
    private final Session session;
    private final Keeper keeper;
    private int races;

    Flight(Batch batch, Consumer<? super CommitAnswer> then, Session session, Keeper keeper) {
        this.batch = batch;
        this.then = then;
        this.session = session;
        this.keeper = keeper;
    }

    void answer(CommitAnswer answer) {
        if (keeper.landed(this)) {
            then.accept(answer);
        }
    }

    /** Whether it takes a reading that is on its way to say whether all is as expected. */
    boolean isUnclear() {
        for (Batch.Op change : batch.changes()) {
            if (keeper.mirror().isUnclear(change.key())) {
                return true;
            }
            for (String above : Layout.above(change.key())) {
                if (keeper.mirror().isUnclear(above)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Sends the transaction, or answers why not. Nothing may be unclear. */
    void send() {
        CommitAnswer hopeless = hopeless();
        if (hopeless != null) {
            answer(hopeless);
            return;
        }
        Layout layout = keeper.layout();
        Transaction all = Transaction.of(batch, layout, keeper.mirror(), session.acl());
        long most = keeper.mostBytes(session.zk());
        boolean foldersFirst = all.folders() > 0 && (all.folders() > MOST_FOLDERS || all.bytes() > most);
        if (foldersFirst) {
            send(Transaction.ofFolders(batch, layout, keeper.mirror(), session.acl(), most), true);
        } else if (all.bytes() > most) {
            answer(tooLarge(all.bytes(), most));
        } else {
            send(all, false);
        }
    }

    private @Nullable CommitAnswer hopeless() {
        Set<String> unexpected = new HashSet<>();
        for (Batch.Op change : batch.changes()) {
            Znode znode = keeper.mirror().latest(change.key());
            if (znode != null && znode.kind() == Znode.Kind.UNREADABLE) {
                return new StoreTrouble.Refused(
                        keeper.layout().path(change.key()) + ": holds something that no store has written");
            }
            long revision = znode != null && znode.isRecord() ? znode.revision() : 0;
            if (revision != change.expected()) {
                unexpected.add(change.key());
            }
        }
        return unexpected.isEmpty() ? null : new CommitAnswer.Conflict(unexpected);
    }

    private StoreTrouble tooLarge(long bytes, long most) {
        Batch.Op largest = batch.changes().get(0);
        for (Batch.Op change : batch.changes()) {
            largest = change.bytes() > largest.bytes() ? change : largest;
        }
        return new StoreTrouble.Refused("batch " + batch.id() + " takes " + bytes + " bytes, more than the " + most
                + " of a request (jute.maxbuffer); " + largest.key() + " has " + largest.bytes() + " of them");
    }

    private void send(Transaction transaction, boolean foldersOnly) {
        List<String> written = new ArrayList<>(transaction.left().keySet());
        session.claim(written);
        session.zk()
                .multi(
                        transaction.ops(),
                        (rc, path, context, results) ->
                                keeper.post(() -> told(Failure.code(rc), results, transaction, foldersOnly)),
                        null);
    }

    private void told(Code code, @Nullable List<OpResult> results, Transaction transaction, boolean foldersOnly) {
        Stat marker = code == Code.OK ? marker(results) : null;
        if (marker != null && !session.isOver()) {
            keeper.wrote(marker, transaction);
        }
        if (!session.isOver()) {
            session.release(transaction.left().keySet());
            keeper.settleSoon();
        }
        if (marker != null && !foldersOnly) {
            answer(new CommitAnswer.Committed(marker.getMzxid()));
        } else if (marker != null || Failure.isRace(code)) {
            again(code);
        } else {
            answer(Failure.ofWrite(code, where(results, transaction)));
        }
    }

    private static @Nullable Stat marker(@Nullable List<OpResult> results) {
        OpResult last = results == null || results.isEmpty() ? null : results.get(results.size() - 1);
        return last instanceof OpResult.SetDataResult written ? written.getStat() : null;
    }

    /** The transaction was certainly not applied; or it was, but made folders only. */
    private void again(Code code) {
        if (code != Code.OK && ++races > MOST_RACES) {
            answer(new StoreTrouble.Unavailable("batch " + batch.id() + " lost " + races + " races: " + code));
        } else if (session.isOver()) {
            answer(new StoreTrouble.Unavailable(
                    "batch " + batch.id() + ": the connection was lost before it was sent"));
        } else {
            keeper.fly(this);
        }
    }

    /** What the first operation that failed was about. */
    private String where(@Nullable List<OpResult> results, Transaction transaction) {
        for (int i = 0; results != null && i < results.size(); i++) {
            if (results.get(i) instanceof OpResult.ErrorResult error && error.getErr() != 0) {
                return transaction.ops().get(i).getPath();
            }
        }
        return "batch " + batch.id();
    }
}
