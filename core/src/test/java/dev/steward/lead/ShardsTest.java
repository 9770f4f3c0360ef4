package dev.steward.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
    /** If this fails, names have moved, and two leaders of different versions decide for one thing. */
    @ParameterizedTest
    @CsvSource({"'', 0", "a, 850", "web-1, 442", "web-2, 960", "größe, 295", "日本, 162", "😀, 250"})
    void a_name_is_of_the_same_shard_in_every_version(String name, int shard) {
        assertThat(new Shards(1000).shardOf(name)).isEqualTo(shard);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 1000, Integer.MAX_VALUE})
    void every_name_is_of_one_of_the_shards(int count) {
        Shards shards = new Shards(count);
        for (int i = 0; i < 10_000; i++) {
            assertThat(shards.shardOf("name " + i)).isBetween(0, count - 1);
        }
    }

    @Test
    void names_are_spread_evenly() {
        int[] names = new int[10];
        for (int i = 0; i < 100_000; i++) {
            names[new Shards(10).shardOf("domain-" + i)]++;
        }

        assertThat(Arrays.stream(names)).allMatch(count -> count > 9_500 && count < 10_500);
    }

    @Test
    void a_shard_is_a_role_of_its_own() {
        assertThat(new Shards(4).role("decider", 3)).isEqualTo("decider-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shards(4).role("decider", 4))
                .withMessage("decider: no shard 4 of 4");
        assertThatIllegalArgumentException().isThrownBy(() -> new Shards(4).role("decider", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shards(0)).withMessage("shards: 0");
    }
}
