package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Property: whatever the store answers, late, or not at all, and whatever it forgets, no record of the cache goes back, its listeners know what it
 * knows, and once all is well it is the store.
 */
class RecordCacheWalkTest {
    private static final int SEEDS = 500;
    private static final int STEPS = 300;
    private static final int KEYS = 12;

    private long told;
    private long committed;

    @Test
    void a_walk_by_chance_ends_with_what_the_store_has() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Walk(seed).run();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
        System.out.println("cache walk: " + SEEDS + " seeds x " + STEPS + " steps, " + told + " changes told, "
                + committed + " own commits");
        assertThat(told).isGreaterThan(SEEDS * 20L);
        assertThat(committed).isGreaterThan(SEEDS * 5L);
    }

    private final class Walk {
        private final Random random;
        private final CacheScene scene;
        private final HeldStore store;
        private final Map<String, Versioned> known = new HashMap<>();
        private final Map<String, Long> newest = new HashMap<>();
        private final List<Runnable> late = new ArrayList<>();

        private Walk(long seed) {
            random = new Random(seed);
            scene = new CacheScene(RecordCache.Options.defaults().withPageSize(1 + random.nextInt(4)));
            store = scene.store;
            store.holds = true;
            scene.cache.follow("a/", (before, after) -> {
                told++;
                String key = before.or(() -> after).orElseThrow().key();
                assertThat(before.orElse(null)).as("what was known of %s", key).isEqualTo(known.get(key));
                after.ifPresentOrElse(it -> known.put(key, it), () -> known.remove(key));
                after.ifPresent(it -> assertThat(it.revision()).isGreaterThan(newest.getOrDefault(key, 0L)));
                after.ifPresent(it -> newest.put(key, it.revision()));
            });
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                happen();
                scene.cache.poll();
            }
            settle();
        }

        private void happen() {
            int what = random.nextInt(100);
            String key = (random.nextInt(4) == 0 ? "b/" : "a/") + random.nextInt(KEYS);
            if (what < 25) {
                write(key);
            } else if (what < 35) {
                commit("a/" + random.nextInt(KEYS));
            } else if (what < 45) {
                scene.time.advance(Duration.ofMillis(random.nextInt(1_500)));
            } else if (what < 47) {
                scene.time.advance(Duration.ofMinutes(random.nextInt(70)));
            } else if (what < 49 && !late.isEmpty()) {
                late.remove(random.nextInt(late.size())).run();
            } else if (store.waiting() > 0) {
                answer();
            } else {
                scene.cache.refresh();
            }
        }

        private void write(String key) {
            boolean exists = store.write(key, RecordValue.utf8("x" + random.nextInt())) > 0;
            if (exists && random.nextInt(3) == 0) {
                store.write(key, null);
            }
        }

        private void commit(String key) {
            Stage stage = new Stage();
            scene.cache
                    .get(key)
                    .ifPresentOrElse(
                            it -> stage.put(it, RecordValue.utf8("own")),
                            () -> stage.create(key, RecordValue.utf8("own")));
            scene.cache.commit(
                    stage.toBatch("own"), answer -> committed += answer instanceof CommitAnswer.Committed ? 1 : 0);
        }

        private void answer() {
            switch (random.nextInt(20)) {
                case 0 -> store.answer(new StoreTrouble.Unavailable("by chance"));
                case 1 -> store.answer(new StoreTrouble.Unknown("by chance"));
                case 2 -> store.perform();
                case 3, 4 -> late.add(store.perform());
                case 5 -> late.add(store.putOff());
                default -> store.answer();
            }
        }

        private void settle() {
            late.forEach(Runnable::run);
            store.holds = false;
            store.answerAll();
            RecordCache.Ticket ticket = scene.cache.refresh();
            for (int i = 0; i < 20; i++) {
                scene.after(Duration.ofSeconds(1));
            }
            assertThat(scene.cache.isComplete(ticket)).isTrue();
            assertThat(scene.cache.trouble()).isEmpty();
            Map<String, Versioned> stored = stored();
            assertThat(known).isEqualTo(stored);
            assertThat(scene.cache.size()).isEqualTo(stored.size());
            stored.forEach((key, record) -> assertThat(scene.cache.get(key)).contains(record));
            scene.after(Duration.ofHours(1));
            assertThat(scene.cache.rememberedDeletions()).isZero();
        }

        private Map<String, Versioned> stored() {
            Map<String, Versioned> stored = new HashMap<>();
            Set<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "a/" + i).collect(Collectors.toSet());
            store.truth.read(
                    keys, found -> ((ReadAnswer.Found) found).records().forEach(it -> stored.put(it.key(), it)));
            return stored;
        }
    }
}
