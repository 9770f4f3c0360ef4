package dev.steward.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.steward.store.RecordCache;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One process of several that stand for one role, or what would be one: a seat at the store, a copy of it, and decisions to be made. The copy
 * stays when it stands no more, so it may stand again at once. Belongs to one thread, which is not that of its loop.
 */
final class Member implements AutoCloseable {
    private final String name;
    private final Seat seat;
    private final RecordCache cache;
    private final Decisions decisions;
    private @Nullable Candidate candidate;
    private int stood;

    /** One whose batches change {@code each} of {@code records} records, with a pause between them. */
    Member(String name, Seat seat, int records, int each, Duration pause) {
        this.name = name;
        this.seat = seat;
        cache = new RecordCache(
                seat.store(), Set.of("lead/", Decision.TYPE.prefix(), Ballast.PREFIX), TimeSource.system());
        decisions = new Decisions(cache, records, each, pause);
    }

    /** One that changes one record. */
    static Member ofOne(String name, Seat seat) {
        return new Member(name, seat, 1, 1, Duration.ZERO);
    }

    Seat seat() {
        return seat;
    }

    private Candidate candidate() {
        return requireNonNull(candidate, name);
    }

    /** Begins to stand for the role, to make so many batches of decisions once it leads. */
    void stand(long batches) {
        var unused = decisions.order(batches);
        String holder = name + "~" + ProcessHandle.current().pid() + "~" + ++stood;
        candidate = new Candidate(holder, seat.election(Candidate.ROLE, holder), cache, decisions);
        candidate.start();
    }

    /** Orders more of it; answers what opens when they are committed. */
    CountDownLatch order(long batches) {
        CountDownLatch done = decisions.order(batches);
        candidate().wake();
        return done;
    }

    /** Waits until its copy has so many records at least. */
    void awaitKnown(int records) {
        Candidate one = candidate();
        Await.until(name + " knows " + records + " records", () -> one.known() >= records);
    }

    void awaitLeading() {
        Candidate one = candidate();
        Await.until(name + " leads", one::isLeading);
    }

    /** Waits until it reads the store without trouble. */
    void awaitInTouch() {
        Await.until(name + " is in touch", candidate()::isInTouch);
    }

    /** Wakes it as a hint would, for a pass in which nothing is to be done. */
    void wake() {
        candidate().wake();
    }

    /** Stands no more: gives the role up if it leads. */
    void retire() {
        if (candidate != null) {
            candidate.stop();
            candidate = null;
        }
    }

    @Override
    public void close() {
        retire();
        cache.close();
        seat.close();
    }
}
