package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has orders printed and takes them off the list. The mistake: it numbers what it asks the printer for from 1 at each start, and the printer takes the
 * first job after a restart for one that it has printed.
 */
final class ReusesIds extends HandMadeWithRecords {
    private static final RecordType<String> ORDER = texts("order/");

    private final PrinterApi printer;
    private final boolean mended;
    private final SortedMap<String, Versioned> orders = follow(ORDER);
    private boolean busy;
    private String current = "";
    private boolean printed;
    private int jobs;

    private ReusesIds(PrinterApi printer, RecordStore store, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, ORDER);
        this.printer = printer;
        this.mended = mended;
    }

    /** A printer that prints nothing twice that has the same id. */
    interface PrinterApi {
        void print(String id, String order, Consumer<Boolean> then);
    }

    @Override
    Step keep(long now) {
        if (busy || orders.isEmpty()) {
            return Step.parked();
        }
        String first = orders.firstKey();
        if (!first.equals(current)) {
            current = first;
            printed = false;
            jobs++;
        }
        if (printed) {
            commit(new Stage().delete(orders.get(first)));
        } else {
            busy = true;
            printer.print(mended ? first : "job-" + jobs, first, answer(done -> {
                busy = false;
                printed = done;
            }));
        }
        return Step.parked();
    }

    record Scene(World world, Map<String, String> paper, Set<String> ordered, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            PrinterApi printer = (id, order, then) -> {
                paper.putIfAbsent(id, order);
                then.accept(true);
            };
            return new ReusesIds(
                    process.remote(PrinterApi.class, printer),
                    process.store(),
                    process.holder(),
                    process.time(),
                    mended);
        }

        @Override
        public void round(World around) {
            for (int i = 1; i <= 6; i++) {
                String order = "order-" + around.round() + "-" + i;
                around.after(ofSeconds(12L * i), order + " comes in", () -> order(order));
            }
        }

        private void order(String order) {
            Stage stage = new Stage().create(ORDER, order, "to be printed");
            world.operator().commit(stage.toBatch(order), answer -> ordered.add(order));
        }

        private boolean allPrinted() {
            return paper.values().containsAll(ordered);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(world, new TreeMap<>(), new TreeSet<>(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("every order is printed", Scene::allPrinted);
    }
}
