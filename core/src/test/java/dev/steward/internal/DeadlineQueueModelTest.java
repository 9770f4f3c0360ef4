package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Property: whatever is done to it, the queue answers as a sorted map would that knows no wrap of the clock. */
class DeadlineQueueModelTest {
    private static final int SEEDS = 300;
    private static final int OPERATIONS = 5_000;

    private record Arming(long at, long number) {}

    /** The truth: deadlines count from 0, where the clock of the queue stands at {@code origin}. */
    private static final class Model {
        private final TreeMap<Arming, Integer> order =
                new TreeMap<>(Comparator.comparingLong(Arming::at).thenComparingLong(Arming::number));
        private final Map<Integer, Arming> armed = new HashMap<>();
        private long number;

        private void schedule(int slot, long at) {
            cancel(slot);
            Arming arming = new Arming(at, number++);
            armed.put(slot, arming);
            order.put(arming, slot);
        }

        private boolean cancel(int slot) {
            Arming before = armed.remove(slot);
            return before != null && order.remove(before) != null;
        }

        private List<Integer> drain(long now) {
            List<Integer> due = new ArrayList<>();
            while (!order.isEmpty() && order.firstKey().at() <= now) {
                int slot = order.pollFirstEntry().getValue();
                armed.remove(slot);
                due.add(slot);
            }
            return due;
        }
    }

    @Test
    void answers_as_a_sorted_map_does_across_the_wrap_of_the_clock() {
        long drained = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            drained += walk(new Random(seed), seed);
        }
        System.out.println("deadline queue against a sorted map: " + SEEDS + " seeds of " + OPERATIONS + " operations, "
                + drained + " drained");
        assertThat(drained).isGreaterThan(SEEDS * 500L);
    }

    private static long walk(Random random, int seed) {
        long span = 1L << (2 + random.nextInt(30)); // small spans make many equal deadlines
        long origin = Long.MAX_VALUE - random.nextLong(span * 100) - 1; // so the clock wraps in the midst of it
        int slots = 1 + random.nextInt(1 << random.nextInt(15));
        DeadlineQueue queue = new DeadlineQueue(origin);
        Model model = new Model();
        long now = 0;
        long drained = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            int slot = random.nextInt(slots);
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> {
                    long at = now + random.nextLong(span) - span / 8;
                    queue.schedule(slot, origin + at);
                    model.schedule(slot, at);
                }
                case 5, 6 -> assertThat(queue.cancel(slot)).isEqualTo(model.cancel(slot));
                case 7 ->
                    assertThat(queue.first())
                            .as("first, seed %s, operation %s", seed, operation)
                            .isEqualTo(
                                    model.order.isEmpty()
                                            ? -1
                                            : model.order.firstEntry().getValue());
                default -> {
                    now += random.nextLong(span / 4 + 1);
                    List<Integer> due = new ArrayList<>();
                    queue.drain(origin + now, due::add);
                    assertThat(due).as("seed %s, operation %s", seed, operation).isEqualTo(model.drain(now));
                    drained += due.size();
                }
            }
            agree(queue, model, origin, now, slot);
        }
        return drained;
    }

    private static void agree(DeadlineQueue queue, Model model, long origin, long now, int slot) {
        Arming arming = model.armed.get(slot);
        assertThat(queue.size()).isEqualTo(model.order.size());
        assertThat(queue.isScheduled(slot)).isEqualTo(arming != null);
        if (arming != null) {
            assertThat(queue.deadline(slot)).isEqualTo(origin + arming.at());
        }
        long truth = model.order.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(model.order.firstKey().at() - now, 0);
        assertThat(queue.nanosToEarliest(origin + now)).isLessThanOrEqualTo(truth);
    }
}
