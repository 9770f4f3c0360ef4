package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Gives out numbers, each of them once, in two processes. The mistake: it writes the next number over whatever is there when the printer has got ready,
 * and not over what it has read.
 */
final class LostUpdate extends HandMadeWithRecords {
    private static final RecordType<Long> LAST =
            RecordType.of("last/", 1, (value, output) -> output.number(value), input -> input.number());
    private static final String NUMBER = "number";
    private static final Duration PERIOD = ofSeconds(8);

    private final PrinterApi printer;
    private final boolean mended;
    private long due;
    private boolean warming;
    private long next; // 0: none is prepared
    private Optional<Versioned> read = Optional.empty();

    private LostUpdate(PrinterApi printer, RecordStore store, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, LAST);
        this.printer = printer;
        this.mended = mended;
        this.due = time.nanos();
    }

    /** Prints numbers, when it has got ready. */
    interface PrinterApi {
        void ready(Consumer<Boolean> then);

        void print(long number, Consumer<Boolean> then);
    }

    @Override
    Step keep(long now) {
        if (warming) {
            return Step.parked();
        }
        if (next > 0) {
            write();
        } else if (isDue(due)) {
            due = in(PERIOD);
            warming = true;
            read = cache.get(LAST.key(NUMBER));
            printer.ready(answer(this::ready));
        }
        return at(due);
    }

    private void ready(boolean isReady) {
        warming = false;
        next = isReady ? read.map(LAST::decode).orElse(0L) + 1 : 0;
    }

    private void write() {
        long number = next;
        next = 0;
        Optional<Versioned> before = mended ? read : cache.get(LAST.key(NUMBER));
        writer.commit(write(new Stage(), LAST, NUMBER, before, number), answer -> {
            if (answer instanceof CommitAnswer.Committed) {
                printer.print(number, answer(done -> {}));
            }
        });
    }

    /** A printer that looks at what it prints. */
    static final class Printer implements PrinterApi {
        private final Set<Long> printed = new TreeSet<>();
        private int twice;

        Printer() {}

        @Override
        public void ready(Consumer<Boolean> then) {
            then.accept(true);
        }

        @Override
        public void print(long number, Consumer<Boolean> then) {
            twice += printed.add(number) ? 0 : 1;
            then.accept(true);
        }
    }

    record Scene(Printer printer, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new LostUpdate(
                    process.remote(PrinterApi.class, printer),
                    process.store(),
                    process.holder(),
                    process.time(),
                    mended);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Printer(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .processes(2)
                .always("no number is given twice", it -> it.printer.twice == 0)
                .eventually("ten numbers", it -> it.printer.printed.size() >= 10);
    }
}
