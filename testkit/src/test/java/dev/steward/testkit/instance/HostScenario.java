package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.OnClose;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.Signal;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.UpdateAnswer;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeLife;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.BadDay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A host manager's bad day, decided by a seed, and the quiet after it: requests, crashes, refusals, lost answers, deaf and lingering
 * processes, moody probes, wall clock steps, other configurations, and managers that are paused, killed, closed or shut down and followed by
 * the next. Then nothing goes wrong any more, and everything must be as it was asked for. Not safe for use by many threads.
 */
final class HostScenario implements BadDay {
    private static final int ACTS = 40;
    private static final Duration OLD_LIVES_END = Duration.ofSeconds(70);
    private static final List<String> POINTS = List.of("driver.", "probe.", "feed.", "recycle.");

    private final Simulation simulation;
    private final Luck luck;
    private final HostOperator operator;
    private final FakeHost host;
    private final World world;
    private final Tally all;
    private final Tally tally = new Tally();
    private final LuckySite site;
    private final Set<String> deaf = new HashSet<>();
    private boolean siteUnreadable;
    private boolean reloading;
    private Duration quietAt = Duration.ZERO;
    private OnClose onClose = OnClose.LEAVE;
    private TargetModel model = new TargetModel(List.of());
    private @Nullable ManagerProcess process;

    /** @param all is added what the day has come to */
    HostScenario(long seed, Planted planted, Tally all) {
        this.all = all;
        this.simulation = new Simulation(seed);
        this.luck = new Luck(simulation.random());
        this.operator = new HostOperator(luck);
        this.host = new FakeHost(simulation, luck.oneIn(4) ? 20 + luck.below(20) : 30_000)
                .lag(luck.seconds(20))
                .remembersExitCodes(luck.oneIn(2));
        this.world = new World(host, simulation, planted, tally, luck.oneIn(2));
        simulation.faults().anywhere(0.5, 0.1).off("driver.news.twice").chance("driver.launch.orphaned", 0.5);
        if (luck.oneIn(2)) {
            simulation.faults().chance("driver.news.twice", 0.1);
        }
        this.site = new LuckySite(luck, world);
        Luck.NAMES.forEach(this::program);
    }

    @Override
    public Simulation simulation() {
        return simulation;
    }

    @Override
    public long play() {
        start(false);
        for (int act = 0; act < ACTS; act++) {
            simulation.run(luck.millis(8_000));
            act();
            host.assertInvariants();
        }
        becomeQuiet();
        new Quiet(world, site, model, running(), quietAt).assertSettles(() -> reload(running(), List.of()));
        count();
        all.add(simulation.seed(), tally);
        return simulation.traceHash();
    }

    private void count() {
        tally.played(simulation);
        tally.launches += host.lives().size();
        tally.signals +=
                host.calls().stream().filter(call -> call.startsWith("signal")).count();
        simulation.faults().fired().forEach(fault -> {
            if (POINTS.stream().anyMatch(fault.point()::startsWith)) {
                tally.fault(kind(fault.point()));
            }
        });
        Set<Long> pids = new HashSet<>();
        tally.fault(
                "F20 pid used again",
                host.lives().stream().filter(life -> !pids.add(life.pid())).count());
    }

    private static String kind(String point) {
        return switch (point) {
                    case "driver.launch.refused" -> "F18 ";
                    case "feed.throws" -> "F23 ";
                    case "driver.launch.dropped",
                            "driver.launch.lost",
                            "driver.launch.orphaned",
                            "driver.census.lost" -> "F12 ";
                    default -> point.startsWith("driver.throws") ? "F12 " : point.startsWith("driver") ? "" : "F24 ";
                }
                + point;
    }

    // ---- the bad day

