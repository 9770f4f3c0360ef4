package dev.steward.testkit.assertj;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceView;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RunState;
import dev.steward.instance.TargetState;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about an instance as its manager sees it now. A failure says all that the manager knows of it. */
public final class InstanceAssert extends AbstractAssert<InstanceAssert, ManagedInstance> {
    InstanceAssert(ManagedInstance actual) {
        super(actual, InstanceAssert.class);
    }

    /** It runs and is meant to go on; with a readiness probe, it has said that it is ready. */
    public InstanceAssert isUp() {
        return isInState(RunState.UP);
    }

    /** It does not run. */
    public InstanceAssert isDown() {
        return isInState(RunState.DOWN);
    }

    /** It has been launched and is not yet seen running. */
    public InstanceAssert isStarting() {
        return isInState(RunState.STARTING);
    }

    /** It has been told to stop, and something of it is left. */
    public InstanceAssert isStopping() {
        return isInState(RunState.STOPPING);
    }

    /** It was given up, and stays down until somebody asks for it. */
    public InstanceAssert hasFailed() {
        return isInState(RunState.FAILED);
    }

    /** Nothing can start or stop it. */
    public InstanceAssert isInoperable() {
        return isInState(RunState.INOPERABLE);
    }

    /** It is in this state. */
    public InstanceAssert isInState(RunState state) {
        return equal("in state", view().state(), state);
    }

    /** It is wanted so. */
    public InstanceAssert isWanted(TargetState target) {
        return equal("wanted", view().targetState(), target);
    }

    /** It is as it is for this reason. */
    public InstanceAssert isSoBecause(InstanceCause cause) {
        return equal("so because of", view().cause().code(), cause);
    }

    /** It runs, and an earlier manager has launched it. */
    public InstanceAssert isAdopted() {
        return equal("adopted:", view().adopted(), true);
    }

    /** It was launched again after a failure so often. */
    public InstanceAssert hasRestarts(int times) {
        return equal("restarted so often:", view().restarts(), times);
    }

    /** It has been up for exactly so long, as of now; zero if it is not up. */
    public InstanceAssert hasUptime(Duration length) {
        return equal("up for", instance().uptime(), length);
    }

    /** It has been up for at least so long, as of now. */
    public InstanceAssert hasUptimeOfAtLeast(Duration least) {
        Duration uptime = instance().uptime();
        if (uptime.compareTo(least) < 0) {
            failWithMessage("expected up for at least %s, but it is %s%n%s", least, uptime, said());
        }
        return this;
    }

    /** Its last life ended with this code. */
    public InstanceAssert hasExitedWith(int code) {
        return equal("ended with", view().exit().orElse(null), ExitStatus.of(code));
    }

    /** Its last life ended, and nobody knows how. */
    public InstanceAssert hasExitedUnknown() {
        return equal("ended with", view().exit().orElse(null), ExitStatus.unknown());
    }

    /** Its first process has this pid. */
    public InstanceAssert hasPid(long pid) {
        return equal("of pid", view().pid().isPresent() ? view().pid().getAsLong() : null, pid);
    }

    /** It is not configured any more and has come down. */
    public InstanceAssert isRetired() {
        return equal("retired:", view().retired(), true);
    }

    /** Its stability, as of now, is at least this. */
    public InstanceAssert isSteady(double least) {
        double stability = instance().stability();
        if (!(stability >= least)) {
            failWithMessage("expected a stability of at least %s, but it is %s%n%s", least, stability, said());
        }
        return this;
    }

    private InstanceAssert equal(String what, @Nullable Object seen, Object expected) {
        if (!Objects.equals(seen, expected)) {
            failWithMessage("expected %s %s, but it is %s%n%s", what, expected, seen, said());
        }
        return this;
    }

    private String said() {
        InstanceView view = view();
        return "  " + view + System.lineSeparator() + "  next action " + view.nextAction() + ", target "
                + view.targetState() + view.at().map(at -> ", until " + at).orElse("") + ", restarts "
                + view.restarts() + view.exit().map(exit -> ", last " + exit).orElse("");
    }

    private InstanceView view() {
        return instance().view();
    }

    private ManagedInstance instance() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }
}
