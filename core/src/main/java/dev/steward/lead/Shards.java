package dev.steward.lead;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * How things are spread over several leaders: a shard is a role of its own, with its own election, fence and chain of batches, and a
 * filter. Immutable.
 *
 * <p>The same name is of the same shard in every process and every version. Who changes the count lets all roles of the old one resign first.
 *
 * @param count how many, from 1
 */
public record Shards(int count) {
    /** @throws IllegalArgumentException if the count is below 1 */
    public Shards {
        checkArgument(count >= 1, "shards: %s", count);
    }

    /** Which shard a thing is of, from 0. */
    public int shardOf(String name) {
        return Math.floorMod(
                Hashing.murmur3_32_fixed()
                        .hashString(name, StandardCharsets.UTF_8)
                        .asInt(),
                count);
    }

    /**
     * The name of the role of a shard, such as {@code decider-3}.
     *
     * @throws IllegalArgumentException if there is no such shard
     */
    public String role(String base, int shard) {
        checkArgument(shard >= 0 && shard < count, "%s: no shard %s of %s", base, shard, count);
        return base + "-" + shard;
    }
}
