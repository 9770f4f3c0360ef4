package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that decides how a run goes: {@code seed 17; crash p1 lease#2 done; without event 3}. Immutable.
 *
 * @param seed of every open decision
 * @param rounds how often the world does what it does
 * @param faults what goes wrong
 * @param without the events of the world that are left out
 */
record Replay(long seed, int rounds, List<Fault> faults, Set<String> without) {
    Replay {
        checkArgument(rounds >= 1, "rounds: %s", rounds);
        faults = List.copyOf(faults);
        without = Set.copyOf(without);
    }

    static Replay of(long seed) {
        return new Replay(seed, 1, List.of(), Set.of());
    }

    Replay with(List<Fault> others) {
        return new Replay(seed, rounds, others, without);
    }

    Replay without(Set<String> events) {
        return new Replay(seed, rounds, faults, events);
    }

    Replay rounds(int number) {
        return new Replay(seed, number, faults, without);
    }

    static Replay parse(String text) {
        long seed = 0;
        int rounds = 1;
        List<Fault> faults = new ArrayList<>();
        Set<String> without = new TreeSet<>();
        for (String word : Splitter.on(';').omitEmptyStrings().trimResults().split(text)) {
            try {
                if (word.startsWith("seed ")) {
                    seed = Long.parseLong(word.substring(5));
                } else if (word.startsWith("rounds ")) {
                    rounds = Integer.parseInt(word.substring(7));
                } else if (word.startsWith("without event ")) {
                    without.add(word.substring(14));
                } else {
                    faults.add(Fault.parse(word));
                }
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("not a number: '" + word + "' in '" + text + "'", wrong);
            }
        }
        return new Replay(seed, rounds, faults, without);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add("seed " + seed);
        if (rounds > 1) {
            parts.add("rounds " + rounds);
        }
        faults.forEach(fault -> parts.add(fault.toString()));
        new TreeSet<>(without).forEach(event -> parts.add("without event " + event));
        return String.join("; ", parts);
    }
}
