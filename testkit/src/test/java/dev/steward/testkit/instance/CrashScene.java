package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceGroup;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.RunState;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeLife;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A host, and a manager that is killed at one numbered step of what it does, driver and all, and followed by the next, which is told again
 * what was asked for until then. Not safe for use by many threads.
 */
final class CrashScene {
    private static final Duration CONVERGES_WITHIN = Duration.ofMinutes(5);

    final Simulation simulation = new Simulation(1);
    final FakeHost host = new FakeHost(simulation);
    final World world;
    ManagerProcess process;
    private final int crashAt;
    private final Map<String, TargetState> asked = new LinkedHashMap<>();
    private final Set<String> restful = new HashSet<>();
    private List<InstanceSpec> site;
    private List<InstanceGroup> groups = List.of();
    private OnClose onClose = OnClose.LEAVE;
    private Consumer<ManagerProcess> end = running -> {};
    private boolean ended;
    private int step;
    private boolean crashed;

    /** The program of the manager is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String where) {
            super(where);
        }
    }

    @SuppressWarnings("NullAway.Init") // begun at once
    CrashScene(CrashScript.Crash crash, InstanceSpec... site) {
        this.crashAt = crash.at();
        this.world = new World(host, simulation, crash.planted(), new Tally(), false);
        this.site = List.of(site);
    }

    // ---- what is there

    /** This is configured. */
    CrashScene having(InstanceSpec... specs) {
        site = List.of(specs);
        return this;
    }

    /** These share their fate. */
    CrashScene with(InstanceGroup group) {
        groups = List.of(group);
        return this;
    }

    /** It may be given up, or complete. */
    CrashScene mayRest(String name) {
        restful.add(name);
        return this;
    }

    /** What becomes of children when the manager is closed. */
    CrashScene closing(OnClose how) {
        onClose = how;
        return this;
    }

    /** The manager begins. */
    CrashScene begin() {
        start();
        return this;
    }

    // ---- what happens

    /** Lets so many seconds pass. */
    CrashScene run(int seconds) {
        Duration until = simulation.elapsed().plusSeconds(seconds);
        while (simulation.elapsed().compareTo(until) < 0) {
            guarded(() -> simulation.run(until.minus(simulation.elapsed())));
        }
        return this;
    }

    /** Lets something happen in the world. */
    CrashScene happens(Runnable what) {
        what.run();
        return this;
    }

    /** The first process of an instance crashes, if it runs. */
    CrashScene crash(String name) {
        if (host.lives(name).stream().anyMatch(life -> life.exit().isEmpty())) {
            host.crash(name);
        }
        return this;
    }

    /** Somebody asks for a target, and for the same again whenever the manager begins anew. */
    CrashScene ask(TargetState target, String... names) {
        for (String name : names) {
            asked.put(name, target);
        }
        guarded(() -> process.update(requests(), false, false));
        return this;
    }

    /** Somebody asks the manager for something, once. */
    CrashScene asks(Consumer<ManagerProcess> request) {
        guarded(() -> request.accept(process));
        return this;
    }

    /** The configuration is another from now on. */
    CrashScene reload(InstanceSpec... other) {
        site = List.of(other);
        asked.keySet().retainAll(site.stream().map(InstanceSpec::name).toList());
        guarded(() -> process.update(List.of(), true, false));
        return this;
    }

    /** The manager is killed, and begins anew. */
    CrashScene kill() {
        crashed();
        return this;
    }

    /** The manager ends, and if it is killed meanwhile, the next one does. */
    CrashScene ends(Consumer<ManagerProcess> how) {
        end = how;
        ended = true;
        guarded(() -> how.accept(process));
        return this;
    }

    /** It is closed, and that is all. */
    void close(ManagerProcess running) {
        simulation.run(Duration.ofSeconds(1)); // in step, if it has just begun
        if (simulation.isRunning(running)) {
            simulation.kill(running);
        }
        running.close();
    }

    /** There is another manager after one that has ended. */
    CrashScene another() {
        ended = false;
        end = running -> {};
        start();
        return this;
    }

    private List<TargetRequest> requests() {
        List<TargetRequest> requests = new ArrayList<>();
        asked.forEach((name, target) ->
                requests.add(target == TargetState.UP ? TargetRequest.up(name) : TargetRequest.down(name)));
        return requests;
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (Killed here) {
            crashed = true;
            crashed();
        }
    }

    private void crashed() {
        if (simulation.isRunning(process)) {
            simulation.kill(process);
        }
        process.driver.die();
        host.assertInvariants();
        start();
        if (ended) {
            guarded(() -> end.accept(process));
        }
    }

    private void start() {
        process = new ManagerProcess(
                world, () -> new SiteConfig(site, groups, List.of()), onClose, requests(), this::step);
        simulation.add(process);
    }

    private void step(String what) {
        step++;
        if (step == crashAt && !crashed) {
            throw new Killed(what);
        }
    }

    // ---- what came of it

    int steps() {
        return step;
    }

    /** Whether it was killed at the step that was named. */
    boolean hasCrashed() {
        return crashed;
    }

    /** Everything is as it was asked for, and nothing of it is there twice. */
    void assertConverges() {
        Duration until = simulation.elapsed().plus(CONVERGES_WITHIN);
        if (ended) {
            run(70);
            assertThat(host.lives()).as("after the end").noneMatch(FakeLife::isAlive);
        } else {
            guarded(() -> simulation.runUntil(this::isAsAskedFor, until.minus(simulation.elapsed())));
            if (!isAsAskedFor()) {
                simulation.runUntil(this::isAsAskedFor, until.minus(simulation.elapsed())); // it was killed meanwhile
            }
            process.assertStoryIsComplete(host);
        }
        host.assertInvariants();
    }

    private boolean isAsAskedFor() {
        Set<String> names = new HashSet<>();
        for (InstanceSpec spec : site) {
            names.add(spec.name());
            ManagedInstance instance = process.manager.instance(spec.name()).orElse(null);
            boolean up = asked.getOrDefault(spec.name(), spec.start()) == TargetState.UP;
            if (instance == null || !isAsAskedFor(instance, up)) {
                return false;
            }
        }
        return process.unanswered == 0
                && host.lives().stream().filter(FakeLife::isAlive).allMatch(life -> names.contains(life.name()));
    }

    private boolean isAsAskedFor(ManagedInstance instance, boolean up) {
        String name = instance.instanceId();
        boolean rests = restful.contains(name)
                && (instance.state() == RunState.FAILED
                        || (instance.state() == RunState.DOWN
                                && instance.cause().code() == InstanceCause.COMPLETED));
        if (!up || rests) {
            return host.running(name) == 0 && (rests || instance.state() == RunState.DOWN);
        }
        return instance.state() == RunState.UP
                && host.running(name) == 1
                && host.lives(name).stream()
                        .filter(FakeLife::isAlive)
                        .allMatch(life ->
                                instance.life().filter(life.life()::equals).isPresent());
    }

    @Override
    public String toString() {
        return simulation.report();
    }
}
