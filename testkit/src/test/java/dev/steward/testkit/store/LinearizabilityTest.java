package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.RegisterClient;
import dev.steward.testkit.contract.RegisterHistory;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What concurrent clients are told of single keys fits into one order, whatever goes wrong; and a store where it does not is found out. */
class LinearizabilityTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("steward.nightly");
    private static final List<String> KEYS = List.of("a/1", "a/2", "a/3");
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Test
    void the_fake_store_explains_all_that_it_tells() {
        int seeds = NIGHTLY ? 10_000 : 300;
        long operations = 0;
        long histories = 0;
        long open = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            RegisterHistory history = play(seed, UnaryOperator.identity());
            history.check();
            operations += history.operations();
            histories += history.histories();
            open += history.open();
        }
        System.out.println("stores: fake, " + histories + " histories of " + operations + " operations, " + open
                + " of them without an outcome");
        assertThat(open).isPositive();
    }

    @Test
    void a_store_that_answers_reads_from_memory_is_found_out() {
        for (long seed = 1; seed <= 300; seed++) {
            try {
                play(seed, Remembering::new).check();
            } catch (AssertionError found) {
                System.out.println("stores: reads from memory are found with seed " + seed);
                return;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void a_store_that_says_conflict_of_what_it_has_done_is_found_out() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 300; seed++) {
                        play(seed, Denying::new).check();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no order");
    }

    private static RegisterHistory play(long seed, UnaryOperator<RecordStore> around) {
        Simulation simulation = new Simulation(seed);
        Random random = simulation.random();
        boolean lags = random.nextInt(3) == 0;
        FakeStoreGround ground = new FakeStoreGround(simulation)
                .takes(Duration.ofMillis(1), Duration.ofMillis(1 + random.nextInt(400)))
                .lag(Duration.ofSeconds(10));
        for (FakeStoreTrouble trouble : FakeStoreTrouble.values()) {
            simulation.faults().chance(trouble.commitPoint(), random.nextInt(3) == 0 ? 0.1 : 0);
        }
        if (lags) {
            ground.showsWithin(Duration.ofSeconds(2));
            simulation.faults().chance("store.view.back", 0.05);
        }
        RegisterHistory history = lags ? RegisterHistory.laggingReads() : RegisterHistory.exact();
        int clients = 2 + random.nextInt(4);
        for (int i = 0; i < clients; i++) {
            RecordStore store = around.apply(ground.client("C" + i));
            RegisterClient client = new RegisterClient("C" + i, store, history, KEYS, seed * 31 + i);
            new Course(simulation, client, 30).go();
        }
        simulation.settle(Duration.ofMinutes(10));
        return history;
    }

    /** Does one thing after the other, with a limit on each. */
    private static final class Course {
        private final Simulation simulation;
        private final RegisterClient client;
        private int left;
        private int asked;

        Course(Simulation simulation, RegisterClient client, int operations) {
            this.simulation = simulation;
            this.client = client;
            left = operations;
        }

        private void go() {
            if (left-- > 0) {
                int own = ++asked;
                Runnable goOn = () -> {
                    if (asked == own) {
                        go();
                    }
                };
                simulation.after(LIMIT, goOn);
                client.next(goOn);
            }
        }
    }

    @Test
    void the_in_memory_store_explains_all_that_many_threads_are_told() throws InterruptedException {
        int rounds = NIGHTLY ? 500 : 30;
        long operations = 0;
        for (int round = 0; round < rounds; round++) {
            RegisterHistory history = RegisterHistory.exact();
            try (InMemoryRecordStore store = new InMemoryRecordStore(TimeSource.system())) {
                together(store, history, round);
            }
            history.check();
            operations += history.operations();
        }
        System.out.println(
                "stores: in memory, " + rounds * KEYS.size() + " histories of " + operations + " operations");
    }

    private static void together(RecordStore store, RegisterHistory history, int round) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RegisterClient client = new RegisterClient("T" + i, store, history, KEYS, round * 31L + i);
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException end) {
                    return;
                }
                for (int n = 0; n < 200; n++) {
                    client.next(() -> {});
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    // ---- planted

    private abstract static class Around implements RecordStore {
        final RecordStore good;

        Around(RecordStore good) {
            this.good = good;
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            good.commit(batch, then);
        }

        @Override
        public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            good.changes(query, then);
        }

        @Override
        public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
            good.read(keys, then);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            return good.onHint(hint);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    /** Answers a read now and then with what it answered before. */
    private static final class Remembering extends Around {
        private final Map<Set<String>, ReadAnswer> before = new HashMap<>();
        private int reads;

        Remembering(RecordStore good) {
            super(good);
        }

        @Override
        public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
            ReadAnswer old = before.get(keys);
            if (old != null && ++reads % 4 == 0) {
                then.accept(old);
            } else {
                good.read(keys, answer -> {
                    before.put(keys, answer);
                    then.accept(answer);
                });
            }
        }
    }

    /** Takes an unknown outcome for a conflict. */
    private static final class Denying extends Around {
        Denying(RecordStore good) {
            super(good);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            good.commit(
                    batch,
                    answer -> then.accept(
                            answer instanceof StoreTrouble.Unknown ? new CommitAnswer.Conflict(Set.of()) : answer));
        }
    }
}
