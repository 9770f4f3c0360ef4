package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * <tr><td>{@code driver.launch.orphaned}</td><td>under way when the driver {@linkplain #die dies}, and done all the same</td></tr>
 * <tr><td>{@code driver.signal.lost}</td><td>not sent</td></tr>
 * <tr><td>{@code driver.news.late}</td><td>told late, and so are all news behind it</td></tr>
 * <tr><td>{@code driver.news.twice}</td><td>an end or a refusal is told again, some time later</td></tr>
 * <tr><td>{@code driver.census.failed}</td><td>a census that says so</td></tr>
 * <tr><td>{@code driver.census.slow}</td><td>told late, with what was true when it began</td></tr>
 * <tr><td>{@code driver.census.lost}</td><td>never told, the first one excepted</td></tr>
 * <tr><td>{@code driver.measure.lost}</td><td>not done, no answer</td></tr>
 * </table>
 *
 * <p>{@link FakeHost#lag} says how late is late.
 *
 * <p><b>Threads.</b> Not safe for use by many threads, but for {@link #tail}, which is.
 */
public final class FakeInstanceDriver implements InstanceDriver {
    private final FakeHost host;
    private final Simulation simulation;
    private final FaultPlan faults;
    private final String owner;
    private final Management manages;
    private final OnClose onClose;
    private final Lane orders;
    private final Map<Incarnation, InstanceSpec> launching = new LinkedHashMap<>(); // ordered and not yet carried out
    private final Map<Incarnation, Told> told = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable Errands errands;
    private boolean closed;
    private int looks;
    private int measurements;

    /** A driver of processes on a host of its own; when it is closed they run on. */
    public FakeInstanceDriver(Simulation simulation) {
        this(new FakeHost(simulation));
    }

    /** A driver of processes on a host that others may have used before it; when it is closed they run on. */
    public FakeInstanceDriver(FakeHost host) {
        this(host, OnClose.LEAVE);
    }

    /** A driver of processes on a host that others may have used before it. */
    public FakeInstanceDriver(FakeHost host, OnClose onClose) {
        this(host, "steward", Management.HOST, onClose);
    }

    /**
     * A driver; when it is closed what it manages runs on.
     *
     * @param owner marks what it starts; it sees nothing else
     * @param manages what it says that it manages
     */
    public FakeInstanceDriver(FakeHost host, String owner, Management manages) {
        this(host, owner, manages, OnClose.LEAVE);
    }

    /**
     * A driver.
     *
     * @param owner marks what it starts; it sees nothing else
     * @param manages what it says that it manages
     * @param onClose whether what it has launched, or named in a census, is stopped when it is closed. That is over in the same instant:
     *     what needs up to 2 s to terminate is given them, what needs longer or is deaf is killed
     */
    public FakeInstanceDriver(FakeHost host, String owner, Management manages, OnClose onClose) {
        this.host = checkNotNull(host, "host");
        this.simulation = host.simulation();
        this.faults = simulation.faults();
        this.owner = checkNotNull(owner, "owner");
        this.manages = checkNotNull(manages, "manages");
        this.onClose = checkNotNull(onClose, "onClose");
        this.orders = new Lane(simulation);
    }

    // ---- for the manager

    @Override
    public void open(DriverEvents events) {
        checkState(errands == null && !closed, "a driver is opened once");
        errands = new Errands(this, told, new Outlet(host, told, checkNotNull(events, "events")));
        host.attach(this);
        orders.put(Duration.ZERO, "first census", () -> errands().takeCensus(0));
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
        if (!errands().isInStep()) {
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
        launching.put(life, spec);
        orders.put(delay, spec.name() + " is launched", () -> {
            launching.remove(life);
            errands().start(spec.name(), life, lately);
        });
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
            orders.put(Duration.ZERO, "census " + ticket, () -> errands().takeCensus(ticket));
        }
    }

    @Override
    public void measure(String name, Incarnation life) {
        if (accepts("measure") && !faults.decide("driver.measure.lost")) {
            orders.put(Duration.ZERO, name + " is measured", () -> errands().takeMeasure(name, life));
        }
    }

    @Override
    public List<String> tail(String name, Output output, int most) {
        checkArgument(most >= 1, "the last %s lines of '%s'", most, name);
        return host.outputs().tail(owner, name, checkNotNull(output, "output"), most);
    }

    private boolean accepts(String order) {
        if (order.equals("look")) {
            looks++;
        } else if (order.equals("measure")) {
            measurements++;
        } else {
            calls.add(order);
            host.called(order);
        }
        if (closed) {
            host.violated("I4 nothing after the end", order + " after the driver was closed");
            return false;
        }
        checkState(errands != null, "%s before the driver is open", order);
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            fallSilent();
            if (onClose == OnClose.STOP) {
                host.alive(owner).stream()
                        .filter(life -> told.containsKey(life.life()))
                        .forEach(host::stop);
            }
            host.detach(this);
        }
    }

    private void fallSilent() {
        closed = true;
        orders.close();
        if (errands != null) {
            errands.close();
        }
    }

    // ---- carrying out

    /** Something of a life on this host has ended. */
    void changed(FakeLife life) {
        errands().changed(life);
    }

    private Errands errands() {
        return checkNotNull(errands, "errands");
    }

    String owner() {
        return owner;
    }

    // ---- for the test

    /**
     * Ends as its whole program does when it is killed: no more news, orders under way are lost, or, by a fault, carried out, and what runs
     * runs on, whatever was to happen at its close.
     */
    public void die() {
        if (!closed) {
            fallSilent();
            launching.forEach(this::orphan);
            host.detach(this);
        }
    }

    private void orphan(Incarnation life, InstanceSpec spec) {
        if (faults.decide("driver.launch.orphaned") && host.program(spec.name()).takeRefusal() == null) {
            var unused = host.start(spec.name(), life, this);
        }
    }

    /** Where its processes run. */
    public FakeHost host() {
        return host;
    }

    /** The orders given to this driver, looks and measurements excepted, in order: {@code launch web}, {@code signal web INT}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** How often it has been asked to look. */
    public int looks() {
        return looks;
    }

    /** How often it has been asked how much memory something uses. */
    public int measurements() {
        return measurements;
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

    /** As {@link FakeHost#write}. */
    public void write(String name, Output output, String... lines) {
        host.write(name, output, lines);
    }

    /** As {@link FakeHost#usesMemory}. */
    public void usesMemory(String name, long bytes) {
        host.usesMemory(name, bytes);
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
        return "FakeInstanceDriver[" + owner + ", " + (closed ? "closed" : errands == null ? "new" : "open") + "]";
    }
}
