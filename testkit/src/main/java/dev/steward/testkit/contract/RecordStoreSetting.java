package dev.steward.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link RecordStoreContract} need to be told about an implementation. Extend that one, it has all parts. */
@SuppressWarnings("NullAway.Init") // the store is opened before each test
public abstract class RecordStoreSetting {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final List<RecordStore> opened = new ArrayList<>();

    /** The store of the test that runs. */
    StoreClient client;

    /** For subclasses. */
    protected RecordStoreSetting() {}

    // ---- what an implementation says

    /** Opens a store on ground where nothing has ever been written. Called once for each test, before all else. */
    protected abstract RecordStore open();

    /**
     * Opens one more client of the store that {@link #open} has opened last, as another process would; may be called more than once, also
     * after the first is closed. Empty if there is no such thing, and then rules about it are left out.
     */
    protected Optional<RecordStore> openAnother() {
        return Optional.empty();
    }

    /**
     * Makes the store forget all deletions up to now, as it does when an hour has gone by; it may do so as late as at the next commit. False
     * if nothing can do that, and then rules about it are left out.
     */
    protected boolean forgetDeletions() {
        return false;
    }

    /** Whether a client is told, by a hint, of commits of other clients; else rules about that are left out. At first yes. */
    protected boolean hintsAtOthers() {
        return true;
    }

    /** Takes the next of {@code news} as soon as it is there, or null if there is none within {@code limit}. */
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) throws InterruptedException {
        return news.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long an answer or a hint may take, and another client's commit to show; at first 20 s. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** How long to listen where nothing may come, or no more; at first 200 ms. */
    protected Duration quiet() {
        return Duration.ofMillis(200);
    }

    /** How many threads use the store at once where a rule is about that; at first 4. On virtual time it is 1, the test's own. */
    protected int threads() {
        return 4;
    }

    // ---- for the rules

    /** Every test begins with one client on fresh ground. */
    @BeforeEach
    public final void openOnFreshGround() {
        client = new StoreClient(this, keep(open()));
    }

    /** Every test ends with all clients closed. */
    @AfterEach
    public final void closeAll() {
        opened.forEach(RecordStore::close);
    }

    /** One more client of the same store; the rule is left out if there can be none. */
    final StoreClient another() {
        Optional<StoreClient> other = anotherIfAny();
        assumeTrue(other.isPresent(), "this store has one client only");
        return other.orElseThrow();
    }

    final Optional<StoreClient> anotherIfAny() {
        return openAnother().map(this::keep).map(store -> new StoreClient(this, store));
    }

    private RecordStore keep(RecordStore store) {
        opened.add(store);
        return store;
    }

    /** How many looks with a {@link #pause} between them are as long as the patience. */
    final long looks() {
        return patience().dividedBy(PAUSE) + 1;
    }

    /** Lets a little time pass, between two looks at something that is to show. */
    final void pause() throws InterruptedException {
        poll(new LinkedBlockingQueue<>(), PAUSE);
    }
}
