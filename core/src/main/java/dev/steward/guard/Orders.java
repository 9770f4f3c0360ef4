package dev.steward.guard;

import dev.steward.loop.Mailbox;
import dev.steward.node.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is asked of a node, on its way from any thread to the pass, and the answers on their way back: each is given exactly once, at the end
 * of a pass, or at once by whoever finds the node closed.
 */
final class Orders {
    private static final WriteOutcome CLOSED = WriteOutcome.notSent("the node is closed");

    private final Mailbox mailbox;
    private final Machine machine;
    private final Teller teller;
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private volatile boolean isClosed;

    Orders(Mailbox mailbox, Machine machine, Teller teller) {
        this.mailbox = mailbox;
        this.machine = machine;
        this.teller = teller;
    }

    /** Has something done in the next pass; safe for use by many threads. */
    void post(Function<Machine, WriteOutcome> order, Consumer<WriteOutcome> done) {
        if (isClosed) { // nobody looks into the mailbox any more
            refuse(done);
            return;
        }
        AtomicBoolean isTaken = new AtomicBoolean();
        mailbox.post(() -> {
            if (isTaken.compareAndSet(false, true)) {
                WriteOutcome outcome = isClosed ? CLOSED : order.apply(machine);
                answers.add(() -> done.accept(outcome));
            }
        });
        if (isClosed && isTaken.compareAndSet(false, true)) { // meanwhile
            refuse(done);
        }
    }

    /** Answers what was done so far. */
    void answer() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            tell(answer);
        }
    }

    /** From now on nothing is done any more; what waits is answered. Outside a pass. */
    void close() {
        isClosed = true;
        mailbox.drain();
        answer();
    }

    boolean isClosed() {
        return isClosed;
    }

    private void refuse(Consumer<WriteOutcome> done) {
        try {
            done.accept(CLOSED);
        } catch (Throwable thrown) {
            Thrown.rethrowFatal(thrown);
            Teller.logDefect(machine.node(), "who asked", thrown);
        }
    }

    private void tell(Runnable answer) {
        try {
            answer.run();
        } catch (Throwable thrown) {
            Thrown.rethrowFatal(thrown);
            teller.defect("who asked", thrown);
        }
    }
}
