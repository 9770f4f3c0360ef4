package dev.steward.testkit.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds few faults and events that break the same rule. Events are left out only where that does not break a rule by itself: a wish that was
 * never made is not fulfilled by the best of controllers. Not safe for use by many threads.
 */
final class Shrinker {
    private static final int MOST_RUNS = 300;

    private final Function<Replay, RunEnd> player;
    private final String rule;
    private final Map<String, Duration> times;
    private final Set<String> events;
    private final Map<Replay, Boolean> passes = new HashMap<>(); // of runs without faults
    private RunEnd best;
    private int runs;

    /** @param player plays a run again */
    Shrinker(Function<Replay, RunEnd> player, RunEnd failed) {
        this.player = player;
        this.best = failed;
        this.rule = failed.violation() == null ? "" : failed.violation().rule();
        this.times = failed.events();
        this.events = new HashSet<>(times.keySet());
        events.addAll(failed.replay().without());
    }

    /** How often it has played. */
    int runs() {
        return runs;
    }

    /** The smallest that was found. */
    RunEnd shrink() {
        Replay first = best.replay();
        if (first.seed() != 0) {
            fails(new Replay(0, first.rounds(), first.faults(), first.without()));
        }
        if (!best.replay().faults().isEmpty()) {
            fails(best.replay().with(List.of()));
        }
        List<Object> items = new ArrayList<>(best.replay().faults());
        items.addAll(best.events().keySet());
        if (!items.isEmpty() && !fails(replay(List.of()))) {
            halve(items);
        }
        leaveInWhatIsBehind();
        lessRounds();
        return best;
    }

    /** Not of growth, which is judged by all of them. */
    private void lessRounds() {
        boolean judged = rule.equals(Violation.NO_UNBOUNDED_GROWTH);
        for (int rounds = 1; !judged && rounds < best.replay().rounds(); rounds++) {
            if (fails(best.replay().rounds(rounds))) {
                return;
            }
        }
    }

    /** What happens behind the failure need not be left out. */
    private void leaveInWhatIsBehind() {
        Violation violation = best.violation();
        Set<String> out = best.replay().without();
        if (violation != null) {
            Set<String> before = new HashSet<>(out);
            before.removeIf(event -> times.getOrDefault(event, Duration.ZERO).compareTo(violation.at()) > 0);
            if (before.size() < out.size()) {
                fails(best.replay().without(before));
            }
        }
    }

    /** The algorithm of delta debugging: leaves out ever smaller parts while it still fails. */
    private void halve(List<Object> all) {
        List<Object> items = all;
        int parts = 2;
        while (items.size() >= 2 && mayGoOn()) {
            int size = (items.size() + parts - 1) / parts;
            boolean smaller = false;
            for (int from = 0; from < items.size() && mayGoOn(); from += size) {
                List<Object> rest = new ArrayList<>(items.subList(0, from));
                rest.addAll(items.subList(Math.min(from + size, items.size()), items.size()));
                if (fails(replay(rest))) {
                    items = rest;
                    parts = Math.max(parts - 1, 2);
                    smaller = true;
                    break;
                }
            }
            if (!smaller) {
                if (parts >= items.size()) {
                    return;
                }
                parts = Math.min(parts * 2, items.size());
            }
        }
    }

    private Replay replay(List<Object> items) {
        List<Fault> faults = new ArrayList<>();
        Set<String> without = new HashSet<>(events);
        for (Object item : items) {
            if (item instanceof Fault fault) {
                faults.add(fault);
            } else if (item instanceof String event) {
                without.remove(event);
            }
        }
        Replay now = best.replay();
        return new Replay(now.seed(), now.rounds(), faults, without);
    }

    private boolean mayGoOn() {
        return runs < MOST_RUNS;
    }

    private boolean fails(Replay replay) {
        if (!mayGoOn() || !mayBe(replay)) {
            return false;
        }
        RunEnd outcome = play(replay);
        boolean fails = outcome.isOf(rule) && isToBlame(replay);
        if (fails) {
            best = outcome;
        }
        return fails;
    }

    private RunEnd play(Replay replay) {
        runs++;
        return player.apply(replay);
    }

    /** Without faults and without some events: only if it took no faults before, and no wish. */
    private boolean mayBe(Replay replay) {
        boolean wishes = rule.startsWith(Violation.CONVERGENCE) || rule.equals(Violation.NO_LOST_REQUEST);
        return replay.without().isEmpty()
                || !replay.faults().isEmpty()
                || (best.replay().faults().isEmpty() && !wishes);
    }

    /** Whether it is the faults that break the rule, and not that events are left out. */
    private boolean isToBlame(Replay replay) {
        return replay.without().isEmpty()
                || replay.faults().isEmpty()
                || passes.computeIfAbsent(
                        replay.with(List.of()), calm -> play(calm).violation() == null);
    }
}
