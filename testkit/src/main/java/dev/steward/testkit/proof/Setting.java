package dev.steward.testkit.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is to be proved, and how. Immutable.
 *
 * @param make makes the scenario of one run
 * @param processes how many there are
 * @param families what may go wrong
 * @param always what must hold behind every turn
 * @param eventually what must hold when all has been quiet for a while, and stay so
 * @param settleWithin how long that while is at most
 * @param lasting how long things go wrong in a round at least
 */
record Setting<S extends Scenario>(
        Function<World, ? extends S> make,
        int processes,
        List<FaultClass> families,
        List<Rule<S>> always,
        List<Rule<S>> eventually,
        Duration settleWithin,
        Duration lasting) {
    /** Something that must hold, in words and as a predicate. */
    record Rule<S>(String text, Predicate<? super S> holds) {}

    Setting<S> withProcesses(int other) {
        return new Setting<>(make, other, families, always, eventually, settleWithin, lasting);
    }

    Setting<S> withFamilies(List<FaultClass> other) {
        return new Setting<>(make, processes, other, always, eventually, settleWithin, lasting);
    }

    Setting<S> withAlways(Rule<S> more) {
        return new Setting<>(make, processes, families, and(always, more), eventually, settleWithin, lasting);
    }

    Setting<S> withEventually(Rule<S> more) {
        return new Setting<>(make, processes, families, always, and(eventually, more), settleWithin, lasting);
    }

    Setting<S> withSettleWithin(Duration other) {
        return new Setting<>(make, processes, families, always, eventually, other, lasting);
    }

    Setting<S> withLasting(Duration other) {
        return new Setting<>(make, processes, families, always, eventually, settleWithin, other);
    }

    private static <S> List<Rule<S>> and(List<Rule<S>> rules, Rule<S> more) {
        List<Rule<S>> all = new ArrayList<>(rules);
        all.add(more);
        return List.copyOf(all);
    }

    boolean plays(FaultClass family) {
        return families.contains(family);
    }
}
