package dev.steward.testkit.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of one name that one process makes, over all its starts: counted, and with the faults that befall them. One run's. */
final class Port {
    static final String PASS = "pass";

    /** What a call is, which says what can befall it. */
    enum Sort {
        PASS,
        SYNC,
        REMOTE,
        /** Done in the call, and answered later. */
        PROMPT,
        COMMIT,
        LOOK
    }

    private final String process;
    private final String name;
    private final Sort sort;
    private final int[] counts = new int[CallStep.NUMBER];
    private final int[] points = new int[CallStep.NUMBER];
    private final Map<CallStep, Worth> worth = new EnumMap<>(CallStep.class);
    private final List<Fault> faults = new ArrayList<>(1);

    Port(String process, String name, Sort sort) {
        this.process = process;
        this.name = name;
        this.sort = sort;
    }

    String process() {
        return process;
    }

    String name() {
        return name;
    }

    Sort sort() {
        return sort;
    }

    /** The number of the call that comes to this step now, from 1. */
    int count(CallStep step) {
        return ++counts[step.index()];
    }

    /** A fault may befall this. */
    void reached(CallStep step, int occurrence) {
        points[step.index()] = Math.max(points[step.index()], occurrence);
    }

    /** How many calls came to this step while faults could befall them. */
    int points(CallStep step) {
        return points[step.index()];
    }

    /** The same, where nothing goes wrong; {@code version} is another whenever something in the world is. */
    void reached(CallStep step, int occurrence, long version) {
        worth.computeIfAbsent(step, any -> new Worth()).reached(occurrence, version);
    }

    /** Those that came to this step when something had changed since the one before, and the first that follow. */
    List<Integer> worth(CallStep step) {
        Worth known = worth.get(step);
        return known == null ? List.of() : known.occurrences;
    }

    /** Which of many calls to a step are no copies of those before. */
    private static final class Worth {
        private static final int ALIKE = 3;

        private final List<Integer> occurrences = new ArrayList<>();
        private long version = -1;
        private int alike;

        private void reached(int occurrence, long now) {
            alike = now == version ? alike + 1 : 1;
            version = now;
            if (alike <= ALIKE) {
                occurrences.add(occurrence);
            }
        }
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    boolean isWell() {
        return faults.isEmpty();
    }

    /** Whether the process dies here, and by which fault. */
    @Nullable
    Fault crash(CallStep step, int occurrence) {
        for (Fault fault : faults) {
            if (fault.occurrence() == occurrence
                    && fault.kind() == Fault.Kind.CRASH
                    && fault.detail().equals(step.word())) {
                return fault;
            }
        }
        return null;
    }

    /** What else befalls this call. */
    List<Fault> faults(int occurrence) {
        List<Fault> all = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.occurrence() == occurrence && fault.kind() != Fault.Kind.CRASH) {
                all.add(fault);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return process + " " + name;
    }
}
