package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.DOWN;
import static dev.steward.instance.RunState.FAILED;
import static dev.steward.instance.RunState.UP;
import static dev.steward.testkit.FakeStoreTrouble.UNAVAILABLE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.HostManager;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeRecordStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of instances, when others write, the store is closed, or lags. */
class HostMemoryOthersTest extends MemoryScene {
    @Test
    void survives_a_second_manager_of_the_same_host() {
        start();
        HostManager first = manager();
        begin(ground.client("second"));
        run(ofMillis(10));

        down("a");
        var unused = first.update(List.of(TargetRequest.up("a"), TargetRequest.down("b")), false);
        run(ofSeconds(30));
        int before = commits();
        run(ofMinutes(10));

        assertThat(commits()).as("they do not fight").isEqualTo(before);
        assertThat(manager().notYetKept()).isZero();
        assertThat(first.notYetKept()).isZero();
    }

    // ---- the store throws, is closed, is not there

    @ParameterizedTest
    @ValueSource(strings = {"commit", "changes"})
    void survives_a_store_that_throws(String call) {
        configure(FRAGILE, B);
        boolean[] well = {false};
        RecordStore good = ground.client("manager");
        begin(memory(new PassingStore(good) {
            @Override
            public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
                check("commit");
                good.commit(batch, then);
            }

            @Override
            public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
                check("changes");
                good.changes(query, then);
            }

            private void check(String what) {
                if (what.equals(call) && !well[0]) {
                    throw new IllegalStateException("broken");
                }
            }
        }));
        run(ofSeconds(6));
        assertThat(instance("b").state()).isEqualTo(UP);
        down("b");
        failures(3);
        run(ofSeconds(20));
        assertThat(instance("b").state()).isEqualTo(DOWN);
        assertThat(instance("a").state()).isEqualTo(FAILED);
        assertThat(notifications()).anyMatch(text -> text.contains("broken"));

        well[0] = true;
        run(ofSeconds(20));

        assertThat(manager().notYetKept()).isZero();
        assertThat(notifications()).noneMatch(text -> text.contains("broken"));
        assertThat(ground.records()).hasSize(2);
    }

    @Test
    void survives_a_store_that_is_closed() {
        start();
        client().close();
        down("a");
        run(ofSeconds(20));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(notifications()).contains("the store cannot be read: fake: the store is closed");
    }

    @Test
    void lives_in_a_store_of_its_process_too() {
        InMemoryRecordStore store = new InMemoryRecordStore(simulation.time());
        begin(memory(store));
        run(ofMillis(10));
        down("a");
        run(ofSeconds(20));
        kill();

        begin(memory(store));
        run(ofMillis(10));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        manager().close();
        store.close();
    }

    // ---- a store that lags

    @Test
    void follows_what_a_lagging_store_shows_only_after_the_first_read() {
        configure(FRAGILE, B);
        start();
        failures(2);
        down("b");
        run(ofSeconds(20));
        kill();
        FakeRecordStore behind = ground.client("behind");
        behind.jumpBack(ofMinutes(1), ofSeconds(3));
        begin(behind);
        run(ofSeconds(2));
        assertThat(instance("b").targetState()).isEqualTo(TargetState.UP);

        run(ofSeconds(18));
        assertThat(instance("b").state()).isEqualTo(DOWN);
        failures(1);

        assertThat(instance("a").state()).isEqualTo(FAILED);
        assertThat(manager().notYetKept()).isZero();
    }

    @Test
    void follows_it_no_more_where_somebody_has_asked_meanwhile() {
        start();
        down("a");
        down("b");
        run(ofSeconds(20));
        kill();
        FakeRecordStore behind = ground.client("behind");
        behind.jumpBack(ofMinutes(1), ofSeconds(3));
        begin(behind);
        run(ofSeconds(1));

        up("a");
        run(ofSeconds(20));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(instance("b").state()).isEqualTo(DOWN);
        assertThat(manager().notYetKept()).isZero();
        restart();
        assertThat(instance("a").state()).isEqualTo(UP);
    }

    // ---- crashes

    @ParameterizedTest
    @ValueSource(strings = {"asked", "sent", "done", "answered", "told"})
    void converges_after_a_crash_at_each_step_of_a_commit(String step) {
        configure(FRAGILE, B);
        start();
        boolean[] crashed = {false};
        FakeRecordStore watched = client();
        watched.watch(what -> {
            if (what.startsWith("commit") && what.endsWith(step) && !crashed[0]) {
                crashed[0] = true;
                watched.crash();
            }
        });
        down("b");
        run(ofMillis(10));
        assertThat(crashed[0]).isTrue();

        restart();
        boolean kept = instance("b").targetState() == TargetState.DOWN;
        run(ofMinutes(1));

        assertThat(kept).isEqualTo(!step.equals("asked"));
        assertThat(instance("b").state()).isEqualTo(kept ? DOWN : UP);
        assertThat(host.running("b")).isEqualTo(kept ? 0 : 1);
        assertThat(manager().notYetKept()).isZero();
    }

    @Test
    void writes_nothing_after_it_was_closed() {
        start();
        client().next(UNAVAILABLE);
        down("a");
        run(ofMillis(10));
        manager().close();
        simulation.kill(manager());

        run(ofMinutes(1));

        assertThat(ground.records()).isEmpty();
    }
}
