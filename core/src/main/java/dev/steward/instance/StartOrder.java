package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who comes before whom, as configured: only among those who are there, and never in a circle. Pure. */
final class StartOrder {
    private StartOrder() {}

    /** @throws IllegalArgumentException if an instance is to start after one that is not there, or after itself in the end */
    static void check(List<InstanceSpec> instances) {
        Map<String, List<String>> after = new LinkedHashMap<>();
        instances.forEach(spec -> after.put(spec.name(), spec.startup().after()));
        after.forEach((name, before) -> before.forEach(other -> checkArgument(
                after.containsKey(other),
                "instance '%s' is to start after '%s', which is not configured",
                name,
                other)));
        removeStartable(after);
        checkArgument(after.isEmpty(), "instances that start after each other in a circle: %s", circle(after));
    }

    /** Takes away who can be started, again and again, so that only circles are left, and those that wait for one. */
    private static void removeStartable(Map<String, List<String>> after) {
        Map<String, Integer> waitsFor = new HashMap<>();
        Map<String, List<String>> dependents = new HashMap<>();
        Deque<String> startable = new ArrayDeque<>();
        after.forEach((name, before) -> {
            waitsFor.put(name, before.size());
            before.forEach(other ->
                    dependents.computeIfAbsent(other, any -> new ArrayList<>(1)).add(name));
            if (before.isEmpty()) {
                startable.add(name);
            }
        });
        while (!startable.isEmpty()) {
            String name = startable.remove();
            after.remove(name);
            for (String dependent : dependents.getOrDefault(name, List.of())) {
                if (waitsFor.merge(dependent, -1, Integer::sum) == 0) {
                    startable.add(dependent);
                }
            }
        }
    }

    private static List<String> circle(Map<String, List<String>> left) {
        List<String> path = new ArrayList<>();
        String name = left.isEmpty() ? "" : left.keySet().iterator().next();
        while (left.containsKey(name) && !path.contains(name)) {
            path.add(name);
            name = left.get(name).stream().filter(left::containsKey).findFirst().orElse("");
        }
        return path.subList(Math.max(path.indexOf(name), 0), path.size());
    }
}
