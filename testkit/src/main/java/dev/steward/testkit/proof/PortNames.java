package dev.steward.testkit.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the calls of remote things are named in faults: as the method, or {@code Type.method} where the store, or another thing of the same
 * process, has a call of that name. One run's; not safe for use by many threads.
 */
final class PortNames {
    private static final Set<String> OURS = Set.of(Port.PASS, "read", "commit", "changes");

    private final Map<Call, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private record Call(String process, Class<?> type, String method, Port.Sort sort) {}

    PortNames() {}

    /** The name of a call, the same for all starts of the process; whoever asks first gets the short one. */
    String of(String process, Class<?> type, String method, Port.Sort sort) {
        return names.computeIfAbsent(new Call(process, type, method, sort), call -> {
            String name = method;
            String longer = type.getSimpleName() + "." + method;
            for (int i = 1; OURS.contains(name) || !taken.add(process + " " + name); i++) {
                name = i == 1 ? longer : longer + "-" + i;
            }
            return name;
        });
    }
}
