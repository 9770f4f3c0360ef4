package dev.steward.testkit.proof;

import java.util.List;

/** Where two runs that should be the same went apart. */
final class Differences {
    private Differences() {}

    static Violation of(RunEnd first, RunEnd second) {
        List<String> one = first.simulation().trace();
        List<String> other = second.simulation().trace();
        String text = "played twice, it goes two ways";
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                text += ": first '" + one.get(i) + "', then '" + other.get(i) + "'";
                break;
            }
        }
        return new Violation(Violation.DETERMINISM, text, second.simulated(), null);
    }
}
