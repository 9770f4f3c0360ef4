package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.HashSet;
import java.util.List;

/**
 * Instances that share their fate: when one of them has failed, others are restarted with it. Immutable.
 *
 * @param name for people; not empty
 * @param members names of instances, each once, in order; at least one
 * @param strategy who is restarted with a member that has failed
 */
public record InstanceGroup(String name, List<String> members, Strategy strategy) {
    /** Who is restarted with a member that has failed; the words are those of Erlang's supervisors. */
    public enum Strategy {
        /** All the others. */
        ONE_FOR_ALL,
        /** Those that come after it in the order of the group. */
        REST_FOR_ONE
    }

    /** @throws IllegalArgumentException if the name is empty, there is no member, or one stands there twice */
    public InstanceGroup {
        checkNotNull(strategy, "strategy");
        members = List.copyOf(members);
        checkArgument(!name.isEmpty(), "a group has no name");
        checkArgument(!members.isEmpty(), "group '%s' has no members", name);
        checkArgument(
                new HashSet<>(members).size() == members.size(), "group '%s' has a member twice: %s", name, members);
    }

    /** All are restarted with one. */
    public static InstanceGroup oneForAll(String name, String... members) {
        return new InstanceGroup(name, List.of(members), Strategy.ONE_FOR_ALL);
    }

    /** Those after it are restarted with one. */
    public static InstanceGroup restForOne(String name, String... members) {
        return new InstanceGroup(name, List.of(members), Strategy.REST_FOR_ONE);
    }
}
