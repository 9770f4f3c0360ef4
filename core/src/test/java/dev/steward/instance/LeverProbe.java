package dev.steward.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A probe that answers as its lever stands. Safe for use by one thread. */
final class LeverProbe implements Probe {
    /** How it answers. */
    enum Lever {
        WELL,
        UNWELL,
        TWICE_GOOD_THEN_BAD,
        SILENT,
        THROWS
    }

    final List<Subject> looks = new ArrayList<>();
    final List<Consumer<ProbeResult>> unanswered = new ArrayList<>();
    Lever lever;

    LeverProbe(Lever lever) {
        this.lever = lever;
    }

    @Override
    public void check(Subject subject, Consumer<ProbeResult> answer) {
        looks.add(subject);
        switch (lever) {
            case WELL -> answer.accept(ProbeResult.well());
            case UNWELL -> answer.accept(ProbeResult.unwell("does not answer"));
            case TWICE_GOOD_THEN_BAD -> {
                answer.accept(ProbeResult.well());
                answer.accept(ProbeResult.unwell("said twice"));
            }
            case SILENT -> unanswered.add(answer);
            case THROWS -> throw new IllegalStateException("the probe is broken");
        }
    }

    /** How many looks there were since this was last asked. */
    int takeLooks() {
        int taken = looks.size();
        looks.clear();
        return taken;
    }
}
