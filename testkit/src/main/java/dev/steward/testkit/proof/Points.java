package dev.steward.testkit.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The places in a run without faults where each class of them can strike, one fault each. Immutable.
 *
 * @param faults what is played
 * @param possible how many there are; more than are played if there are too many
 * @param alike how many there are besides at which nothing in the world was other than at those
 */
record Points(List<Fault> faults, int possible, int alike) {
    private static final int LONG_EVERY = 10;

    static Points of(FaultClass family, RunEnd golden, boolean elects, boolean stores, int most) {
        boolean hasCalls = golden.calls() > 0;
        List<List<Fault>> groups = new ArrayList<>();
        int alike = 0;
        for (Port port : golden.ports()) {
            List<Fault> group = new ArrayList<>();
            if (family == FaultClass.CRASH) {
                alike += crashes(port, group);
            } else if (port.sort() != Port.Sort.PASS || !hasCalls) {
                alike += variants(Variant.of(family, port.sort(), elects, stores), port, group);
            }
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return sample(groups, most, alike);
    }

    private static int crashes(Port port, List<Fault> group) {
        int alike = 0;
        for (CallStep step : CallStep.values()) {
            for (int n : port.worth(step)) {
                group.add(new Fault(Fault.Kind.CRASH, port.process(), port.name(), n, step.word()));
            }
            alike += port.points(step) - port.worth(step).size();
        }
        return alike;
    }

    private static int variants(List<Variant> variants, Port port, List<Fault> group) {
        CallStep step = port.sort() == Port.Sort.PASS ? CallStep.BEGUN : CallStep.ASKED;
        List<Integer> worth = port.worth(step);
        for (int i = 0; i < worth.size(); i++) {
            for (Variant variant : variants) {
                if (!variant.isLong() || i % LONG_EVERY == 0) {
                    group.add(variant.at(port, worth.get(i)));
                }
            }
        }
        return (port.points(step) - worth.size()) * variants.size();
    }

    /** Few calls of a name are played all; of many, some that are spread evenly. */
    private static Points sample(List<List<Fault>> groups, int most, int alike) {
        int possible = groups.stream().mapToInt(List::size).sum();
        List<Fault> chosen = new ArrayList<>();
        List<List<Fault>> bySize = new ArrayList<>(groups);
        bySize.sort(Comparator.comparingInt(List::size));
        int left = most;
        for (int i = 0; i < bySize.size(); i++) {
            List<Fault> group = bySize.get(i);
            int share = Math.min(group.size(), left / (bySize.size() - i));
            for (int k = 0; k < share; k++) {
                chosen.add(group.get((int) ((long) k * group.size() / share)));
            }
            left -= share;
        }
        return new Points(List.copyOf(chosen), possible, alike);
    }
}
