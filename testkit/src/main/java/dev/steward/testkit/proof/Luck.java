package dev.steward.testkit.proof;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random faults, decided call by call: their number and about when is drawn at the start of a round, which they are when they can be. What
 * is drawn is written down, so that the run can be played again without luck. Not safe for use by many threads.
 */
final class Luck {
    private static final int MOST = 8;

    private final SplittableRandom random;
    private final List<FaultClass> families;
    private final int calls;
    private final int passes;
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<Fault> drawn = new ArrayList<>();
    private int call;
    private int pass;

    private record Trigger(FaultClass family, boolean amongCalls, int index) {}

    /**
     * Luck for one run.
     *
     * @param calls how many steps of calls a run without faults has
     * @param passes how many passes it has
     */
    Luck(long seed, List<FaultClass> families, int calls, int passes) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x10C4);
        this.families = families;
        this.calls = calls;
        this.passes = passes;
    }

    /** Draws for the next round. */
    void begin() {
        triggers.clear();
        call = 0;
        pass = 0;
        int near = -1;
        for (int left = 1 + random.nextInt(MOST); left > 0 && !families.isEmpty(); left--) {
            FaultClass family = families.get(random.nextInt(families.size()));
            boolean amongCalls = calls > 0 && (passes == 0 || random.nextInt(4) > 0);
            int most = Math.max(amongCalls ? calls : passes, 1);
            boolean close = near >= 0 && amongCalls && random.nextInt(2) == 0; // two that go together find more
            int index = close ? near + random.nextInt(8) : random.nextInt(most);
            near = amongCalls ? index : near;
            triggers.add(new Trigger(family, amongCalls, index));
        }
    }

    /** A process comes to this step: what goes wrong here is added to the port. */
    void passes(Port port, CallStep step, int occurrence, boolean elects, boolean stores) {
        boolean isPass = step == CallStep.BEGUN;
        int at = isPass ? pass++ : call++;
        for (Iterator<Trigger> each = triggers.iterator(); each.hasNext(); ) {
            Trigger trigger = each.next();
            if (trigger.amongCalls != isPass && trigger.index <= at) {
                Fault fault = fault(trigger.family, port, step, occurrence, elects, stores);
                if (fault != null) {
                    each.remove();
                    drawn.add(fault);
                    port.add(fault);
                }
            }
        }
    }

    private @Nullable Fault fault(
            FaultClass family, Port port, CallStep step, int occurrence, boolean elects, boolean stores) {
        if (family == FaultClass.CRASH) {
            return new Fault(Fault.Kind.CRASH, port.process(), port.name(), occurrence, step.word());
        }
        if (step != CallStep.ASKED && step != CallStep.BEGUN) {
            return null;
        }
        List<Variant> variants = Variant.of(family, port.sort(), elects, stores);
        if (variants.isEmpty()) {
            return null;
        }
        Variant variant = variants.get(random.nextInt(variants.size()));
        while (variant.isLong() && random.nextInt(8) > 0) {
            variant = variants.get(random.nextInt(variants.size()));
        }
        return variant.at(port, occurrence);
    }

    /** All that went wrong, in order. */
    List<Fault> drawn() {
        return drawn;
    }
}
