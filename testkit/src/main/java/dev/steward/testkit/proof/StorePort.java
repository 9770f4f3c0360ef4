package dev.steward.testkit.proof;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The store as one process calls it. Not safe for use by many threads. */
final class StorePort implements RecordStore {
    private static final Duration LAG = Duration.ofSeconds(26); // what the store makes late is that late at most

    private final Play play;
    private final ProofProcess process;
    private final FakeRecordStore client;
    private final Port commits;
    private final Port changes;
    private final Port reads;

    StorePort(Play play, ProofProcess process, FakeRecordStore client) {
        this.play = play;
        this.process = process;
        this.client = client;
        commits = process.port("commit", Port.Sort.COMMIT);
        changes = process.port("changes", Port.Sort.LOOK);
        reads = process.port("read", Port.Sort.LOOK);
        client.watch(this::watched);
    }

    private void watched(String step) {
        if (step.endsWith(" done")) {
            Port port = step.startsWith("commit ") ? commits : step.startsWith("changes ") ? changes : reads;
            process.reached(port, CallStep.DONE, port.count(CallStep.DONE));
        }
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        int n = process.ask(commits);
        if (play.isRecorded()) {
            play.mark(Mark.CALL, process.name(), "commit#" + n + " asked: " + keys(batch));
        }
        if (!commits.isWell() && play.allowsFaults()) {
            for (Fault fault : commits.faults(n)) {
                befall(fault, batch);
            }
        }
        client.commit(batch, answers(commits, n, then));
        process.sent(commits, CallStep.SENT, n);
    }

    private void befall(Fault fault, Batch batch) {
        if (fault.kind() == Fault.Kind.STORE || fault.kind() == Fault.Kind.COMMIT) {
            FakeStoreTrouble trouble = Variant.trouble(fault);
            boolean late = trouble == FakeStoreTrouble.LATER || trouble == FakeStoreTrouble.TWICE;
            play.fired(fault, late ? LAG : Duration.ZERO);
            client.next(trouble);
        } else if (fault.kind() == Fault.Kind.ELSEWHERE) {
            Set<String> keys = batch.changes().stream().map(Batch.Op::key).collect(Collectors.toSet());
            if (play.ground().rewrite(keys)) {
                play.fired(fault, Duration.ZERO);
            }
        }
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        int n = look(changes);
        client.changes(query, answers(changes, n, then));
        process.sent(changes, CallStep.SENT, n);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        int n = look(reads);
        client.read(keys, answers(reads, n, then));
        process.sent(reads, CallStep.SENT, n);
    }

    private int look(Port port) {
        int n = process.ask(port);
        if (!port.isWell() && play.allowsFaults()) {
            for (Fault fault : port.faults(n)) {
                if (fault.kind() == Fault.Kind.STORE) {
                    play.fired(fault, LAG);
                    client.nextLooks(Variant.trouble(fault));
                }
            }
        }
        return n;
    }

    /** Takes the answers to one call; the steps are those of the first: a fault names one moment. */
    private <A> Consumer<A> answers(Port port, int n, Consumer<? super A> then) {
        AtomicBoolean first = new AtomicBoolean(true);
        return answer -> {
            if (first.getAndSet(false)) {
                told(port, n, answer, then);
            } else if (!process.isDead()) {
                process.guarded(() -> then.accept(answer));
            }
        };
    }

    private <A> void told(Port port, int n, A answer, Consumer<? super A> then) {
        if (process.reached(port, CallStep.ANSWERED, n)) {
            if (port == commits && play.isRecorded()) {
                play.mark(Mark.CALL, process.name(), "commit#" + n + " answered: " + answer);
            }
            process.guarded(() -> then.accept(answer));
            process.reached(port, CallStep.TOLD, n);
        }
    }

    private static String keys(Batch batch) {
        return batch.changes().stream()
                .map(op -> op.getClass().getSimpleName() + " " + op.key())
                .limit(6)
                .collect(Collectors.joining(", "));
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        return client.onHint(() -> process.guarded(hint::wake));
    }

    /** A process may close the store with its loop; the others have clients of their own. */
    @Override
    public void close() {
        client.close();
    }
}
