package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.loop.ControlLoop;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs loops, and the world around them, on a virtual clock: hours in microseconds, and the same every time.
 *
 * <p>It jumps from one instant at which something is due to the next, and there gives a pass to a loop that is due or woken, or lets
 * something of the world {@linkplain #after happen}. Everything that is left open is decided by the <b>seed</b>: loops that are due at
 * the same instant run in any order, and happenings come before, between or behind them. Happenings of one instant keep the order in
 * which they were asked for. The same seed and the same program give the same {@link #traceHash()}.
 *
 * <p><b>What fails a run</b>, with a {@link SimulationException} that says how to repeat it: a loop that asks to run again
 * {@value #SPIN} times without time passing, a loop or a happening that throws, a wake-up from another thread during a run, a rule given to
 * {@link #always} that does not hold. A loop that threw keeps its place, so a test that expects the exception may go on; loops that are
 * allowed to throw belong below a {@code CompositeLoop}, as in production. An {@link Error}, such as a failed assertion, is passed on as
 * it is.
 *
 * <p>It knows time, loops and faults, and nothing of what the loops are for. A test may also move its {@link #time()} by hand between
 * two runs: what was due meanwhile is late, as after a pause of the whole program.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class Simulation {
    /** How often in a row a loop may ask to run again without time passing. */
    public static final int SPIN = 1_000;

    private static final int STANDSTILL = 1_000_000;
    private static final int REPORTED = 20;
    private static final long LONGEST = Long.MAX_VALUE / 2;

    private record Rule(String text, BooleanSupplier holds) {}

    private final long seed;
    private final VirtualTime time = new VirtualTime();
    private final long origin = time.nanos();
    private final Random random;
    private final SplitMix order;
    private final FaultPlan faults;
    private final Trace trace = new Trace();
    private final Loops loops;
    private final Timeline happenings = new Timeline();
    private final List<Rule> rules = new ArrayList<>();
    private long asked;
    private long instant;
    private int turnsAtInstant;
    private volatile @Nullable Thread running;
    private volatile @Nullable String intrusion;

    /** A simulation without loops, at its time 0. */
    public Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(SplitMix.mix(seed ^ 0x57041D));
        this.order = new SplitMix(seed);
        this.loops = new Loops(this, trace, order);
        this.faults = new FaultPlan(
                seed,
                time,
                fault -> trace.write(
                        elapsedNanos(), "fault " + fault.point(), "#" + fault.occurrence(), fault.occurrence()));
    }

    // ---- loops

    /**
     * Takes a loop in; it is due at once. May be called while running, also from a pass.
     *
     * @throws IllegalArgumentException if the loop is in already
     */
    public void add(ControlLoop loop) {
        loops.add(loop);
    }

    /**
     * Takes a loop out and closes it: the orderly end of a program.
     *
     * @throws IllegalStateException if the loop is in a pass
     */
    public void remove(ControlLoop loop) {
        LoopRun run = loops.find(loop);
        checkState(!run.inPass, "loop '%s' is removed during its pass", run.name);
        loops.drop(run, "removed");
        loop.close();
    }

    /**
     * Drops a loop without closing it: a program that crashed. Nothing calls it any more, its wake-ups are ignored, and whatever it had
     * in mind is lost; the rest of a pass under way is not.
     */
    public void kill(ControlLoop loop) {
        loops.drop(loops.find(loop), "killed");
    }

    /**
     * Stops a loop for a while, due or woken or not, as a long garbage collection does; then it gets what it has missed as one pass.
     *
     * @throws IllegalArgumentException if {@code length} is negative
     */
    public void pause(ControlLoop loop, Duration length) {
        loops.pause(loops.find(loop), in(length));
    }

    /** Whether a loop is in and has not finished. */
    public boolean isRunning(ControlLoop loop) {
        return loops.contains(loop);
    }

    // ---- the world

    /** Lets something happen {@code delay} from now; zero is at this instant, but not in this call. */
    public Happening after(Duration delay, String what, Runnable action) {
        Happening happening = new Happening(this, checkNotNull(what, "what"), checkNotNull(action, "action"));
        happenings.schedule(happening, in(delay), asked++);
        return happening;
    }

    /** The same, without a name of its own in the trace. */
    public Happening after(Duration delay, Runnable action) {
        return after(delay, "happening", action);
    }

    /**
     * Lets something happen at a time of the simulation.
     *
     * @param when since the start of the simulation
     * @throws IllegalArgumentException if that has gone by
     */
    public Happening at(Duration when, String what, Runnable action) {
        checkArgument(when.compareTo(elapsed()) >= 0, "%s has gone by, it is %s", when, elapsed());
        return after(when.minus(elapsed()), what, action);
    }

    /** The same, without a name of its own in the trace. */
    public Happening at(Duration when, Runnable action) {
        return at(when, "happening", action);
    }

    boolean cancel(Happening happening) {
        boolean pending = happening.isScheduled();
        happenings.remove(happening);
        return pending;
    }

    /** Sets the wall clock forward, or back with a negative step. No loop may mind. */
    public void stepWall(Duration step) {
        time.stepWall(step);
        trace.write(elapsedNanos(), "wall clock", step, step.hashCode());
    }

    /** Writes a line of the trace, for fakes that want to be seen; it counts in the {@link #traceHash()}. */
    public void note(String line) {
        trace.write(elapsedNanos(), line, null, 0);
    }

    /** From now on, {@code holds} must answer true after every turn of the simulation. */
    public void always(String rule, BooleanSupplier holds) {
        rules.add(new Rule(checkNotNull(rule, "rule"), checkNotNull(holds, "holds")));
    }

    // ---- running

    /** Lets {@code length} pass, with everything that is due in it, both ends included. */
    public void run(Duration length) {
        long end = end(length);
        begin();
        try {
            while (turn(end)) {}
            moveTo(end);
        } finally {
            running = null;
        }
    }

    /**
     * Runs until {@code until} holds, at most for {@code limit}. It is asked before the first turn and after every one.
     *
     * @throws SimulationException if it does not hold by then
     */
    public void runUntil(BooleanSupplier until, Duration limit) {
        long end = end(limit);
        begin();
        try {
            while (!until.getAsBoolean()) {
                if (!turn(end)) {
                    moveTo(end);
                    if (until.getAsBoolean()) {
                        return;
                    }
                    throw failure("what the test waits for did not come true within " + limit, null);
                }
            }
        } finally {
            running = null;
        }
    }

    /**
     * Runs until nothing is to come: every loop is parked or finished, and nothing is to happen. Answers how long that took.
     *
     * @throws SimulationException if something is still to come after {@code limit}
     */
    public Duration settle(Duration limit) {
        long start = elapsedNanos();
        long end = end(limit);
        begin();
        try {
            while (turn(end)) {}
            if (loops.scheduled() + happenings.size() > 0) {
                moveTo(end);
                throw failure("not everything has settled within " + limit, null);
            }
        } finally {
            running = null;
        }
        return Duration.ofNanos(elapsedNanos() - start);
    }

    private void begin() {
        checkState(running == null, "a run of this simulation is under way");
        running = Thread.currentThread();
    }

    /** Does the next thing that is due by {@code end}; answers whether there was one. */
    private boolean turn(long end) {
        String intruded = intrusion;
        if (intruded != null) {
            throw failure(intruded, null);
        }
        Due next = choose(elapsedNanos());
        if (next == null || next.at > end) {
            return false;
        }
        moveTo(next.at);
        countTurn();
        if (next instanceof LoopRun run) {
            loops.pass(run);
        } else if (next instanceof Happening happening) {
            happen(happening);
        }
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).holds.getAsBoolean()) {
                throw failure("'" + rules.get(i).text + "' does not hold after " + next, null);
            }
        }
        return true;
    }

    private @Nullable Due choose(long now) {
        Due pass = loops.first();
        Due happening = happenings.first();
        if (pass == null || happening == null) {
            return pass == null ? happening : pass;
        }
        long passAt = Math.max(pass.at, now);
        long happeningAt = Math.max(happening.at, now);
        boolean passFirst = passAt != happeningAt ? passAt < happeningAt : order.next() < 0;
        return passFirst ? pass : happening;
    }

    private void moveTo(long at) {
        long nanos = at - elapsedNanos();
        if (nanos > 0) {
            time.advance(Duration.ofNanos(nanos));
        }
    }

    private void countTurn() {
        long now = elapsedNanos();
        turnsAtInstant = now == instant ? turnsAtInstant + 1 : 0;
        instant = now;
        if (turnsAtInstant > STANDSTILL) {
            turnsAtInstant = 0;
            throw failure("time stands still after " + STANDSTILL + " turns", null);
        }
    }

    private void happen(Happening happening) {
        happenings.remove(happening);
        trace.write(elapsedNanos(), happening.what(), null, 1);
        try {
            happening.happen();
        } catch (SimulationException failure) {
            throw failure;
        } catch (RuntimeException error) {
            throw failure("'" + happening + "' threw " + error, error);
        }
    }

    /** Remembered as well as thrown: whoever wakes may catch it, as a feed does. */
    void requireOwnThread(String loop) {
        Thread runner = running;
        Thread waker = Thread.currentThread();
        if (runner != null && runner != waker) {
            String failure =
                    "loop '" + loop + "' was woken by thread '" + waker.getName() + "': a simulation has one thread";
            intrusion = failure;
            throw new IllegalStateException(failure);
        }
    }

    // ---- looking

    /** What every open decision depends on. */
    public long seed() {
        return seed;
    }

    /** The clock of everything in here. */
    public VirtualTime time() {
        return time;
    }

    /** How much is still to {@linkplain #after happen}; what loops want is not counted. */
    public int pending() {
        return happenings.size();
    }

    /** How long the simulation has run, in its own time. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos());
    }

    /** Random numbers for the test and its fakes. Drawing from them changes no decision of the simulation itself. */
    public Random random() {
        return random;
    }

    /** What goes wrong; its faults are lines of the trace. */
    public FaultPlan faults() {
        return faults;
    }

    /** The last thousand lines of what happened, one per pass, happening, fault and note, the oldest first. */
    public List<String> trace() {
        return trace.lines(Integer.MAX_VALUE);
    }

    /** A hash over all lines ever written: equal for equal runs. */
    public long traceHash() {
        return trace.hash();
    }

    /** All that helps to understand a failure, in a few lines: the seed, the loops, the faults, the end of the trace. */
    public String report() {
        List<String> lines = new ArrayList<>();
        lines.add("simulation with seed " + seed + ", after " + Trace.seconds(elapsedNanos()));
        loops.wishes(REPORTED).forEach(wish -> lines.add("  " + wish));
        lines.add("  to happen: " + happenings.size() + ", faults fired: " + faults.firedCount());
        List<FaultPlan.Fault> fired = faults.fired();
        fired.subList(Math.max(fired.size() - REPORTED, 0), fired.size()).forEach(fault -> lines.add("    " + fault));
        faults.neverPassed().forEach(point -> lines.add("    never passed: " + point));
        lines.add("  last:");
        trace.lines(REPORTED).forEach(line -> lines.add("    " + line));
        return String.join(System.lineSeparator(), lines);
    }

    private SimulationException failure(String what, @Nullable Throwable cause) {
        return new SimulationException(what, this, null, cause);
    }

    long elapsedNanos() {
        return time.nanos() - origin;
    }

    /** The instant {@code nanos} from now; farther away than a clock can tell, it is never reached. */
    long later(long nanos) {
        return nanos > LONGEST ? Long.MAX_VALUE : elapsedNanos() + nanos;
    }

    private long in(Duration delay) {
        checkArgument(!delay.isNegative(), "time cannot pass backwards: %s", delay);
        return later(TimeSource.saturatedNanos(delay));
    }

    private long end(Duration length) {
        long end = in(length);
        checkArgument(end != Long.MAX_VALUE, "%s is longer than a clock can tell", length);
        return end;
    }

    @Override
    public String toString() {
        return "Simulation[seed " + seed + ", after " + Trace.seconds(elapsedNanos()) + "]";
    }
}
