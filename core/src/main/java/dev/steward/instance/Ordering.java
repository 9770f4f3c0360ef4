package dev.steward.instance;

import dev.steward.event.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom: those that come first are waited for on the way up, those that come after on the way down. Only who is under way
 * counts: one that is not wanted up, or was given up, holds nobody back. Not safe for use by many threads.
 */
final class Ordering {
    private final Roster roster;
    private final Map<String, List<String>> dependents = new HashMap<>();
    private boolean hurried;

    Ordering(Roster roster) {
        this.roster = roster;
    }

    /** The configuration is another. */
    void configured() {
        dependents.clear();
        roster.forEach(runner -> {
            for (String other : runner.wanted().spec().startup().after()) {
                dependents.computeIfAbsent(other, name -> new ArrayList<>(1)).add(runner.name());
            }
        });
        roster.readyAll(); // who waits may not have to any more
    }

    /** The time of a shutdown is running out: nobody waits for anybody any more on the way down. */
    void hurry() {
        hurried = true;
        roster.readyAll();
    }

    /** Who has to be up before {@code runner} is launched, or null. */
    @Nullable
    Reason missing(InstanceRunner runner) {
        List<String> after = runner.wanted().spec().startup().after();
        if (after.isEmpty()) {
            return null;
        }
        var names = new StringJoiner(", ", "waits for ", " to be up").setEmptyValue("");
        for (String name : after) {
            InstanceRunner other = roster.find(name);
            if (other != null && other.standing().isComing()) {
                names.add(name);
            }
        }
        return reason(InstanceCause.DEPENDENCIES_FIRST, names);
    }

    /** Who has to be down before {@code runner} is stopped, or null. */
    @Nullable
    Reason remaining(InstanceRunner runner) {
        List<String> all = dependents.get(runner.name());
        if (all == null || hurried) {
            return null;
        }
        var names = new StringJoiner(", ", "waits for ", " to be down").setEmptyValue("");
        for (String name : all) {
            InstanceRunner other = roster.find(name);
            if (other != null && other.standing().isGoing()) {
                names.add(name);
            }
        }
        return reason(InstanceCause.DEPENDENTS_FIRST, names);
    }

    private static @Nullable Reason reason(InstanceCause code, StringJoiner names) {
        return names.length() == 0 ? null : new Reason(code, names.toString());
    }

    /** An instance has entered another state: who waits for it looks again. */
    void changed(InstanceRunner runner) {
        for (String name : dependents.getOrDefault(runner.name(), List.of())) {
            roster.wake(name);
        }
        for (String name : runner.wanted().spec().startup().after()) {
            roster.wake(name);
        }
    }
}
