package dev.steward.testkit.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run holds after each of its rounds, and whether that grows without end. Not safe for use by many threads. */
final class Growth {
    private static final int LAST = 4; // of a few rounds
    private static final int FIRST = 20; // do not count of many: they may fill what is bounded
    private static final int SHOWN = 8;

    private final List<Map<String, Integer>> rounds = new ArrayList<>();

    Growth() {}

    /** Counts what there is at the end of a round. */
    void look(Play play) {
        Footprint footprint = new Footprint();
        for (ProofProcess process : play.processes()) {
            footprint.add(process);
        }
        footprint.count("pending happenings", play.simulation().pending());
        if (play.hasStore()) {
            footprint.count("records in the store", play.ground().records().size());
        }
        rounds.add(footprint.counts());
    }

    /** At the end of the last round: nothing has grown in each of the last rounds. */
    void check(Play play, boolean last) {
        int from = Math.max(rounds.size() - LAST, 1);
        from = rounds.size() > 2 * FIRST ? FIRST : from;
        if (!last || rounds.size() <= LAST) {
            return;
        }
        for (String path : rounds.get(rounds.size() - 1).keySet()) {
            if (grows(path, from)) {
                List<Integer> sizes = rounds.stream()
                        .map(round -> round.getOrDefault(path, 0))
                        .toList();
                String shown = sizes.size() <= SHOWN
                        ? sizes.toString()
                        : sizes.subList(0, SHOWN) + " … " + sizes.get(sizes.size() - 1) + " after " + sizes.size();
                play.broken(Violation.NO_UNBOUNDED_GROWTH, path + " grows in every round: " + shown, null);
                play.check();
            }
        }
    }

    private boolean grows(String path, int from) {
        for (int i = from; i < rounds.size(); i++) {
            if (rounds.get(i).getOrDefault(path, 0) <= rounds.get(i - 1).getOrDefault(path, 0)) {
                return false;
            }
        }
        return true;
    }
}
