package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.event.Reason;
import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Management;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops processes that are entries of a table, on virtual time.
 *
 * <p>In the usual test there is one, made with the simulation: {@code new FakeInstanceDriver(simulation)}. What its programs do is said
 * with {@link #program}; {@link #crash}, {@link #exit} and {@link #silence} are levers; {@link #calls}, {@link #running} and
 * {@link #lives} show what came of it, and {@link #assertInvariants} whether a manager made one of the mistakes that {@link FakeHost}
 * watches for. All of these but {@code calls} belong to the {@link #host}, which outlives the driver: to kill a manager and start it
 * again, {@code simulation.kill(manager)}, {@code driver.die()}, and a new manager with {@code new FakeInstanceDriver(driver.host())}.
 *
 * <p>Orders are carried out and news arrive at the instant of the cause, but never inside the call, in the order that the contract of
 * {@link InstanceDriver} demands. What may go wrong are points of the simulation's {@link FaultPlan}:
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>{@code driver.launch.refused}</td><td>out of resources</td></tr>
 * <tr><td>{@code driver.launch.dropped}</td><td>not done, no answer</td></tr>
 * <tr><td>{@code driver.launch.lost}</td><td>done, no answer</td></tr>
 * <tr><td>{@code driver.launch.slow}</td><td>done late, and so is every order behind it</td></tr>
 * <tr><td>{@code driver.signal.lost}</td><td>not sent</td></tr>
 * <tr><td>{@code driver.news.late}</td><td>told late, and so are all news behind it</td></tr>
 * <tr><td>{@code driver.news.twice}</td><td>an end or a refusal is told again, some time later</td></tr>
 * <tr><td>{@code driver.census.failed}</td><td>a census that says so</td></tr>
 * <tr><td>{@code driver.census.slow}</td><td>told late, with what was true when it began</td></tr>
 * <tr><td>{@code driver.census.lost}</td><td>never told, the first one excepted</td></tr>
 * </table>
 *
 * <p>{@link FakeHost#lag} says how late is late.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeInstanceDriver implements InstanceDriver {
    private final FakeHost host;
    private final Simulation simulation;
    private final FaultPlan faults;
    private final String owner;
    private final Management manages;
    private final Lane orders;
    private final Map<Incarnation, Told> told = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable Outlet outlet;
    private boolean closed;
    private int looks;

    /** A driver of processes on a host of its own. */
    public FakeInstanceDriver(Simulation simulation) {
        this(new FakeHost(simulation));
    }

    /** A driver of processes on a host that others may have used before it. */
    public FakeInstanceDriver(FakeHost host) {
        this(host, "steward", Management.HOST);
    }

    /**
     * A driver.
     *
     * @param owner marks what it starts; it sees nothing else
     * @param manages what it says that it manages
     */
    public FakeInstanceDriver(FakeHost host, String owner, Management manages) {
        this.host = checkNotNull(host, "host");
        this.simulation = host.simulation();
        this.faults = simulation.faults();
        this.owner = checkNotNull(owner, "owner");
        this.manages = checkNotNull(manages, "manages");
        this.orders = new Lane(simulation);
    }

    // ---- for the manager

    @Override
    public void open(DriverEvents events) {
        checkState(outlet == null && !closed, "a driver is opened once");
        outlet = new Outlet(host, told, checkNotNull(events, "events"));
        host.attach(this);
        orders.put(Duration.ZERO, "first census", () -> takeCensus(0));
    }

    @Override
    public Management manages() {
        return manages;
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        if (!accepts("launch " + spec.name())) {
            return;
        }
        if (!outlet().isInStep()) {
            host.violated("in step first", "launch of '" + spec.name() + "' before a census was told");
        }
        Told lately = new Told(spec.name());
        lately.known = true;
        if (told.put(life, lately) != null) {
            host.violated("one launch a life", "second launch of life " + life.id() + " of '" + spec.name() + "'");
        }
        if (faults.decide("driver.launch.dropped")) {
            return;
        }
        Duration delay = faults.decide("driver.launch.slow") ? host.someLag() : Duration.ZERO;
        orders.put(delay, spec.name() + " is launched", () -> start(spec, life, lately));
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        if (!accepts("signal " + name + " " + signal)) {
            return;
        }
        Told known = told.get(life);
        if (known == null || !known.known || !known.name.equals(name)) {
            host.violated("I12 no stranger", signal + " to life " + life.id() + ", never heard of as '" + name + "'");
            return;
        }
        if (known.knownGone) {
            host.violated("I12 no stranger", signal + " to life " + life.id() + " of '" + name + "', known to be gone");
        }
        if (!faults.decide("driver.signal.lost")) {
            orders.put(Duration.ZERO, name + " is sent " + signal, () -> {
                FakeLife target = host.find(life);
                if (target != null) {
                    host.signal(target, signal);
                }
            });
        }
    }

    @Override
    public void look(long ticket) {
        if (accepts("look")) {
            orders.put(Duration.ZERO, "census " + ticket, () -> takeCensus(ticket));
        }
    }

    private boolean accepts(String order) {
        if (order.equals("look")) {
            looks++;
        } else {
            calls.add(order);
            host.called(order);
        }
        if (closed) {
            host.violated("I4 nothing after the end", order + " after the driver was closed");
            return false;
        }
        checkState(outlet != null, "%s before the driver is open", order);
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            orders.close();
            if (outlet != null) {
                outlet.close();
            }
            host.detach(this);
        }
    }

    // ---- carrying out

    private void start(InstanceSpec spec, Incarnation id, Told lately) {
        LaunchFailure refusal = faults.decide("driver.launch.refused")
                ? LaunchFailure.NO_RESOURCES
                : host.program(spec.name()).takeRefusal();
        FakeLife life = refusal == null ? host.start(spec.name(), id, this).orElse(null) : null;
        if (life == null) {
            LaunchFailure why = refusal == null ? LaunchFailure.NO_RESOURCES : refusal;
            lately.over = true;
            outlet().tell(new Observation.Refused(spec.name(), id, new Reason(why, "fake: " + why)));
        } else if (faults.decide("driver.launch.lost")) {
            lately.answered = true;
        } else if (life.program.startsIn.isZero()) {
            tellRunning(life, lately);
        } else {
            simulation.after(life.program.startsIn, spec.name() + " has started", () -> tellRunning(life, lately));
        }
    }

    private void tellRunning(FakeLife life, Told lately) {
        if (!closed && !lately.answered) {
            lately.answered = true;
            outlet().tell(new Observation.Running(life.name(), life.life(), life.pid()));
        }
    }

    /** Something of a life on this host has ended. */
    void changed(FakeLife life) {
        Told lately = told.get(life.life());
        if (lately == null || lately.over) {
            return;
        }
        if (!life.leader.lives() && !lately.exited) {
            tellRunning(life, lately);
            lately.exited = true;
            lately.over = !life.isAlive();
            ExitStatus how = life.parent == this ? life.exit().orElseThrow() : ExitStatus.unknown();
            outlet().tell(new Observation.Exited(
                    life.name(), life.life(), how, life.isAlive(), life.program.complaint));
        } else if (!life.isAlive()) {
            lately.over = true;
            outlet().tell(new Observation.Gone(life.name(), life.life()));
        }
    }

    private void takeCensus(long ticket) {
        List<Observation.Running> running = new ArrayList<>();
        if (faults.decide("driver.census.failed")) {
            outlet().tell(Census.failed(ticket, "fake: the table cannot be read"));
            return;
        }
        for (FakeLife life : host.alive(owner)) {
            running.add(new Observation.Running(
                    life.name(), life.life(), life.oldest().orElseThrow().pid));
            told.computeIfAbsent(life.life(), any -> adopted(life));
        }
        if (ticket == 0 || !faults.decide("driver.census.lost")) {
            outlet().tell(Census.of(ticket, running));
        }
    }

    private static Told adopted(FakeLife life) {
        Told lately = new Told(life.name());
        lately.answered = true;
        return lately;
    }

    private Outlet outlet() {
        return checkNotNull(outlet, "outlet");
    }

    String owner() {
        return owner;
    }

    // ---- for the test

    /** Ends as its whole program does when it is killed: no more news, orders under way are lost, what runs runs on. */
    public void die() {
        close();
    }

    /** Where its processes run. */
    public FakeHost host() {
        return host;
    }

    /** The orders given to this driver, looks excepted, in order: {@code launch web}, {@code signal web INT}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** How often it has been asked to look. */
    public int looks() {
        return looks;
    }

    /** As {@link FakeHost#program}. */
    public FakeProgram program(String name) {
        return host.program(name);
    }

    /** As {@link FakeHost#crash}. */
    public void crash(String name) {
        host.crash(name);
    }

    /** As {@link FakeHost#exit}. */
    public void exit(String name, int code) {
        host.exit(name, code);
    }

    /** As {@link FakeHost#silence}. */
    public void silence(String name) {
        host.silence(name);
    }

    /** As {@link FakeHost#endSilence}. */
    public void endSilence(String name) {
        host.endSilence(name);
    }

    /** As {@link FakeHost#running}. */
    public int running(String name) {
        return host.running(name);
    }

    /** As {@link FakeHost#launches}. */
    public int launches(String name) {
        return host.launches(name);
    }

    /** As {@link FakeHost#lives(String)}. */
    public List<FakeLife> lives(String name) {
        return host.lives(name);
    }

    /** As {@link FakeHost#assertInvariants}. */
    public void assertInvariants() {
        host.assertInvariants();
    }

    @Override
    public String toString() {
        return "FakeInstanceDriver[" + owner + ", " + (closed ? "closed" : outlet == null ? "new" : "open") + "]";
    }
}
