package dev.steward.instance;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances of one host. Immutable.
 *
 * @param instances in order; names are unique: of several of one name, the first is kept, and a warning says so
 * @param warnings what whoever reads the configuration should know, for people
 */
public record SiteConfig(List<InstanceSpec> instances, List<String> warnings) implements ConfigSource {
    /** Drops instances whose name has been taken, with a warning for each. */
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
    }

    /** These instances, without a warning of one's own. */
    public static SiteConfig of(InstanceSpec... instances) {
        return of(List.of(instances));
    }

    /** These instances, without a warning of one's own. */
    public static SiteConfig of(List<InstanceSpec> instances) {
        return new SiteConfig(instances, List.of());
    }

    @Override
    public SiteConfig load() {
        return this;
    }
}
