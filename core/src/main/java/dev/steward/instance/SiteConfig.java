package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances of one host. Immutable.
 *
 * @param instances in order; names are unique: of several of one name, the first is kept, and a warning says so
 * @param groups which instances share their fate
 * @param warnings what whoever reads the configuration should know, for people
 */
public record SiteConfig(List<InstanceSpec> instances, List<InstanceGroup> groups, List<String> warnings)
        implements ConfigSource {
    /**
     * Drops instances whose name has been taken, with a warning for each.
     *
     * @throws IllegalArgumentException if an instance is to start after one that is not there, instances start after each other in a
     *     circle, or a group has a member that is not there
     */
    public SiteConfig {
        Map<String, InstanceSpec> first = new HashMap<>();
        ImmutableList.Builder<InstanceSpec> kept = ImmutableList.builder();
        ImmutableList.Builder<String> all = ImmutableList.builder();
        all.addAll(warnings);
        for (InstanceSpec spec : instances) {
            InstanceSpec before = first.putIfAbsent(spec.name(), spec);
            if (before == null) {
                kept.add(spec);
            } else {
                all.add("instance '" + spec.name() + "' is there already as " + before.fullName() + "; "
                        + spec.fullName() + " is ignored");
            }
        }
        instances = kept.build();
        warnings = all.build();
        groups = List.copyOf(groups);
        StartOrder.check(instances);
        for (InstanceGroup group : groups) {
            for (String member : group.members()) {
                checkArgument(
                        first.containsKey(member),
                        "group '%s' has a member '%s', which is not configured",
                        group.name(),
                        member);
            }
        }
    }

    /** These instances, without a group or a warning of one's own. */
    public static SiteConfig of(InstanceSpec... instances) {
        return of(List.of(instances));
    }

    /** These instances, without a group or a warning of one's own. */
    public static SiteConfig of(List<InstanceSpec> instances) {
        return new SiteConfig(instances, List.of(), List.of());
    }

    /** The same with these groups. */
    public SiteConfig withGroups(InstanceGroup... others) {
        return new SiteConfig(instances, List.of(others), warnings);
    }

    @Override
    public SiteConfig load() {
        return this;
    }
}
