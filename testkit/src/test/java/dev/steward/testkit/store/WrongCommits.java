package dev.steward.testkit.store;

import dev.steward.store.Batch;
import dev.steward.store.Batch.Op;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores that judge or carry out batches in a wrong way. */
final class WrongCommits {
    private WrongCommits() {}

    private static Batch changed(Batch batch, UnaryOperator<Op> each) {
        return new Batch(batch.id(), batch.changes().stream().map(each).collect(Collectors.toUnmodifiableList()));
    }

    /** The same change, as it is expected to be now. */
    private static Op expecting(Op op, long revision) {
        if (op instanceof Batch.Put put) {
            return new Batch.Put(put.key(), revision, put.value());
        }
        return op instanceof Batch.Delete ? new Batch.Delete(op.key(), revision) : op;
    }

    static final class Overwrites extends WrongStore {
        Overwrites(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(
                    batch,
                    op -> op instanceof Batch.Create create && revision(op.key()) > 0
                            ? new Batch.Put(create.key(), revision(op.key()), create.value())
                            : op);
        }
    }

    static final class PutsWhateverThereIs extends WrongStore {
        PutsWhateverThereIs(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(
                    batch,
                    op -> op instanceof Batch.Put && revision(op.key()) > 0 ? expecting(op, revision(op.key())) : op);
        }
    }

    static final class DeletesWhateverThereIs extends WrongStore {
        DeletesWhateverThereIs(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(
                    batch,
                    op -> op instanceof Batch.Delete && revision(op.key()) > 0
                            ? expecting(op, revision(op.key()))
                            : op);
        }
    }

    static final class RequiresNothing extends WrongStore {
        RequiresNothing(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            List<Op> rest = batch.changes().stream()
                    .filter(op -> !(op instanceof Batch.Require))
                    .collect(Collectors.toUnmodifiableList());
            return rest.isEmpty() ? batch : new Batch(batch.id(), rest);
        }
    }

    static final class RewritesWhatItRequires extends WrongStore {
        RewritesWhatItRequires(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(
                    batch,
                    op -> op instanceof Batch.Require
                            ? new Batch.Put(op.key(), op.expected(), RecordValue.utf8("first"))
                            : op);
        }
    }

    static final class RefusesToWriteNothing extends WrongStore {
        RefusesToWriteNothing(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            boolean writes = batch.changes().stream().anyMatch(op -> !(op instanceof Batch.Require));
            return writes ? answer : new StoreTrouble.Refused("nothing to write");
        }
    }

    /** One commit for each change, until one conflicts. */
    static final class GoesAsFarAsItCan extends WrongStore {
        GoesAsFarAsItCan(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            AtomicReference<CommitAnswer> last = new AtomicReference<>(new CommitAnswer.Committed(1));
            for (Op op : batch.changes()) {
                if (last.get() instanceof CommitAnswer.Committed) {
                    good.commit(new Batch(batch.id(), List.of(op)), last::set);
                }
            }
            then.accept(last.get());
        }
    }

    static final class CountsNothing extends WrongStore {
        CountsNothing(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            return answer instanceof CommitAnswer.Committed ? new CommitAnswer.Committed(1) : answer;
        }
    }

    /** Takes any expectation for good where the record has been made again. */
    static class ForgetsWhatWasThere extends WrongStore {
        private final Set<String> deleted = new HashSet<>();

        ForgetsWhatWasThere(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(
                    batch,
                    op -> op.expected() > 0 && forgets(op.key()) && revision(op.key()) > 0
                            ? expecting(op, revision(op.key()))
                            : op);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            batch.changes().stream().filter(Batch.Delete.class::isInstance).forEach(op -> deleted.add(op.key()));
            return answer;
        }

        boolean forgets(String key) {
            return deleted.contains(key);
        }
    }

    static final class ForgetsWhatIsPurged extends ForgetsWhatWasThere {
        private boolean purged;

        ForgetsWhatIsPurged(RecordStore good) {
            super(good);
        }

        @Override
        void forgetsDeletions() {
            purged = true;
        }

        @Override
        boolean forgets(String key) {
            return purged && super.forgets(key);
        }
    }

    static final class KeepsText extends WrongStore {
        KeepsText(RecordStore good) {
            super(good);
        }

        @Override
        Batch asked(Batch batch) {
            return changed(batch, op -> {
                if (op instanceof Batch.Create create) {
                    return new Batch.Create(
                            op.key(), RecordValue.utf8(create.value().toUtf8()));
                }
                return op;
            });
        }
    }

    static final class IsSmall extends WrongStore {
        IsSmall(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            return batch.changes().stream().mapToLong(Op::bytes).sum() > 300_000
                    ? new StoreTrouble.Refused("too large")
                    : answer;
        }
    }

    static final class TakesAFewChanges extends WrongStore {
        TakesAFewChanges(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            return batch.changes().size() > 499 ? new StoreTrouble.Refused("too many") : answer;
        }
    }

    /** Writes under other keys than it is asked to. */
    static class Renames extends WrongStore {
        private final UnaryOperator<String> name;

        Renames(RecordStore good, UnaryOperator<String> name) {
            super(good);
            this.name = name;
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            Map<String, Op> renamed = new HashMap<>();
            batch.changes().forEach(op -> renamed.put(name.apply(op.key()), renamed(op)));
            good.commit(new Batch(batch.id(), List.copyOf(renamed.values())), then);
        }

        private Op renamed(Op op) {
            String key = name.apply(op.key());
            if (op instanceof Batch.Create create) {
                return new Batch.Create(key, create.value());
            }
            if (op instanceof Batch.Put put) {
                return new Batch.Put(key, put.expected(), put.value());
            }
            return op instanceof Batch.Delete
                    ? new Batch.Delete(key, op.expected())
                    : new Batch.Require(key, op.expected());
        }
    }

    /** As a tree of files would: what is a file is no folder. */
    static final class IsATree extends WrongStore {
        IsATree(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            List<String> keys = new ArrayList<>();
            everything().changes().forEach(change -> keys.add(change.key()));
            boolean stands =
                    keys.stream().anyMatch(key -> keys.stream().anyMatch(other -> other.startsWith(key + "/")));
            return stands ? new StoreTrouble.Refused("not a folder") : answer;
        }
    }

    /** Tells everybody who expected the same that they have won. */
    static final class FlattersTheSecond extends WrongStore {
        private final Map<String, Long> won = new HashMap<>();

        FlattersTheSecond(RecordStore good) {
            super(good);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            Op op = batch.changes().get(0);
            String expected = op.key() + " at " + op.expected();
            if (answer instanceof CommitAnswer.Committed done) {
                won.put(expected, done.revision());
                return answer;
            }
            Long revision = won.get(expected);
            return revision == null ? answer : new CommitAnswer.Committed(revision);
        }
    }
}
