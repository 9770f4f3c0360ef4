package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Texts;
import java.time.Duration;

/**
 * Why an instance that runs is to come down and be started again. Immutable.
 *
 * @param failure whether it counts as one for its {@link RestartPolicy}, which then may also decide that it stays down
 * @param pause at least so long after it has come down
 */
record Recycle(Reason why, boolean failure, Duration pause) {
    /** Somebody wants it so. */
    static Recycle asked(InstanceCause code, String text) {
        return new Recycle(new Reason(code, text), false, Duration.ZERO);
    }

    /** It was not ready in time. */
    static Recycle notReady(StartPlan plan, String lastProbe) {
        String text = "not ready within " + Texts.seconds(plan.limit()) + (lastProbe.isEmpty() ? "" : ": " + lastProbe);
        return failed(InstanceCause.NOT_READY, text, plan.retry());
    }

    /** It is not as it should be. */
    static Recycle failed(InstanceCause code, String text, Duration pause) {
        return new Recycle(new Reason(code, text), true, pause);
    }
}
