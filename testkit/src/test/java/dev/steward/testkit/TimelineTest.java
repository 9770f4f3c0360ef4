package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final class Entry extends Due {}

    /** Property: whatever is put on, moved and taken off, the first is the one that a sorted list has first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void has_the_same_first_as_a_sorted_list(long seed) {
        Random random = new Random(seed);
        Timeline timeline = new Timeline();
        List<Entry> model = new ArrayList<>();
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(new Entry());
        }
        for (int i = 0; i < 3_000; i++) {
            Entry entry = all.get(random.nextInt(all.size()));
            if (random.nextInt(3) == 0) {
                timeline.remove(entry);
                model.remove(entry);
            } else {
                timeline.schedule(entry, random.nextInt(50), random.nextInt(50) * 1_000L + all.indexOf(entry));
                if (!model.contains(entry)) {
                    model.add(entry);
                }
            }
            assertThat(timeline.size()).isEqualTo(model.size());
            assertThat(timeline.first()).isSameAs(first(model));
        }
    }

    private static Entry first(List<Entry> model) {
        return model.stream()
                .min(Comparator.<Entry>comparingLong(entry -> entry.at).thenComparingLong(entry -> entry.tie))
                .orElse(null);
    }
}
