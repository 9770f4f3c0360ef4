package dev.steward.testkit.instance;

import dev.steward.instance.RestartPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * I11: no instance is launched sooner, or more often, than its {@link RestartPolicy} has it. An oracle that is told what a manager tells on
 * its feed, in the order of it, and works out by the policy alone from when on the next launch may come.
 *
 * <p>It is never stricter than the policy: jitter counts as none, and what a manager has stopped itself, or was asked for, may be launched
 * at any time. Not safe for use by many threads.
 */
final class RestartIntensity {
    private final Map<String, Row> rows = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** The ends of one instance since somebody asked for it. */
    private static final class Row {
        private final Deque<Duration> failures = new ArrayDeque<>();
        private int streak;
        private @Nullable Duration upAt;
        private @Nullable Duration notBefore;
        private @Nullable String rests;
    }

    /** It has been launched. */
    void launched(String name, Duration now) {
        Row row = row(name);
        if (row.rests != null) {
            violations.add("'" + name + "' was launched at " + now + ", and it " + row.rests);
        } else if (row.notBefore != null && now.compareTo(row.notBefore) < 0) {
            violations.add("'" + name + "' was launched at " + now + ", after " + row.streak
                    + " ends in a row not before " + row.notBefore);
        }
        row.notBefore = null;
    }

    /** It is up, or, with a probe, ready. */
    void up(String name, Duration now) {
        row(name).upAt = now;
    }

    /** It has ended, and nobody has stopped it; or its launch was refused. */
    void ended(String name, RestartPolicy policy, boolean failure, Duration now) {
        Row row = row(name);
        Duration upAt = row.upAt;
        row.upAt = null;
        if (!failure && policy.when() != RestartPolicy.When.ALWAYS) {
            row.rests = "has completed at " + now;
            return;
        }
        if (policy.when() == RestartPolicy.When.NEVER) {
            row.rests = "is not to be launched again after its end at " + now;
            return;
        }
        if (upAt != null && now.compareTo(upAt) > 0 && policy.backoff().isOverAfter(now.minus(upAt))) {
            row.streak = 0;
        }
        row.streak++;
        if (failure && isTooMany(row, policy, now)) {
            row.rests = "was to be given up at " + now + " after failures at " + row.failures;
        }
        row.notBefore = now.plus(pause(policy, row.streak));
    }

    private static boolean isTooMany(Row row, RestartPolicy policy, Duration now) {
        row.failures.addLast(now);
        row.failures.removeIf(at -> now.minus(at).compareTo(policy.window()) >= 0);
        return policy.mostFailures() > 0 && row.failures.size() >= policy.mostFailures();
    }

    private static Duration pause(RestartPolicy policy, int streak) {
        if (policy.atOnce() && streak == 1) {
            return Duration.ZERO;
        }
        int waits = policy.atOnce() ? streak - 1 : streak;
        return policy.backoff().withJitter(0).delay(waits, () -> 0);
    }

    /** Its manager has stopped it: how soon it comes again is another question. */
    void stopped(String name) {
        Row row = row(name);
        row.upAt = null;
        row.notBefore = null;
    }

    /** Somebody has asked for it, or has configured it otherwise: all counts anew. */
    void asked(String name) {
        rows.remove(name);
    }

    /** Somebody has asked for all. */
    void askedForAll() {
        rows.clear();
    }

    /** Whether it is not to be launched any more. */
    boolean rests(String name) {
        return row(name).rests != null;
    }

    /** When which instance was launched too soon, in order. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, any -> new Row());
    }
}
