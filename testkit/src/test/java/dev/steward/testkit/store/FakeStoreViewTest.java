package dev.steward.testkit.store;

import static dev.steward.testkit.store.FakeStoreScene.creating;
import static dev.steward.testkit.store.FakeStoreScene.deleting;
import static dev.steward.testkit.store.FakeStoreScene.putting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client of the fake store sees what others have committed late, or not any more, and forgotten deletions not at all. */
class FakeStoreViewTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeStoreScene scene = new FakeStoreScene();

    /** Writes record a anew each second, three times: revisions 1 at 0 s to 3 at 2 s; it is 3 s then. */
    private void writeThreeTimes() {
        scene.commit(scene.p1, creating("a", "1"));
        scene.run(SECOND);
        scene.commit(scene.p1, putting("a", 1, "2"));
        scene.run(SECOND);
        scene.commit(scene.p1, putting("a", 2, "3"));
        scene.run(SECOND);
        scene.told.clear();
    }

    @Test
    void shows_others_late_but_itself_at_once() {
        scene.ground.showsWithin(Duration.ofSeconds(10));
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(1);
        scene.read(scene.p1, "a");
        scene.read(scene.p2, "a");
        scene.runMillis(1);
        assertThat(scene.told).containsExactly("0 committed 1", "1 [1] as of 1", "1 [] as of 0");

        scene.run(Duration.ofSeconds(10));
        scene.read(scene.p2, "a");
        scene.runMillis(1);
        assertThat(scene.told).endsWith("10002 [1] as of 1");
    }

    @Test
    void never_shows_less_than_before_while_it_only_lags() {
        scene.ground.showsWithin(Duration.ofSeconds(3));
        List<String> seen = new ArrayList<>();
        long last = 0;
        for (int i = 1; i <= 40; i++) {
            scene.commit(scene.p1, last == 0 ? creating("a", "x") : putting("a", last, "x"));
            last++;
            scene.told.clear();
            scene.read(scene.p2, "b");
            scene.runMillis(300);
            seen.addAll(
                    scene.told.stream().filter(line -> line.contains("as of")).toList());
        }

        List<Integer> revisions = seen.stream()
                .map(line -> Integer.parseInt(line.replaceFirst(".*as of ", "")))
                .toList();
        assertThat(revisions).hasSize(40).isSorted();
        assertThat(revisions.get(39)).isLessThan(40);
    }

    @Test
    void jumps_back_for_a_while_but_not_behind_its_own_commits() {
        writeThreeTimes();
        scene.p2.jumpBack(Duration.ofMillis(1_500), Duration.ofSeconds(2));
        scene.p1.jumpBack(Duration.ofMillis(1_500), Duration.ofSeconds(2));
        scene.read(scene.p2, "a");
        scene.read(scene.p1, "a");
        scene.changes(scene.p2, Cursor.START);
        scene.changes(scene.p2, Cursor.at(3));
        scene.run(Duration.ofSeconds(2));
        scene.read(scene.p2, "a");
        scene.runMillis(1);

        assertThat(scene.told)
                .containsExactly(
                        "3000 [2] as of 2",
                        "3000 [3] as of 3",
                        "3000 [a@2] as of 2, reset",
                        "3000 [] as of 2",
                        "5000 [3] as of 3");
    }

    @Test
    void jumps_back_by_plan() {
        writeThreeTimes();
        scene.ground.staleness(Duration.ofSeconds(60)).faults().on("store.view.back", 1);
        scene.read(scene.p2, "a");
        scene.runMillis(1);

        assertThat(scene.told).hasSize(1).doesNotContain("3000 [3] as of 3");
    }

    @Test
    void begins_anew_from_an_old_view_by_plan() {
        writeThreeTimes();
        scene.ground.faults().on("store.view.reset", 1);
        scene.p2.jumpBack(Duration.ofMillis(1_500), Duration.ofSeconds(2));
        scene.changes(scene.p2, Cursor.at(3));
        scene.runMillis(1);

        assertThat(scene.told).containsExactly("3000 [a@2] as of 2, reset");
    }

    @Test
    void forgets_its_own_commits_only_if_told_to() {
        writeThreeTimes();
        scene.ground.forgetsOwnWrites(true);
        scene.p1.jumpBack(Duration.ofMillis(1_500), Duration.ofSeconds(2));
        scene.read(scene.p1, "a");
        scene.runMillis(1);

        assertThat(scene.told).containsExactly("3000 [2] as of 2");
    }

    // ---- deletions

    private void deleteAndFollow() {
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(1);
        scene.commit(scene.p1, deleting("a", 1));
        scene.runMillis(1);
        scene.told.clear();
    }

    @Test
    void forgets_deletions_when_told_to_and_after_an_hour() {
        deleteAndFollow();
        scene.changes(scene.p2, Cursor.at(1));
        scene.run(Duration.ofMinutes(59));
        scene.changes(scene.p2, Cursor.at(1));
        scene.run(Duration.ofMinutes(1));
        scene.changes(scene.p2, Cursor.at(1));
        scene.runMillis(1);
        assertThat(scene.told).containsExactly("2 [a@2] as of 2", "3540002 [a@2] as of 2", "3600002 [] as of 2, reset");

        scene.commit(scene.p1, creating("b", "1"));
        scene.runMillis(1);
        scene.commit(scene.p1, deleting("b", 3));
        scene.runMillis(1);
        scene.ground.forgetDeletions();
        scene.changes(scene.p2, Cursor.at(3));
        scene.changes(scene.p2, Cursor.at(4));
        scene.runMillis(1);
        assertThat(scene.told).endsWith("3600005 [] as of 4, reset", "3600005 [] as of 4");
    }

    @Test
    void forgets_deletions_by_plan() {
        deleteAndFollow();
        scene.ground.faults().on("store.purge", 1);
        scene.commit(scene.p1, creating("b", "1"));
        scene.runMillis(1);
        scene.changes(scene.p2, Cursor.at(1));
        scene.runMillis(1);

        assertThat(scene.told).endsWith("3 [b@3] as of 3, reset");
    }
}
