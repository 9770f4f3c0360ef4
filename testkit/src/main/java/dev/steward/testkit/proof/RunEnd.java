package dev.steward.testkit.proof;

import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run went. Not safe for use by many threads: it holds the run's own clock.
 *
 * @param replay plays it again
 * @param violation what went wrong, or null
 * @param fired how many faults of each class befell it
 * @param ports what its processes called
 * @param events what happened in the world, and when
 * @param elects whether there were elections
 */
record RunEnd(
        Replay replay,
        @Nullable Violation violation,
        Simulation simulation,
        Map<FaultClass, Integer> fired,
        List<Port> ports,
        Map<String, Duration> events,
        boolean elects) {
    long hash() {
        return simulation.traceHash();
    }

    Duration simulated() {
        return simulation.elapsed();
    }

    boolean isOf(String rule) {
        return violation != null && violation.rule().equals(rule);
    }

    /** How many steps its calls made at which something might have gone wrong. */
    int calls() {
        int sum = 0;
        for (Port port : ports) {
            for (CallStep step : CallStep.values()) {
                sum += step == CallStep.BEGUN ? 0 : port.points(step);
            }
        }
        return sum;
    }

    /** Whether a store is looked at or written. */
    boolean stores() {
        return ports.stream().anyMatch(port -> port.sort() == Port.Sort.COMMIT || port.sort() == Port.Sort.LOOK);
    }

    int passes() {
        return ports.stream().mapToInt(port -> port.points(CallStep.BEGUN)).sum();
    }

    RunEnd broken(Violation found) {
        return new RunEnd(replay, found, simulation, fired, ports, events, elects);
    }
}
