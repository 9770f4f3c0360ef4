package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.testkit.proof.PageLane.Numbered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of all that happened is drawn. If it is too much for a drawing, first the routine goes, calls and states entered anew, except
 * near a fault, a change of the leader, or a violation; then the beginning. Immutable.
 */
final class PageChoice {
    private static final int INSTANTS = 400; // how many different ones a drawing has room for
    private static final int NEAR = 12; // so many entries before and behind something remarkable are no routine

    private final List<Numbered> entries;
    private final long start;
    private final int routine;

    PageChoice(List<Entry> all) {
        List<Numbered> numbered = new ArrayList<>();
        all.forEach(entry -> numbered.add(new Numbered(numbered.size() + 1, entry)));
        boolean much = instants(numbered).length > INSTANTS;
        this.entries = much ? withoutRoutine(numbered) : numbered;
        this.routine = all.size() - entries.size();
        long[] instants = instants(entries);
        this.start = instants.length > INSTANTS ? instants[instants.length - INSTANTS] : 0;
    }

    private static List<Numbered> withoutRoutine(List<Numbered> all) {
        boolean[] near = new boolean[all.size()];
        for (int i = 0; i < near.length; i++) {
            if (PageLanes.isFlag(all.get(i).entry())) {
                for (int j = Math.max(i - NEAR, 0); j <= Math.min(i + NEAR, near.length - 1); j++) {
                    near[j] = true;
                }
            }
        }
        Map<String, Entry> last = new HashMap<>();
        List<Numbered> kept = new ArrayList<>();
        for (int i = 0; i < near.length; i++) {
            Entry entry = all.get(i).entry();
            boolean routine = entry.mark() == Mark.CALL;
            if (entry.mark().isState()) {
                Entry before = last.put(entry.mark() + "\n" + entry.kind() + "\n" + entry.lane(), entry);
                routine = before != null && before.text().equals(entry.text()) && before.failed() == entry.failed();
            }
            if (!routine || near[i]) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }

    private static long[] instants(List<Numbered> entries) {
        return entries.stream()
                .mapToLong(numbered -> numbered.entry().at().toNanos())
                .distinct()
                .toArray();
    }

    /** What is drawn, and before it whatever leads to the states at its beginning. */
    List<Numbered> entries() {
        return List.copyOf(entries);
    }

    /** The different times of what is drawn, in order, in nanoseconds. */
    long[] instants() {
        long[] all = instants(entries);
        int first = 0;
        while (all[first] < start) {
            first++;
        }
        boolean whole = start == 0 && all[0] > 0;
        long[] drawn = new long[all.length - first + (whole ? 1 : 0)];
        System.arraycopy(all, first, drawn, whole ? 1 : 0, all.length - first);
        return drawn;
    }

    /** Whether this is drawn, rather than only what it led to. */
    boolean isDrawn(Numbered entry) {
        return entry.entry().at().toNanos() >= start;
    }

    /** The instant at which the drawing begins, in nanoseconds. */
    long start() {
        return start;
    }

    /** How many calls and repeated states are left out. */
    int routine() {
        return routine;
    }
}
