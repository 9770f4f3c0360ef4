package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Moment;
import dev.steward.loop.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One instance as of one instant: everything that its manager knows of it. Immutable.
 *
 * <p>Times are stamps of the wall clock, for people. What passes while nothing happens, such as the time that it has been up, is asked
 * of the {@link ManagedInstance}.
 *
 * <p>The fields are those of {@code ManagedInstance} of the OCS HostManager, and those that its users missed.
 */
public final class InstanceView {
    private final InstanceSpec spec;
    private final boolean withdrawn;
    private final boolean operable;
    private final boolean retired;
    private final TargetState target;
    private final NextAction next;
    private final RunState state;
    private final Reason cause;
    private final Moment taken;
    private final Moment since;
    private final boolean timed;
    private final long atNanos;
    private final @Nullable Incarnation life;
    private final long pid;
    private final @Nullable ExitStatus exit;
    private final int restarts;
    private final boolean adopted;
    private final OptionalLong memory;
    private final long runningSince;
    private final String unwell;
    private final List<Reason> rulings;
    private final List<Hold> holds;
    private final Stability stability;

    InstanceView(InstanceRunner runner, InstanceTeller teller, Moment since, Moment taken) {
        this.spec = runner.wanted().spec();
        this.withdrawn = runner.wanted().isWithdrawn();
        this.operable = runner.isOperable();
        this.retired = runner.standing().hasRetired();
        this.target = runner.wanted().target();
        this.next = runner.next();
        this.state = teller.state();
        this.cause = teller.cause();
        this.taken = taken;
        this.since = since;
        this.timed = runner.alarm().isSet();
        this.atNanos = runner.alarm().at();
        Life current = runner.seen().life();
        this.life = current == null ? null : current.id();
        this.pid = current == null ? 0 : current.pid();
        this.adopted = current != null && current.isAdopted();
        this.memory = current == null ? OptionalLong.empty() : current.memory();
        this.runningSince = current == null ? taken.nanos() : current.since();
        this.exit = runner.seen().exit();
        this.restarts = runner.history().relaunches();
        this.stability = runner.history().stability();
        this.unwell = runner.seen().isRunning() ? runner.checks().last() : "";
        this.rulings = List.copyOf(runner.standing().rulings());
        this.holds = runner.standing().holds();
    }

    /** How it is managed: as configured, or retired once it is not configured any more. */
    public Management management() {
        return withdrawn ? Management.RETIRED : spec.management();
    }

    /** What kind of program it is. */
    public String agentClass() {
        return spec.agentClass();
    }

    /** Its name, unique on its host. */
    public String instanceId() {
        return spec.name();
    }

    /** The class and the id. */
    public String fullName() {
        return spec.fullName();
    }

    /** What it is configured with; arguments that were changed meanwhile take effect at the next launch. */
    public InstanceSpec spec() {
        return spec;
    }

    /** Whether the manager's driver can start and stop it at all. */
    public boolean operable() {
        return operable;
    }

    /** Whether it is not configured any more and has come down: it is about to be forgotten, or has been. */
    public boolean retired() {
        return retired;
    }

    /** Whether it is only watched, and acted on for the length of a request at most; never so for a process of the host. */
    public boolean passiveTracking() {
        return false;
    }

    /** What is run: the program, without its arguments. */
    public String agentScript() {
        return spec.launch().argv().get(0);
    }

    /** The life that is running, or being started or stopped. */
    public Optional<Incarnation> life() {
        return Optional.ofNullable(life);
    }

    /** The pid of the first process of that life, once it is known. */
    public OptionalLong pid() {
        return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /** Whether it is out of date as it runs, and should be restarted; never so for a process of the host. */
    public boolean restartRequired() {
        return false;
    }

    /** What is wanted. */
    public TargetState targetState() {
        return target;
    }

    /** What the manager does about it next, the finer view of its {@link #state}. */
    public NextAction nextAction() {
        return next;
    }

    /** When the time of the next action is over, if it has one: the launch, the limit of a start, the next signal of a stop. */
    public Optional<Instant> at() {
        return timed ? Optional.of(taken.at(atNanos)) : Optional.empty();
    }

    /** The failures that count for the stability, the earliest first. */
    public List<Instant> failTimes() {
        return Arrays.stream(stability.times()).mapToObj(taken::at).toList();
    }

    /** Where it is in its life, as the feed tells it. */
    public RunState state() {
        return state;
    }

    /** Since when it is in that state. */
    public Instant since() {
        return since.wall();
    }

    /** Why it is as it is; the code is an {@link InstanceCause}. */
    public Reason cause() {
        return cause;
    }

    /** How its last life ended, if one has. */
    public Optional<ExitStatus> exit() {
        return Optional.ofNullable(exit);
    }

    /** How often it was launched again: after an end, or because it was to be restarted. */
    public int restarts() {
        return restarts;
    }

    /** Whether an earlier manager has launched what runs. */
    public boolean adopted() {
        return adopted;
    }

    /** Bytes of memory of all of its processes, as last measured for its recycle policy. */
    public OptionalLong memory() {
        return memory;
    }

    /** What its last probe found, if it was not well; else empty. */
    public String unwell() {
        return unwell;
    }

    /** What decides about it besides its target, in order: why it waits, is to be restarted, or stays down. */
    public List<Reason> rulings() {
        return rulings;
    }

    /** Who holds it, by holder, so that nothing is begun with it; see {@link HostManager#hold}. */
    public List<Hold> holds() {
        return holds;
    }

    /** From when this view is. */
    public Instant taken() {
        return taken.wall();
    }

    double stabilityAt(long nanos) {
        return stability.at(nanos).factor(nanos);
    }

    Duration uptimeAt(long nanos) {
        return state == RunState.UP ? Duration.ofNanos(nanos - runningSince) : Duration.ZERO;
    }

    long nanosInState(long nanos) {
        return nanos - since.nanos();
    }

    long nanosLeft(long nanos) {
        return Math.max(atNanos - nanos, 0);
    }

    /** One line for people: {@code thermo1 up (pid 12)}. */
    @Override
    public String toString() {
        return instanceId() + " " + ManagedInstance.INSTANCE.text(state) + (cause.isNone() ? "" : " (" + cause + ")");
    }
}
