package dev.steward.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.internal.AllocatedBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table behind all waits of a feed. */
class WaitIndexTest {
    private final Scene scene = Scene.onOurFeed();
    private final WaitIndex index = (WaitIndex) scene.ours.tap(WaitIndex::new);

    @Test
    void is_the_same_for_all_waits_of_a_feed() {
        scene.forAll("a", "b").toReach("up").open();
        scene.forAll("a").toReach("up").open();

        assertThat(index.size()).isEqualTo(3);
        assertThat(((WaitIndex) Scene.onOurFeed().ours.tap(WaitIndex::new)).size())
                .isZero();
    }

    @Test
    void makes_room_before_the_names_come_and_gives_it_back_when_they_are_gone() {
        String[] names = IntStream.range(0, 1_000).mapToObj(i -> "n" + i).toArray(String[]::new);

        StateWait large = scene.forAll(names).toReach("up").open();
        assertThat(index.capacity()).isEqualTo(2_048);
        StateWait small = scene.forAll("x").toReach("up").open();
        large.close();

        assertThat(index.capacity()).isEqualTo(16);
        scene.enter("x", "up");
        assertThat(small.isSettled()).isTrue();
    }

    /** Against two plain lists, with many waits for few names and few waits for many. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void finds_every_wait_for_a_name_and_no_other_whatever_comes_and_goes(long seed) {
        Random random = new Random(seed);
        List<StateWait> open = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int most = 1 << (2 + random.nextInt(8));
        for (int i = 0; i < 1_000; i++) {
            String name = "n" + random.nextInt(most);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3, 4 -> {
                    open.add(scene.forAll(name).toReach("up", "up").open());
                    names.add(name);
                }
                case 5 -> {
                    if (!open.isEmpty()) {
                        int which = random.nextInt(open.size());
                        open.remove(which).close();
                        names.remove(which);
                    }
                }
                default -> {
                    int before = matchedByOthers(open, names, name);
                    scene.enter(name, "up", "up");
                    assertThat(matchedByOthers(open, names, name)).isEqualTo(before);
                    for (int at = open.size() - 1; at >= 0; at--) {
                        assertThat(open.get(at).isSettled())
                                .isEqualTo(names.get(at).equals(name));
                        if (open.get(at).isSettled()) {
                            open.remove(at);
                            names.remove(at);
                        }
                    }
                }
            }
            assertThat(index.size()).isEqualTo(open.size());
        }
    }

    private static int matchedByOthers(List<StateWait> waits, List<String> names, String name) {
        return IntStream.range(0, waits.size())
                .filter(at -> !names.get(at).equals(name))
                .map(at -> waits.get(at).result().pending().get(0).matched().size())
                .sum();
    }

    @Test
    void allocates_nothing_to_hand_an_event_to_its_waits() throws ReflectiveOperationException {
        int names = 1_000;
        List<StateWait> waits = new ArrayList<>();
        String[] waited = IntStream.range(0, names).mapToObj(i -> "n" + i).toArray(String[]::new);
        String[] states = IntStream.range(0, 400).mapToObj(i -> "up").toArray(String[]::new);
        for (int i = 0; i < 2; i++) {
            waits.add(scene.forAll(waited).toReach(states).open());
        }
        StateEvent[] events = IntStream.range(0, 2 * names)
                .mapToObj(i -> new StateEvent(
                        i + 1, scene.time.now(), StateChange.entered(Scene.NODE, "n" + i, i % 3 == 0 ? "down" : "up")))
                .toArray(StateEvent[]::new);
        for (int i = 0; i < 100; i++) {
            hand(events);
        }
        long allocated = new AllocatedBytes().in(() -> {
            for (int i = 0; i < 99; i++) {
                hand(events);
            }
        });
        for (int i = 100 + 3 * 99; i < 400; i++) {
            hand(events); // to the end of those that match
        }

        System.out.println("waits: " + 99 * events.length + " events handed to 2 waits each, " + allocated + " B");
        assertThat(allocated).isZero();
        assertThat(waits).allMatch(wait -> wait.result().settled().size() == names - (names + 2) / 3);
    }

    private void hand(StateEvent[] events) {
        for (StateEvent event : events) {
            Runnable wakeUp = index.accept(event);
            if (wakeUp != null) {
                wakeUp.run();
            }
        }
    }
}
