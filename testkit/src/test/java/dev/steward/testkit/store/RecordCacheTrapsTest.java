package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ways in which followers of a store have gone wrong before; each stays shut. */
class RecordCacheTrapsTest {
    private static final Duration LATENCY = Duration.ofMillis(100);

    private final Simulation simulation = new Simulation(1);
    private final FakeStoreGround ground = new FakeStoreGround(simulation);
    private final RecordStore others = ground.client("others");
    private final FakeRecordStore client = ground.client("ours");
    private int batches;

    /** A loop that does nothing but follow. */
    private final class Following implements ControlLoop {
        final RecordCache cache;
        int passes;

        Following(int pageSize) {
            cache = new RecordCache(
                    client,
                    Set.of("a/"),
                    simulation.time(),
                    RecordCache.Options.defaults().withPageSize(pageSize).withPeriod(Duration.ofHours(2)));
            simulation.add(this);
        }

        @Override
        public String name() {
            return "following";
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            cache.wakes(this, wakeUp);
        }

        @Override
        public Step manageOnce() {
            passes++;
            cache.poll();
            return cache.next();
        }
    }

    private void create(String key) {
        commit(new Stage().create(key, RecordValue.utf8("x")));
    }

    private void put(String key) {
        commit(new Stage().put(record(key), RecordValue.utf8("y" + batches)));
    }

    private Versioned record(String key) {
        return ground.records().get(key);
    }

    private void commit(Stage stage) {
        long before = ground.revision();
        others.commit(stage.toBatch("other" + ++batches), answer -> {});
        simulation.runUntil(() -> ground.revision() > before, Duration.ofSeconds(5));
    }

    private void run(Duration length) {
        simulation.run(length);
    }

    @Test
    void a_look_without_an_answer_is_taken_again_after_its_limit_though_nothing_wakes_the_process() {
        simulation.faults().chance("store.hint.lost", 1);
        create("a/1");
        client.nextLooks(FakeStoreTrouble.NO_ANSWER);
        Following following = new Following(10);

        run(Duration.ofMillis(3_200));

        assertThat(following.cache.isLoaded()).isTrue();
        assertThat(following.passes).isLessThan(10);
    }

    @Test
    void a_load_of_many_pages_ends_though_deletions_have_been_forgotten() {
        for (int i = 0; i < 20; i++) {
            create("a/" + i);
        }
        commit(new Stage().delete(record("a/7")).delete(record("a/8")));
        ground.forgetDeletions();
        ground.takes(LATENCY, LATENCY);
        Following following = new Following(1);
        run(Duration.ofSeconds(1));
        commit(new Stage().delete(record("a/9")));
        ground.forgetDeletions();

        run(Duration.ofSeconds(6));

        assertThat(following.cache.isLoaded()).isTrue();
        assertThat(following.cache.size()).isEqualTo(17);
    }

    @Test
    void pages_of_a_view_that_goes_back_neither_lose_nor_bring_back_anything() {
        for (int i = 0; i < 10; i++) {
            create("a/" + i);
        }
        run(Duration.ofSeconds(2));
        commit(new Stage().delete(record("a/5")).delete(record("a/6")));
        put("a/8");
        ground.takes(LATENCY, LATENCY);
        Following following = new Following(1);
        run(LATENCY.multipliedBy(3));
        client.jumpBack(Duration.ofSeconds(1), Duration.ofSeconds(2));

        run(Duration.ofSeconds(15));

        assertThat(following.cache.isLoaded()).isTrue();
        assertThat(following.cache.size()).isEqualTo(ground.records().size()).isEqualTo(8);
        ground.records()
                .forEach((key, record) -> assertThat(following.cache.get(key)).contains(record));
    }

    @Test
    void a_busy_neighbour_that_it_does_not_follow_does_not_keep_a_load_from_its_end() {
        for (int i = 0; i < 10; i++) {
            create("a/" + i);
        }
        create("lease/1");
        Following following = new Following(1);
        ground.takes(LATENCY, LATENCY);
        RecordStore fast = ground.client("fast");
        for (int i = 1; i <= 500; i++) {
            int n = i;
            simulation.after(
                    Duration.ofMillis(10L * i),
                    () -> fast.commit(
                            new Stage()
                                    .put(record("lease/1"), RecordValue.utf8("beat" + n))
                                    .toBatch("beat" + n),
                            answer -> {}));
        }

        run(Duration.ofSeconds(3));

        assertThat(ground.revision()).isGreaterThan(20);
        assertThat(following.cache.isLoaded()).isTrue();
        assertThat(following.cache.size()).isEqualTo(10);
    }

    @Test
    void a_commit_that_deletes_many_is_followed_whole_and_forgotten_after_an_hour() {
        Stage many = new Stage();
        for (int i = 0; i < 50; i++) {
            many.create("a/" + i, RecordValue.utf8("x"));
        }
        commit(many);
        Following following = new Following(10);
        run(Duration.ofSeconds(1));
        assertThat(following.cache.size()).isEqualTo(50);
        Stage none = new Stage();
        ground.records().values().forEach(none::delete);
        commit(none);
        run(Duration.ofSeconds(1));

        assertThat(following.cache.size()).isZero();
        assertThat(following.cache.rememberedDeletions()).isEqualTo(50);
        run(Duration.ofHours(2));
        assertThat(following.cache.rememberedDeletions()).isZero();
    }

    @Test
    void a_look_in_flight_wakes_nobody_until_it_is_answered() {
        ground.takes(Duration.ofSeconds(2), Duration.ofSeconds(2));
        Following following = new Following(10);
        run(Duration.ofMillis(1_900));

        assertThat(following.passes).isLessThanOrEqualTo(2);
    }
}
