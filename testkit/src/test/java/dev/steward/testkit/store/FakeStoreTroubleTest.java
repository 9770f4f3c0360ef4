package dev.steward.testkit.store;

import static dev.steward.testkit.store.FakeStoreScene.creating;
import static dev.steward.testkit.store.FakeStoreScene.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.Cursor;
import dev.steward.testkit.FakeStoreTrouble;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may go wrong with a call of the fake store does go wrong, and nothing else. */
class FakeStoreTroubleTest {
    private final FakeStoreScene scene = new FakeStoreScene();

    /** What is told of a commit that meets this, and what stands at the ground once all is over. */
    private List<String> commitMeets(FakeStoreTrouble trouble) {
        scene.p1.next(trouble);
        scene.commit(scene.p1, creating("a", "1"));
        scene.run(Duration.ofSeconds(30));
        return scene.records();
    }

    @Test
    void tells_of_a_conflict_where_there_is_none() {
        assertThat(commitMeets(FakeStoreTrouble.CONFLICT)).isEmpty();
        assertThat(scene.told).containsExactly("0 conflict [a]");
    }

    @Test
    void refuses() {
        assertThat(commitMeets(FakeStoreTrouble.REFUSED)).isEmpty();
        assertThat(scene.told).containsExactly("0 refused");
    }

    @Test
    void is_unavailable() {
        assertThat(commitMeets(FakeStoreTrouble.UNAVAILABLE)).isEmpty();
        assertThat(scene.told).containsExactly("0 unavailable");
    }

    @Test
    void does_it_and_says_that_this_is_unknown() {
        assertThat(commitMeets(FakeStoreTrouble.UNKNOWN)).containsExactly("a=1");
        assertThat(scene.told).containsExactly("0 unknown");
    }

    @Test
    void does_it_not_and_says_that_this_is_unknown() {
        assertThat(commitMeets(FakeStoreTrouble.UNKNOWN_NOT_DONE)).isEmpty();
        assertThat(scene.told).containsExactly("0 unknown");
    }

    @Test
    void does_it_and_loses_the_answer() {
        assertThat(commitMeets(FakeStoreTrouble.NO_ANSWER)).containsExactly("a=1");
        assertThat(scene.told).isEmpty();
    }

    @Test
    void loses_the_request() {
        assertThat(commitMeets(FakeStoreTrouble.SWALLOWED)).isEmpty();
        assertThat(scene.told).isEmpty();
    }

    @Test
    void does_it_long_after_it_was_given_up() {
        scene.ground.lag(Duration.ofSeconds(25));
        scene.p1.next(FakeStoreTrouble.LATER);
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(10);
        assertThat(scene.records()).isEmpty();

        scene.run(Duration.ofSeconds(25));

        assertThat(scene.records()).containsExactly("a=1");
        assertThat(scene.told).isEmpty();
        assertThat(scene.ground.performed().get(0).at()).isBetween(Duration.ofMillis(10), Duration.ofSeconds(25));
    }

    @Test
    void does_late_only_what_is_still_expected() {
        scene.p1.next(FakeStoreTrouble.LATER);
        scene.commit(scene.p1, creating("a", "late"));
        scene.commit(scene.p1, creating("a", "first"));

        scene.run(Duration.ofSeconds(30));

        assertThat(scene.records()).containsExactly("a=first");
        assertThat(scene.told).containsExactly("0 committed 1");
    }

    @Test
    void makes_everybody_wait_for_a_slow_disk() {
        scene.p1.next(FakeStoreTrouble.SLOW);
        scene.commit(scene.p1, creating("a", "1"));
        scene.runMillis(500);
        scene.commit(scene.p2, creating("b", "1"));
        scene.read(scene.p2, "a");

        scene.run(Duration.ofSeconds(5));

        assertThat(scene.told).containsExactly("500 [] as of 0", "2000 committed 1", "2000 committed 2");
    }

    @Test
    void answers_twice() {
        assertThat(commitMeets(FakeStoreTrouble.TWICE)).containsExactly("a=1");
        assertThat(scene.told).hasSize(2).allMatch(answer -> answer.endsWith(" committed 1"));
        assertThat(scene.ground.performed()).hasSize(1);
    }

    @Test
    void looks_meet_the_same_as_far_as_they_can() {
        for (FakeStoreTrouble trouble : FakeStoreTrouble.values()) {
            if (trouble.befallsLooks()) {
                scene.p1.nextLooks(trouble);
                scene.read(scene.p1, "a");
                scene.run(Duration.ofSeconds(30));
                scene.told.add(trouble.toString());
            } else {
                assertThatThrownBy(() -> scene.p1.nextLooks(trouble))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(trouble.toString());
            }
        }

        assertThat(scene.told)
                .map(line -> line.replaceFirst("^\\d+ ", ""))
                .containsExactly(
                        "refused",
                        "REFUSED",
                        "unavailable",
                        "UNAVAILABLE",
                        "unknown",
                        "UNKNOWN",
                        "NO_ANSWER",
                        "[] as of 0",
                        "SLOW",
                        "[] as of 0",
                        "[] as of 0",
                        "TWICE");
    }

    @Test
    void goes_wrong_at_the_write_that_the_plan_says() {
        scene.ground.faults().on(FakeStoreTrouble.CONFLICT.commitPoint(), 3);
        for (int i = 1; i <= 4; i++) {
            scene.commit(i % 2 == 0 ? scene.p1 : scene.p2, creating("a/" + i, ""));
            scene.runMillis(1);
        }

        assertThat(scene.told).containsExactly("0 committed 1", "1 committed 2", "2 conflict [a/3]", "3 committed 3");
    }

    @Test
    void looks_go_wrong_by_plan_too() {
        scene.ground.faults().on(FakeStoreTrouble.UNAVAILABLE.lookPoint(), 2);
        scene.read(scene.p1, "a");
        scene.changes(scene.p1, Cursor.START);
        scene.read(scene.p1, "a");
        scene.runMillis(1);

        assertThat(scene.told).containsExactly("0 [] as of 0", "0 unavailable", "0 [] as of 0");
    }

    @Test
    void goes_wrong_until_all_is_well_again() {
        scene.p1.always(FakeStoreTrouble.UNAVAILABLE).next(FakeStoreTrouble.REFUSED);
        scene.commit(scene.p1, creating("a", "1"));
        scene.commit(scene.p1, creating("a", "1"));
        scene.commit(scene.p1, creating("a", "1"));
        scene.p1.well();
        scene.commit(scene.p1, creating("a", "1"));
        scene.commit(scene.p1, putting("a", 1, "2"));
        scene.runMillis(1);

        assertThat(scene.told)
                .containsExactly("0 refused", "0 unavailable", "0 unavailable", "0 committed 1", "0 committed 2");
    }
}
