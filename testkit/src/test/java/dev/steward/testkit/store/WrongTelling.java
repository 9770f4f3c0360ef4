package dev.steward.testkit.store;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Stores that answer or hint in a wrong way, or come to a wrong end. */
final class WrongTelling {
    private WrongTelling() {}

    static final class NeverHints extends WrongStore {
        NeverHints(RecordStore good) {
            super(good);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            return () -> {};
        }
    }

    /** Hints within its own commits only. */
    static final class HintsAtItsOwn extends WrongStore {
        private final List<WakeUp> hints = new ArrayList<>();

        HintsAtItsOwn(RecordStore good) {
            super(good);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            hints.add(hint);
            return () -> hints.remove(hint);
        }

        @Override
        CommitAnswer answered(Batch batch, CommitAnswer answer) {
            List.copyOf(hints).forEach(WakeUp::wake);
            return answer;
        }
    }

    static final class HintsBeforeTheChange extends WrongStore {
        private final List<WakeUp> hints = new ArrayList<>();

        HintsBeforeTheChange(RecordStore good) {
            super(good);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            hints.add(hint);
            return () -> hints.remove(hint);
        }

        @Override
        Batch asked(Batch batch) {
            List.copyOf(hints).forEach(WakeUp::wake);
            return batch;
        }
    }

    static final class NeverLetsGo extends WrongStore {
        NeverLetsGo(RecordStore good) {
            super(good);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            good.onHint(hint);
            return () -> {};
        }
    }

    static final class AnswersTwice extends WrongStore {
        AnswersTwice(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            good.commit(batch, answer -> {
                then.accept(answer);
                then.accept(answer);
            });
        }
    }

    static final class AnswersNoRead extends WrongStore {
        AnswersNoRead(RecordStore good) {
            super(good);
        }

        @Override
        public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
            // says nothing
        }
    }

    static final class IgnoresWhomItAnswers extends WrongStore {
        private boolean answering;

        IgnoresWhomItAnswers(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            if (!answering) {
                good.commit(batch, answer -> {
                    answering = true;
                    then.accept(answer);
                    answering = false;
                });
            }
        }
    }

    static final class TakesOffence extends WrongStore {
        private boolean offended;

        TakesOffence(RecordStore good) {
            super(good);
        }

        @Override
        public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            if (offended) {
                return;
            }
            try {
                super.changes(query, then);
            } catch (RuntimeException thrown) {
                offended = true;
                throw thrown;
            }
        }
    }

    static final class KeepsToOneThread extends WrongStore {
        private final Thread owner = Thread.currentThread();

        KeepsToOneThread(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            if (Thread.currentThread() == owner) {
                good.commit(batch, then);
            } else {
                then.accept(new StoreTrouble.Refused("not my thread"));
            }
        }
    }

    static final class NeverCloses extends WrongStore {
        NeverCloses(RecordStore good) {
            super(good);
        }

        @Override
        public void close() {
            // goes on
        }
    }

    static final class ThrowsWhenClosed extends WrongStore {
        private boolean closed;

        ThrowsWhenClosed(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            good.commit(batch, then);
        }

        @Override
        public void close() {
            closed = true;
            good.close();
        }
    }

    /** What is on its way when it is closed never arrives. */
    static final class DropsWhatIsInFlight extends WrongStore {
        private final Simulation simulation;
        private boolean closed;

        DropsWhatIsInFlight(RecordStore good, Simulation simulation) {
            super(good);
            this.simulation = simulation;
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            simulation.after(Duration.ofMillis(1), () -> {
                if (!closed) {
                    good.commit(batch, then);
                }
            });
        }

        @Override
        public void close() {
            closed = true;
            good.close();
        }
    }
}