    private void act() {
        ManagerProcess running = process;
        if (running != null && luck.oneIn(6)) {
            operator.hold(running);
        }
        int choice = luck.below(100);
        if (choice < 18) {
            crash(luck.name());
        } else if (choice < 22) {
            die(luck.oneOf(new Integer[] {1, 50, 100}));
        } else if (choice < 30) {
            change(luck.name());
        } else if (choice < 34) {
            simulation.stepWall(luck.seconds(7_200).minusSeconds(3_600));
        } else if (choice < 44) {
            luck.mood(world.fake(luck.oneIn(2), luck.name()));
        } else if (running == null) {
            start(luck.oneIn(10));
        } else if (choice < 62) {
            request(running);
        } else if (choice < 69) {
            operator.restart(running);
        } else if (choice < 72) {
            var unused = running.signal(luck.name(), luck.oneOf(Signal.values()));
        } else if (choice < 81) {
            reload(running);
        } else if (choice < 86) {
            tally.fault("F9 manager paused");
            Duration length = luck.seconds(60);
            world.pausedUntil().set(simulation.elapsed().plus(length));
            simulation.pause(running, length);
        } else if (choice < 92) {
            kill(running);
        } else if (choice < 96) {
            close(running);
        } else {
            shutDown(running);
        }
    }

    private void change(String name) {
        if (luck.oneIn(5)) {
            tally.fault("F18 launches refused in a row");
            host.program(name).refuses(luck.oneOf(LaunchFailure.values()), 3 + luck.below(10));
        } else {
            program(name);
        }
    }

    private void program(String name) {
        if (luck.program(host.program(name))) {
            tally.fault("F17 deaf to every signal");
            deaf.add(name);
        }
    }

    private boolean runs(String name) {
        return host.lives(name).stream().anyMatch(life -> life.exit().isEmpty());
    }

    private void crash(String name) {
        if (!runs(name)) {
            return;
        }
        tally.crashes++;
        if (luck.oneIn(2)) {
            host.crash(name);
        } else {
            host.exit(name, luck.below(3));
        }
    }

    private void die(int percent) {
        tally.fault("F22 mass death of " + percent + " %");
        for (String name : Luck.NAMES) {
            if (luck.below(100) < percent) {
                crash(name);
            }
        }
    }

    private void request(ManagerProcess running) {
        if (reloading) {
            return;
        }
        List<TargetRequest> requests = new ArrayList<>();
        for (int i = luck.below(3); i >= 0; i--) {
            requests.add(new TargetRequest(
                    luck.oneIn(5) ? TargetRequest.ALL : luck.name(), luck.oneIn(12) ? "on" : luck.upOrDown()));
        }
        answered(running, running.update(requests, false, luck.oneIn(4)));
    }

    private void answered(ManagerProcess asked, CompletableFuture<UpdateAnswer> future) {
        var unused = future.thenAccept(answer -> {
            if (asked == process) {
                model.answered(answer);
            }
            if (luck.oneIn(20)) {
                tally.fault("F24 callback throws");
                throw new IllegalStateException("whoever asked is broken");
            }
        });
    }

    private void reload(ManagerProcess running) {
        if (reloading || running.unanswered > 0) {
            return;
        }
        siteUnreadable = luck.oneIn(5);
        if (!siteUnreadable) {
            site.edit();
        }
        reload(running, List.of(new TargetRequest(luck.name(), luck.upOrDown())));
    }

    private void reload(ManagerProcess running, List<TargetRequest> requests) {
        List<InstanceSpec> loaded = site.specs();
        reloading = true;
        var unused = running.update(requests, true, false).thenAccept(answer -> {
            if (running == process) {
                if (answer.reload().isPresent() && answer.reload().get().ok()) {
                    model.load(loaded);
                }
                model.answered(answer);
            }
            reloading = false;
        });
    }

    // ---- managers come and go

    private void start(boolean unreadable) {
        List<TargetRequest> remembered = new ArrayList<>();
        model.targets()
                .forEach((name, target) ->
                        remembered.add(new TargetRequest(name, target.name().toLowerCase(Locale.ROOT))));
        List<TargetRequest> first = luck.oneIn(2) ? remembered : List.of();
        siteUnreadable = unreadable;
        onClose = luck.oneOf(OnClose.values());
        model = new TargetModel(first);
        if (!unreadable) {
            model.load(site.specs());
        }
        ManagerProcess next = new ManagerProcess(world, this::load, onClose, first, Steps.UNSEEN);
        process = next;
        simulation.add(next);
    }

