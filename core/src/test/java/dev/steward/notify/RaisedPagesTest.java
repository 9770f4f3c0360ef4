package dev.steward.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaisedPagesTest {
    private final RaisedPages pages = new RaisedPages();
    private final Map<String, Map<String, Notification>> model = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void keeps_the_order_of_a_linked_map_of_linked_maps(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            String source = "s" + random.nextInt(random.nextInt(400) + 1);
            String key = "k" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 -> removeAll(source);
                case 1, 2, 3 -> remove(source, key);
                default -> put(source, key, "text " + step);
            }
            if (step % 97 == 0) {
                assertThat(RaisedPages.list(pages.show())).isEqualTo(modelled());
            }
        }
        assertThat(RaisedPages.list(pages.show())).isEqualTo(modelled());
    }

    @Test
    void what_was_shown_does_not_change_any_more() {
        for (int i = 0; i < 200; i++) {
            put("s" + i, "k", "old");
        }
        Notification[][][] shown = pages.show();
        List<Notification> then = modelled();

        put("s0", "k", "new");
        put("s199", "other", "new");
        for (int i = 10; i < 190; i++) {
            remove("s" + i, "k");
        }
        put("late", "k", "new");

        assertThat(RaisedPages.list(shown)).isEqualTo(then);
        assertThat(RaisedPages.list(pages.show())).isEqualTo(modelled());
    }

    @Test
    void a_source_that_comes_and_goes_leaves_no_room_behind() {
        put("stays", "k", "text");
        for (int i = 0; i < 10_000; i++) {
            put("comes and goes", "k", "text");
            remove("comes and goes", "k");
        }

        assertThat(pages.show().length).isLessThanOrEqualTo(2);
        assertThat(RaisedPages.list(pages.show())).isEqualTo(modelled());
    }

    private void put(String source, String key, String text) {
        var notification = new Notification(source, key, text, Instant.EPOCH);
        pages.put(pages.find(source, key), notification);
        model.computeIfAbsent(source, s -> new LinkedHashMap<>()).put(key, notification);
    }

    private void remove(String source, String key) {
        Notification found = pages.find(source, key);
        Map<String, Notification> causes = model.getOrDefault(source, new LinkedHashMap<>());
        assertThat(found).isEqualTo(causes.remove(key));
        if (found != null) {
            pages.remove(found);
        }
        if (causes.isEmpty()) {
            model.remove(source);
        }
    }

    private void removeAll(String source) {
        assertThat(pages.removeAll(source)).isEqualTo(model.remove(source) != null);
    }

    private List<Notification> modelled() {
        return model.values().stream()
                .flatMap(causes -> causes.values().stream())
                .toList();
    }
}
