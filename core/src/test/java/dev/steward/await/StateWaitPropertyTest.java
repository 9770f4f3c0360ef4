package dev.steward.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.NameResult.Outcome;
import dev.steward.await.Walk.Act;
import dev.steward.await.Walk.Expected;
import dev.steward.await.Walk.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The invariants of waits over seeded histories, against a slow matcher. */
class StateWaitPropertyTest {
    private static final int SEEDS = 20_000;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    /**
     * I25: each name ends exactly once. I26: as the slow matcher says. I27: neither before its last event nor later than it. I28:
     * what is cancelled is told no more.
     */
    @Test
    void ends_every_name_once_as_and_when_the_slow_matcher_says() {
        LongStream.range(0, SEEDS).forEach(seed -> {
            Walk walk = Walk.of(seed);
            Map<String, Expected> expected = walk.expected();
            Scene scene = Scene.onOurFeed();
            List<NameResult> told = new ArrayList<>();
            StateWait wait = walk.builder(scene).onProgress(told::add).open();
            int[] completions = new int[1];
            var after = wait.future().thenAccept(result -> completions[0]++);

            Duration now = Duration.ZERO;
            for (int i = 0; i < walk.acts().size(); i++) {
                Act act = walk.acts().get(i);
                scene.pass(act.at().minus(now));
                now = act.at();
                walk.play(act, scene, wait);
                assertEnded(walk, wait.result(), expected, i);
            }
            wait.close();

            assertThat(wait.result().settled())
                    .as("seed %s", seed)
                    .hasSize(walk.names().size());
            assertThat(completions[0]).as("seed %s: completions", seed).isEqualTo(1);
            assertThat(after).isCompleted();
            assertTold(walk, told, wait.result().settled());
            assertThat(((WaitIndex) scene.ours.tap(WaitIndex::new)).size()).isZero();
            expected.values().forEach(end -> outcomes.merge(end.outcome(), 1, Integer::sum));
        });
        System.out.println("waits: " + SEEDS + " seeds, names ended as the slow matcher says " + outcomes);
        assertThat(outcomes)
                .hasSize(5)
                .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(SEEDS / 100));
    }

    /** After act {@code i} exactly those names have ended that are to; a time-out may wait until somebody looks. */
    private static void assertEnded(Walk walk, WaitResult result, Map<String, Expected> expected, int i) {
        for (String name : walk.names()) {
            Expected end = expected.get(name);
            NameResult now = result.find(Scene.NODE, name).orElseThrow();
            boolean over = end.act() >= 0 && end.act() <= i;
            if (over
                    && end.outcome() == Outcome.TIMED_OUT
                    && !looks(walk.acts().get(i).verb())) {
                assertThat(now.outcome())
                        .as("seed %s act %s %s", walk.seed(), i, now)
                        .isIn(Outcome.TIMED_OUT, Outcome.PENDING);
            } else {
                assertThat(now.outcome())
                        .as("seed %s act %s %s", walk.seed(), i, now)
                        .isEqualTo(over ? end.outcome() : Outcome.PENDING);
            }
            if (over) {
                assertThat(now.matched()).as("seed %s act %s", walk.seed(), i).hasSize(end.matched());
            }
        }
    }

    private static boolean looks(Verb verb) {
        return verb == Verb.PASS || verb == Verb.CANCEL || verb == Verb.CLOSE;
    }

    private static void assertTold(Walk walk, List<NameResult> told, List<NameResult> settled) {
        List<NameResult> ends =
                told.stream().filter(news -> news.outcome() != Outcome.PENDING).toList();
        assertThat(ends)
                .as("seed %s: told", walk.seed())
                .isEqualTo(settled.stream()
                        .filter(end -> end.outcome() != Outcome.CANCELLED)
                        .toList());
        Map<String, Integer> steps = new HashMap<>();
        for (NameResult news : told) {
            Integer before = steps.put(news.name(), news.matched().size());
            boolean moved = before == null || news.matched().size() > before;
            assertThat(moved || news.outcome() != Outcome.PENDING)
                    .as("seed %s: %s told again", walk.seed(), news)
                    .isTrue();
        }
    }

    /** The same histories through an ordinary cursor, read once at the end of each second before the limits are looked at. */
    @Test
    void ends_every_name_in_the_same_way_on_a_foreign_feed_that_is_read_after_each_event() {
        LongStream.range(0, SEEDS / 4).forEach(seed -> {
            Walk walk = Walk.of(seed);
            Scene scene = Scene.onForeignFeed();
            StateWait wait = walk.builder(scene).open();

            Duration now = Duration.ZERO;
            for (Act act : walk.acts()) {
                scene.pass(act.at().minus(now));
                now = act.at();
                wait.poll(); // a limit that is over is seen before the event
                walk.play(act, scene, wait);
                wait.poll();
            }

            walk.expected()
                    .forEach((name, end) -> assertThat(
                                    wait.result().find(Scene.NODE, name).orElseThrow())
                            .as("seed %s", seed)
                            .satisfies(result -> {
                                assertThat(result.outcome()).isEqualTo(end.outcome());
                                assertThat(result.matched()).hasSize(end.matched());
                            }));
        });
        System.out.println("waits on a foreign feed: " + SEEDS / 4 + " seeds as the slow matcher says");
    }

    /** I29: events of different names may be exchanged, and each name ends as before. */
    @Test
    void ends_each_name_the_same_however_the_events_of_different_names_are_ordered() {
        int[] exchanged = new int[1];
        LongStream.range(0, SEEDS / 4).forEach(seed -> {
            Walk walk = Walk.of(seed);
            List<Act> events = walk.acts().stream()
                    .filter(act -> act.verb() != Verb.PASS && act.verb() != Verb.CANCEL && act.verb() != Verb.CLOSE)
                    .toList();
            List<Act> other = new ArrayList<>(events);
            Random random = new Random(~seed);
            other.sort(Comparator.comparing(Act::name)); // stable: each name keeps its order
            interleave(other, random);
            exchanged[0] += other.equals(events) ? 0 : 1;

            assertThat(outcomes(walk, other)).as("seed %s", seed).isEqualTo(outcomes(walk, events));
        });
        System.out.println("waits: " + exchanged[0] + " histories with the events of different names exchanged");
        assertThat(exchanged[0]).isGreaterThan(SEEDS / 8);
    }

    /** Exchanges neighbours of different names at random. */
    private static void interleave(List<Act> acts, Random random) {
        for (int i = 0; i < acts.size() * 4; i++) {
            int at = acts.size() < 2 ? 0 : random.nextInt(acts.size() - 1);
            if (acts.size() > 1 && !acts.get(at).name().equals(acts.get(at + 1).name())) {
                Act first = acts.get(at);
                acts.set(at, acts.get(at + 1));
                acts.set(at + 1, first);
            }
        }
    }

    /** Without the times, which the exchange would change. */
    private static Map<String, List<Object>> outcomes(Walk walk, List<Act> acts) {
        Scene scene = Scene.onOurFeed();
        StateWait wait = walk.builder(scene).open();
        acts.forEach(act -> walk.play(act, scene, wait));
        Map<String, List<Object>> ends = new HashMap<>();
        for (String name : walk.names()) {
            NameResult result = wait.result().find(Scene.NODE, name).orElseThrow();
            ends.put(name, List.of(result.outcome(), result.matched()));
        }
        return ends;
    }
}
