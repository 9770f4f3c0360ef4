package dev.steward.testkit.instance;

import dev.steward.instance.Incarnation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An oracle for holds: nothing is launched while somebody holds it, and nothing is told to stop that was not told before. Told what is asked of
 * one manager, and what that does. Not safe for use by many threads.
 */
final class HoldWatch {
    private final Map<String, Map<String, Duration>> ends = new HashMap<>(); // by name and holder
    private final Deque<Runnable> mail = new ArrayDeque<>();
    private final Set<Incarnation> stopping = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean over;

    /** Somebody holds it from the next pass on. */
    void hold(String name, String holder, Duration length) {
        mail.add(() -> ends.computeIfAbsent(name, any -> new HashMap<>()).put(holder, now.plus(length)));
    }

    /** A holder lets go of it in the next pass. */
    void release(String name, String holder) {
        mail.add(() -> ends.getOrDefault(name, new HashMap<>()).remove(holder));
    }

    /** Whoever takes the host down does not ask. */
    void shutsDown() {
        over = true;
    }

    void passBegins(Duration at) {
        now = at;
        while (!mail.isEmpty()) {
            mail.remove().run();
        }
        ends.values().forEach(holders -> holders.values().removeIf(end -> end.compareTo(now) <= 0));
    }

    private Set<String> holders(String name) {
        return over ? Set.of() : ends.getOrDefault(name, Map.of()).keySet();
    }

    boolean isHeld(String name) {
        return !holders(name).isEmpty();
    }

    void launched(String name) {
        if (!holders(name).isEmpty()) {
            violations.add("'" + name + "' is launched at " + now + ", and held by " + holders(name));
        }
    }

    /** A signal that nobody has asked for. */
    void signalled(String name, Incarnation life) {
        if (holders(name).isEmpty()) {
            stopping.add(life);
        } else if (!stopping.contains(life)) {
            violations.add("'" + name + "' is told to stop at " + now + ", and held by " + holders(name));
        }
    }

    /** What was wrong, in order. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
