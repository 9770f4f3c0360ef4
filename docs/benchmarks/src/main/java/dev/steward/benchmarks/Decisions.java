package dev.steward.benchmarks;

import dev.steward.lead.ElectedWork;
import dev.steward.lead.Leadership;
import dev.steward.loop.Step;
import dev.steward.store.RecordCache;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Work that counts: a batch adds one to each of so many records, in turn. What it is ordered to do may be ordered from any thread; the rest
 * belongs to its loop.
 */
final class Decisions implements ElectedWork {
    /** More batches than any benchmark waits for. */
    static final long ENDLESS = Long.MAX_VALUE;

    private final RecordCache cache;
    private final List<String> names;
    private final int each;
    private final long pauseNanos;
    private final TimeSource time = TimeSource.system();
    private final AtomicLong left = new AtomicLong();
    private volatile CountDownLatch done = new CountDownLatch(0);
    private long notBefore = time.nanos();
    private boolean staged;
    private int turn;

    /**
     * Does nothing until it is ordered to.
     *
     * @param records how many records there are
     * @param each how many of them a batch changes
     * @param pause between two batches; zero for none
     */
    Decisions(RecordCache cache, int records, int each, Duration pause) {
        this.cache = cache;
        this.each = each;
        names = IntStream.range(0, records).mapToObj(i -> "thing-" + i).toList();
        pauseNanos = pause.toNanos();
    }

    /** Orders so many batches; its loop is to be woken. Answers what opens when they are committed. */
    CountDownLatch order(long batches) {
        CountDownLatch next = new CountDownLatch(1);
        done = next;
        left.set(batches);
        return next;
    }

    @Override
    public Step pass(Leadership leadership, Stage stage) {
        if (left.get() <= 0) {
            return Step.parked();
        }
        long wait = notBefore - time.nanos();
        if (wait > 0) {
            return Step.afterNanos(wait);
        }
        for (int i = 0; i < each; i++) {
            String name = names.get((turn + i) % names.size());
            Optional<Versioned> before = cache.get(Decision.TYPE.key(name));
            if (before.isPresent()) {
                stage.put(
                        Decision.TYPE,
                        before.get(),
                        Decision.TYPE.decode(before.get()).next());
            } else {
                stage.create(Decision.TYPE, name, Decision.FIRST);
            }
        }
        staged = true;
        return Step.parked();
    }

    @Override
    public Step deliver(Leadership leadership) {
        if (staged) {
            staged = false;
            turn = (turn + each) % names.size();
            notBefore = time.nanos() + pauseNanos;
            if (left.decrementAndGet() == 0) {
                done.countDown();
            }
        }
        return Step.parked();
    }

    @Override
    public void deposed() {
        staged = false;
    }
}
