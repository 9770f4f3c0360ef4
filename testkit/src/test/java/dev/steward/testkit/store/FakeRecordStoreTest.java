package dev.steward.testkit.store;

import static dev.steward.testkit.store.FakeStoreScene.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.Batch;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may befall a fake store and its clients apart from single calls. */
class FakeRecordStoreTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeStoreScene scene = new FakeStoreScene();

    // ---- time

    @Test
    void takes_the_time_that_it_is_told_to() {
        scene.ground.takes(Duration.ofMillis(200), Duration.ofMillis(200));
        scene.commit(scene.p1, creating("a", "1"));
        scene.hints(scene.p2, "p2");
        scene.run(SECOND);

        assertThat(scene.ground.performed().get(0).at()).isEqualTo(Duration.ofMillis(100));
        assertThat(scene.told).containsExactlyInAnyOrder("200 hint p2", "200 committed 1");
    }

    @Test
    void lets_calls_overtake_each_other() {
        scene.ground.takes(Duration.ZERO, Duration.ofMillis(200));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            scene.p1.commit(new Batch("n" + i, List.of(creating("n/" + i, ""))), answer -> order.add(number));
        }
        scene.run(SECOND);

        assertThat(order).hasSize(20).doesNotHaveDuplicates();
        assertThat(order).isNotEqualTo(order.stream().sorted().toList());
    }

    @Test
    void answers_within_the_call_if_told_to() {
        scene.ground.answersInTheCall();
        scene.hints(scene.p1, "p1");
        scene.commit(scene.p1, creating("a", "1"));
        scene.read(scene.p2, "a");

        assertThat(scene.told).containsExactly("0 hint p1", "0 committed 1", "0 [1] as of 1");
    }

    // ---- sessions and the disk

    @Test
    void is_unavailable_without_a_session_and_unsure_of_what_was_under_way() {
        scene.ground.takes(Duration.ofMillis(100), Duration.ofMillis(100));
        scene.hints(scene.p1, "p1");
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(60);
        scene.p1.loseSession(SECOND);
        scene.commit(scene.p1, creating("b", "1"));
        scene.read(scene.p1, "a");
        scene.commit(scene.p2, creating("c", "1"));
        scene.runMillis(1_000);
        scene.read(scene.p1, "a");
        scene.run(SECOND);

        assertThat(scene.told)
                .containsExactly(
                        "60 unavailable",
                        "60 unavailable",
                        "100 hint p1",
                        "100 unknown",
                        "160 committed 2",
                        "1160 [1] as of 2");
        assertThat(scene.records()).containsExactly("a=1", "c=1");
    }

    @Test
    void loses_its_session_by_plan_and_gets_it_back() {
        scene.ground.outage(Duration.ofSeconds(4)).faults().on("store.session.lost", 2);
        scene.commit(scene.p1, creating("a", "1"));
        scene.commit(scene.p1, creating("b", "1"));
        scene.run(Duration.ofSeconds(4));
        scene.commit(scene.p1, creating("c", "1"));
        scene.runMillis(1);
        assertThat(scene.told).containsExactlyInAnyOrder("0 unavailable", "0 unknown", "4000 committed 2");

        scene.p1.loseSession(Duration.ofDays(1));
        scene.p1.endSessionLoss();
        scene.commit(scene.p1, creating("d", "1"));
        scene.runMillis(1);
        assertThat(scene.told).endsWith("4001 committed 3");
    }

    @Test
    void reads_but_does_not_write_with_a_full_disk() {
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(1);
        scene.ground.diskFull(true);
        scene.commit(scene.p1, creating("b", "1"));
        scene.read(scene.p1, "a");
        scene.runMillis(1);
        scene.ground.diskFull(false);
        scene.commit(scene.p1, creating("b", "1"));
        scene.runMillis(1);

        assertThat(scene.told).containsExactly("0 committed 1", "1 unavailable", "1 [1] as of 1", "2 committed 2");
    }

    @Test
    void keeps_the_disk_busy_as_long_as_it_is_told_to() {
        scene.ground.fsync(Duration.ofMillis(300)).faults().on(FakeStoreTrouble.SLOW.commitPoint(), 1, 2);
        scene.commit(scene.p1, creating("a", "1"));
        scene.commit(scene.p2, creating("b", "1"));
        scene.run(SECOND);

        assertThat(scene.told).containsExactly("300 committed 1", "600 committed 2");
    }

    // ---- hints

    @Test
    void hints_go_astray_by_plan() {
        scene.hints(scene.p1, "p1");
        scene.ground
                .lag(Duration.ofSeconds(20))
                .faults()
                .on("store.hint.lost", 1)
                .on("store.hint.late", 1);
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(1);
        assertThat(scene.told).containsExactly("0 committed 1");

        scene.commit(scene.p1, creating("b", "1"));
        scene.runMillis(1);
        assertThat(scene.told).containsExactly("0 committed 1", "1 committed 2");
        scene.run(Duration.ofSeconds(20));
        assertThat(scene.told).hasSize(3);
        assertThat(scene.told.get(2)).endsWith("hint p1");
    }

    @Test
    void hints_for_nothing_by_plan_and_by_hand() {
        scene.hints(scene.p1, "p1");
        scene.ground.faults().on("store.hint.idle", 1);
        scene.read(scene.p1, "a");
        scene.run(Duration.ofSeconds(30));
        assertThat(scene.told).hasSize(2).element(1).asString().endsWith("hint p1");

        scene.p1.hintIdly();
        assertThat(scene.told).endsWith("30000 hint p1");
    }

    // ---- ends

    @Test
    void does_what_a_crashed_process_has_sent_and_tells_it_nothing() {
        scene.hints(scene.p1, "p1");
        scene.commit(scene.p1, creating("a", "1"));
        scene.read(scene.p1, "a");
        scene.p1.crash();
        scene.commit(scene.p1, creating("b", "1"));
        scene.run(SECOND);

        assertThat(scene.told).isEmpty();
        assertThat(scene.records()).containsExactly("a=1");
    }

    @Test
    void tells_each_step_of_each_call_so_that_a_process_may_die_there() {
        List<String> steps = new ArrayList<>();
        scene.p1.watch(steps::add);
        scene.commit(scene.p1, creating("a", "1"));
        scene.read(scene.p1, "a");
        scene.runMillis(1);

        assertThat(steps)
                .containsExactly(
                        "commit b1 asked",
                        "commit b1 sent",
                        "read asked",
                        "read sent",
                        "commit b1 done",
                        "read done",
                        "commit b1 answered",
                        "commit b1 told",
                        "read answered",
                        "read told");
    }

    @Test
    void is_done_or_not_when_a_process_dies_at_a_step() {
        List<String> done = new ArrayList<>();
        for (String last : List.of("asked", "sent", "done", "answered", "told")) {
            FakeStoreScene own = new FakeStoreScene();
            own.p1.watch(step -> {
                if (step.endsWith(last)) {
                    own.p1.crash();
                }
            });
            own.commit(own.p1, creating("a", "1"));
            own.run(SECOND);
            done.add(last + " " + own.records() + " " + own.told);
        }

        assertThat(done)
                .containsExactly(
                        "asked [] []",
                        "sent [a=1] []",
                        "done [a=1] []",
                        "answered [a=1] []",
                        "told [a=1] [0 committed 1]");
    }

    @Test
    void sends_nothing_when_a_step_throws_before() {
        scene.p1.watch(step -> {
            throw new IllegalStateException("dies at " + step);
        });

        assertThatThrownBy(() -> scene.commit(scene.p1, creating("a", "1"))).hasMessage("dies at commit b1 asked");
        scene.runMillis(1);
        assertThat(scene.records()).isEmpty();
    }

    // ---- the whole

    @Test
    void does_the_same_for_the_same_seed() {
        assertThat(hash(7)).isEqualTo(hash(7)).isNotEqualTo(hash(8));
    }

    private static long hash(long seed) {
        Simulation simulation = new Simulation(seed);
        FakeStoreGround ground = new FakeStoreGround(simulation)
                .takes(Duration.ofMillis(1), SECOND)
                .showsWithin(SECOND);
        ground.faults().anywhere(0.5, 0.1);
        for (int i = 0; i < 100; i++) {
            String key = "a/" + i;
            ground.client("p" + i % 3)
                    .commit(new Batch("b" + i, List.of(creating(key, ""))), answer -> simulation.note(key + answer));
        }
        simulation.run(Duration.ofSeconds(60));
        return simulation.traceHash();
    }
}
