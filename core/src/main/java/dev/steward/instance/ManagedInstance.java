package dev.steward.instance;

import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.loop.Hold;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An instance that a {@link HostManager} looks after, as others may see it.
 *
 * <p>Only the manager changes it, and always as a whole: {@link #view()} is one consistent snapshot, and two accessors called one after
 * the other may belong to two of them. It goes on answering after the manager has forgotten the instance, with what was true last.
 *
 * <p><b>Threads.</b> Safe for use by many threads.
 */
public final class ManagedInstance {
    /** Instances as a kind of thing on the feed. */
    public static final Kind<RunState> INSTANCE = Kind.of("instance", RunState.class, RunState.GRAPH);

    private final TimeSource time;
    private volatile InstanceView view;

    ManagedInstance(TimeSource time, InstanceView view) {
        this.time = time;
        this.view = view;
    }

    void show(InstanceView next) {
        view = next;
    }

    /** All of it as of one instant; one read of a volatile field. */
    public InstanceView view() {
        return view;
    }

    /** See {@link InstanceView#instanceId}. */
    public String instanceId() {
        return view.instanceId();
    }

    /** See {@link InstanceView#agentClass}. */
    public String agentClass() {
        return view.agentClass();
    }

    /** See {@link InstanceView#fullName}. */
    public String fullName() {
        return view.fullName();
    }

    /** See {@link InstanceView#management}. */
    public Management management() {
        return view.management();
    }

    /** See {@link InstanceView#operable}. */
    public boolean operable() {
        return view.operable();
    }

    /** See {@link InstanceView#retired}. */
    public boolean retired() {
        return view.retired();
    }

    /** See {@link InstanceView#passiveTracking}. */
    public boolean passiveTracking() {
        return view.passiveTracking();
    }

    /** See {@link InstanceView#agentScript}. */
    public String agentScript() {
        return view.agentScript();
    }

    /** See {@link InstanceView#restartRequired}. */
    public boolean restartRequired() {
        return view.restartRequired();
    }

    /** See {@link InstanceView#targetState}. */
    public TargetState targetState() {
        return view.targetState();
    }

    /** See {@link InstanceView#nextAction}. */
    public NextAction nextAction() {
        return view.nextAction();
    }

    /** See {@link InstanceView#at}. */
    public Optional<Instant> at() {
        return view.at();
    }

    /** See {@link InstanceView#failTimes}. */
    public List<Instant> failTimes() {
        return view.failTimes();
    }

    /** How steady it has been, as of now: from 1, no failure that counts, to 0. */
    public double stability() {
        return view.stabilityAt(time.nanos());
    }

    /** See {@link InstanceView#state}. */
    public RunState state() {
        return view.state();
    }

    /** See {@link InstanceView#since}. */
    public Instant since() {
        return view.since();
    }

    /** See {@link InstanceView#cause}. */
    public Reason cause() {
        return view.cause();
    }

    /** See {@link InstanceView#life}. */
    public Optional<Incarnation> life() {
        return view.life();
    }

    /** See {@link InstanceView#pid}. */
    public OptionalLong pid() {
        return view.pid();
    }

    /** How long it has been running, as of now, also under an earlier manager; zero if it is not up. */
    public Duration uptime() {
        return view.uptimeAt(time.nanos());
    }

    /** See {@link InstanceView#exit}. */
    public Optional<ExitStatus> exit() {
        return view.exit();
    }

    /** See {@link InstanceView#restarts}. */
    public int restarts() {
        return view.restarts();
    }

    /** See {@link InstanceView#holds}. */
    public List<Hold> holds() {
        return view.holds();
    }

    /** As {@link InstanceView#toString}. */
    @Override
    public String toString() {
        return view.toString();
    }
}