    private SiteConfig load() {
        if (siteUnreadable) {
            tally.fault("F24 configuration unreadable");
            throw new IllegalStateException("the file is half written");
        }
        return site.config();
    }

    private void kill(ManagerProcess running) {
        tally.managersKilled++;
        tally.fault("F21 manager killed");
        simulation.kill(running);
        running.driver.die();
        forget();
        if (luck.oneIn(2)) {
            start(luck.oneIn(10));
        }
    }

    private void close(ManagerProcess running) {
        tally.fault("F23 closed at work");
        boolean inStep = running.isInStep();
        simulation.remove(running);
        running.close();
        assertThat(running.unanswered)
                .as("I3: requests without an answer after close")
                .isZero();
        if (onClose == OnClose.STOP && inStep) {
            for (FakeLife life : host.lives()) {
                assertThat(life.isAlive() && running.hasLaunched(life.life()) && !deaf.contains(life.name()))
                        .as("%s is left at the end", life)
                        .isFalse();
            }
        }
        forget();
        assertNothingHappensWithoutManager();
    }

    private void shutDown(ManagerProcess running) {
        Duration limit = luck.seconds(luck.oneIn(2) ? 60 : 300);
        CompletableFuture<ShutdownAnswer> end = running.die(limit);
        CompletableFuture<UpdateAnswer> late = running.manager.update(List.of(TargetRequest.up(luck.name())), false);
        assertThat(late)
                .as("I3: a request after the end was asked for")
                .isCompletedWithValueMatching(answer -> answer.refused().size() == 1);
        Duration asked = simulation.elapsed();
        simulation.runUntil(end::isDone, limit.plus(Duration.ofSeconds(61))); // it may be paused
        if (simulation.elapsed().minus(asked).compareTo(limit) < 0) {
            assertThat(end.join().left()).as("left although there was time").isEmpty();
        }
        assertThat(running.unanswered)
                .as("I3: requests without an answer after the end")
                .isZero();
        if (end.join().isClean()) {
            assertThat(host.lives()).as("after a clean shutdown").noneMatch(FakeLife::isAlive);
        }
        running.close();
        if (simulation.isRunning(running)) {
            simulation.remove(running);
        }
        forget();
        assertNothingHappensWithoutManager();
    }

    private void forget() {
        process = null;
        reloading = false;
    }

    /** I4. */
    private void assertNothingHappensWithoutManager() {
        int calls = host.calls().size();
        int lives = host.lives().size();
        simulation.run(luck.millis(30_000));
        assertThat(host.calls()).as("I4: orders without a manager").hasSize(calls);
        assertThat(host.lives()).as("I4: launches without a manager").hasSize(lives);
        host.assertInvariants();
    }

    // ---- the quiet

    private void becomeQuiet() {
        quietAt = simulation.elapsed();
        simulation.faults().quiet();
        world.becomeWell();
        for (String name : Luck.NAMES) {
            host.program(name).behaves();
            if (runs(name)) {
                host.exit(name, 0); // it may hang in the kernel
            }
        }
        if (process == null) {
            start(false);
        }
        simulation.run(OLD_LIVES_END);
        ManagerProcess running = running();
        siteUnreadable = false;
        for (String holder : HostOperator.HOLDERS) {
            running.release(Luck.NAMES, holder);
        }
        reload(running, List.of());
        simulation.run(Duration.ZERO);
        new Quiet(world, site, model, running, quietAt).ask(model.unsure());
    }

    private ManagerProcess running() {
        ManagerProcess running = process;
        assertThat(running).isNotNull();
        return Objects.requireNonNull(running);
    }

    /** What is configured now. */
    List<InstanceSpec> site() {
        return site.specs();
    }

    @Override
    public String toString() {
        return simulation.report();
    }
}
