package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proof has found a run that breaks a rule, and the few faults and events that it takes. The message tells the story, and ends with a test
 * method that does it again.
 */
public final class ProofFailure extends AssertionError implements HasChronicle {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String run;
    private final transient Chronicle chronicle;
    private final transient List<Fault> faults;

    ProofFailure(String rule, Replay replay, Chronicle chronicle, String how, @Nullable Throwable cause) {
        super(message(chronicle, how), cause);
        this.rule = checkNotNull(rule, "rule");
        this.run = replay.toString();
        this.chronicle = chronicle;
        this.faults = replay.faults();
    }

    private static String message(Chronicle chronicle, String how) {
        List<String> lines = new ArrayList<>();
        lines.add(chronicle.title() + ": " + chronicle.failure());
        lines.add("  " + how);
        lines.add("  what happened:");
        chronicle.story().forEach(line -> lines.add("    " + line));
        lines.add("  again, as a test of the same class:");
        lines.add("");
        chronicle.test().lines().forEach(line -> lines.add("    " + line));
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    /** The rule that does not hold. */
    public String rule() {
        return rule;
    }

    /** What {@link Proof#again} takes to do it again. */
    public String run() {
        return run;
    }

    /** What went wrong in the run on purpose. */
    public List<Fault> faults() {
        return faults;
    }

    @Override
    public Chronicle chronicle() {
        return chronicle;
    }
}
