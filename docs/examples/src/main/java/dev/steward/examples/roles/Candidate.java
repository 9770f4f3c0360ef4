package dev.steward.examples.roles;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaderLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One process of the two: counts while it leads. Ends when it is told to, and lets the other lead at once. */
public final class Candidate {
    private static final Duration EVERY = Duration.ofMillis(200);

    private Candidate() {}

    /**
     * Runs until the process is told to end.
     *
     * @param args its name; then where the store is, as {@link Place#parse} reads it
     */
    public static void main(String[] args) throws InterruptedException {
        TimeSource time = TimeSource.system();
        String holder = args[0] + "-" + ProcessHandle.current().pid(); // another start is another candidate
        CountDownLatch ended = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndAwait(main, ended)));
        try (RecordStore store = Place.parse(args[1]).openStore(time)) {
            LeaderElection election = Place.parse(args[1]).election(Tick.NAME, holder, store, time);
            run(holder, store, election, time);
        } finally {
            ended.countDown();
        }
    }

    private static void run(String holder, RecordStore store, LeaderElection election, TimeSource time)
            throws InterruptedException {
        // region LeaderLoop
        try (RecordCache cache = new RecordCache(store, Set.of("lead/", "tick/"), time);
                LeaderLoop counter = new LeaderLoop(
                        "counter",
                        holder,
                        election,
                        cache,
                        new Counting(
                                cache, time, EVERY, tick -> System.out.println(holder + " counts " + tick.number())),
                        new InMemoryStateFeed(time),
                        time)) {
            new LoopInvoker(time).run(counter, () -> Thread.currentThread().isInterrupted());
        } // closing the loop gives the role up
        // endregion
    }

    private static void endAndAwait(Thread main, CountDownLatch ended) {
        main.interrupt();
        try {
            ended.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
