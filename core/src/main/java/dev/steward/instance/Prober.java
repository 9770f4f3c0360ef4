package dev.steward.instance;

import dev.steward.kernel.Due;
import dev.steward.kernel.Texts;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks the probe of one plan about one life, again and again until it is told to end. One look at a time, each with its limit; an answer that
 * comes too late, or a second one, is ignored. Not safe for use by many threads; answers come from any.
 */
final class Prober implements Due {
    private final Host host;
    private final ProbePlan plan;
    private final Probe.Subject subject;
    private final Consumer<Findings> verdicts;
    private final int slot;
    private boolean asking;
    private boolean over;
    private long looks;
    private long at;
    private int bad;
    private long answered;

    /**
     * What the looks have come to so far.
     *
     * @param last what the last one found
     * @param badInARow how many bad ones there were since the last good one
     */
    record Findings(ProbeResult last, int badInARow) {}

    /** Begins; {@code verdicts} is told after each look, in a pass. */
    Prober(Host host, ProbePlan plan, Probe.Subject subject, Consumer<Findings> verdicts) {
        this.host = host;
        this.plan = plan;
        this.subject = subject;
        this.verdicts = verdicts;
        this.slot = host.schedule().add(this);
        wakeIn(plan.delay());
    }

    /** Whether it asks so about that life. */
    boolean asks(ProbePlan other, Life life) {
        return plan.equals(other) && subject.life().equals(life.id());
    }

    /** No more looks, and no more verdicts. */
    void end() {
        if (!over) {
            over = true;
            host.schedule().remove(slot);
        }
    }

    /** Whether there has been an answer, good or bad, and lately: of what was before a pause of the whole program nothing may follow. */
    boolean hasAnsweredLately() {
        long most = TimeSource.saturatedNanos(plan.period().plus(plan.limit()));
        return looks > (asking ? 1 : 0) && host.pass().now() - answered <= most;
    }

    private void wakeIn(Duration delay) {
        at = host.pass().now() + TimeSource.saturatedNanos(delay);
        host.schedule().at(slot, at);
    }

    @Override
    public void run(long now) {
        if (over) {
            return;
        }
        if (now - at < 0) {
            host.schedule().at(slot, at); // it may be a turn after a defect
        } else if (asking) {
            answered(looks, ProbeResult.unwell("no answer within " + Texts.seconds(plan.limit())));
        } else {
            look();
        }
    }

    private void look() {
        asking = true;
        long number = ++looks;
        wakeIn(plan.limit());
        try {
            plan.probe().check(subject, result -> host.post(() -> answered(number, result)));
        } catch (RuntimeException error) {
            answered(number, ProbeResult.unwell(Texts.thrown(error)));
        }
    }

    private void answered(long number, ProbeResult result) {
        if (over || !asking || number != looks) {
            return;
        }
        asking = false;
        answered = host.pass().now();
        bad = result.isWell() ? 0 : bad + 1;
        wakeIn(plan.period());
        verdicts.accept(new Findings(result, bad));
    }

    @Override
    public String name() {
        return subject.name();
    }
}
