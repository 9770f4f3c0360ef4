package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RunState;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.instance.UpdateAnswer;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeLife;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A host manager's bad day, decided by a seed, and the quiet after it: requests, crashes, refusals, lost answers, deaf and lingering
 * processes, wall clock steps, other configurations, and managers that are killed, closed or shut down and followed by the next. Then
 * nothing goes wrong any more, and everything must be as it was asked for. Not safe for use by many threads.
 */
final class HostScenario {
    private static final int ACTS = 40;
    private static final Duration OLD_LIVES_END = Duration.ofSeconds(70);
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofMinutes(5);

    final Simulation simulation;
    private final Luck luck;
    private final FakeHost host;
    private final Planted planted;
    private final Tally tally;
    private List<InstanceSpec> site = new ArrayList<>();
    private boolean siteUnreadable;
    private boolean reloading;
    private Duration quietAt = Duration.ZERO;
    private TargetModel model;
    private @Nullable ManagerProcess process;

    HostScenario(long seed, Planted planted, Tally tally) {
        this.simulation = new Simulation(seed);
        this.luck = new Luck(simulation.random());
        this.host = new FakeHost(simulation, luck.oneIn(4) ? 40 : 30_000).lag(luck.seconds(20));
        this.planted = planted;
        this.tally = tally;
        simulation.faults().anywhere(0.5, 0.1).off("driver.news.twice");
        if (luck.oneIn(2)) {
            simulation.faults().chance("driver.news.twice", 0.1);
        }
        for (String name : Luck.NAMES) {
            if (!luck.oneIn(3)) {
                site.add(luck.spec(name));
                luck.program(host.program(name));
            }
        }
        model = new TargetModel(site);
    }

    /** Plays it; answers a hash over all that happened. */
    long play() {
        start();
        for (int act = 0; act < ACTS; act++) {
            simulation.run(luck.millis(8_000));
            act();
            host.assertInvariants();
        }
        becomeQuiet();
        assertSettles();
        tally.seeds++;
        tally.simulated = tally.simulated.plus(simulation.elapsed());
        tally.launches += host.lives().size();
        tally.signals +=
                host.calls().stream().filter(call -> call.startsWith("signal")).count();
        tally.faults += simulation.faults().firedCount();
        return simulation.traceHash();
    }

    // ---- the bad day

    private void act() {
        int choice = luck.below(100);
        ManagerProcess running = process;
        if (choice < 30) {
            crash(luck.name());
        } else if (choice < 40) {
            luck.program(host.program(luck.name()));
        } else if (choice < 45) {
            simulation.stepWall(luck.seconds(7_200).minusSeconds(3_600));
        } else if (running == null) {
            start();
        } else if (choice < 75) {
            request(running);
        } else if (choice < 82) {
            reload(running);
        } else if (choice < 86) {
            simulation.pause(running, luck.seconds(30));
        } else if (choice < 92) {
            kill(running);
        } else if (choice < 96) {
            close(running);
        } else {
            shutDown(running);
        }
    }

    private void crash(String name) {
        boolean runs = host.lives(name).stream().anyMatch(life -> life.exit().isEmpty());
        if (!runs) {
            return;
        }
        tally.crashes++;
        if (luck.oneIn(2)) {
            host.crash(name);
        } else {
            host.exit(name, luck.below(3));
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
        });
    }

    private void reload(ManagerProcess running) {
        if (reloading || running.unanswered > 0) {
            return;
        }
        siteUnreadable = luck.oneIn(5);
        reload(
                running,
                siteUnreadable ? site : luck.otherSite(site),
                List.of(new TargetRequest(luck.name(), luck.upOrDown())));
    }

    private void reload(ManagerProcess running, List<InstanceSpec> next, List<TargetRequest> requests) {
        List<InstanceSpec> loaded = List.copyOf(next);
        site = loaded;
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

    private void start() {
        model = new TargetModel(site);
        siteUnreadable = false;
        process = new ManagerProcess(host, simulation, this::load, planted, tally);
        simulation.add(process);
    }

    private SiteConfig load() {
        if (siteUnreadable) {
            throw new IllegalStateException("the file is half written");
        }
        return SiteConfig.of(site);
    }

    private void kill(ManagerProcess running) {
        tally.managersKilled++;
        simulation.kill(running);
        running.driver.die();
        forget();
        if (luck.oneIn(2)) {
            start();
        }
    }

    private void close(ManagerProcess running) {
        simulation.remove(running);
        assertThat(running.unanswered)
                .as("I3: requests without an answer after close")
                .isZero();
        forget();
        assertNothingHappensWithoutManager();
    }

    private void shutDown(ManagerProcess running) {
        Duration limit = luck.seconds(60);
        CompletableFuture<ShutdownAnswer> end = running.manager.die(limit);
        CompletableFuture<UpdateAnswer> late = running.manager.update(List.of(TargetRequest.up(luck.name())), false);
        assertThat(late)
                .as("I3: a request after the end was asked for")
                .isCompletedWithValueMatching(answer -> answer.refused().size() == 1);
        Duration asked = simulation.elapsed();
        simulation.runUntil(end::isDone, limit.plus(Duration.ofSeconds(31))); // it may be paused
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
        for (String name : Luck.NAMES) {
            host.program(name).behaves();
            if (host.lives(name).stream().anyMatch(life -> life.exit().isEmpty())) {
                host.exit(name, 0); // it may hang in the kernel
            }
        }
        if (process == null) {
            start();
        }
        simulation.run(OLD_LIVES_END);
        ManagerProcess running = running();
        siteUnreadable = false;
        reload(running, site, List.of());
        simulation.run(Duration.ZERO);
        List<TargetRequest> sure = new ArrayList<>();
        for (String name : model.unsure()) {
            sure.add(TargetRequest.up(name));
        }
        if (!sure.isEmpty()) {
            answered(running, running.update(sure, false, false));
        }
    }

    private void assertSettles() {
        ManagerProcess running = running();
        simulation.runUntil(this::isAsAskedFor, SETTLES_WITHIN); // I2
        simulation.settle(QUIET); // I5: nothing left to do, nothing left in any queue
        int calls = host.calls().size();
        long events = running.eventsSeen();
        simulation.run(QUIET);
        assertThat(host.calls()).as("I2: orders after all is settled").hasSize(calls);
        assertThat(running.eventsSeen()).as("I2: events after all is settled").isEqualTo(events);
        assertThat(isAsAskedFor()).as("I2: it stays so").isTrue();
        Duration took = running.lastOrder().minus(quietAt);
        tally.longestToSettle = took.compareTo(tally.longestToSettle) > 0 ? took : tally.longestToSettle;

        assertThat(running.unanswered).as("I3: requests without an answer").isZero();
        assertThat(running.manager.instances())
                .as("I5: instances")
                .hasSize(model.targets().size());
        assertThat(running.manager.notifications())
                .as("I5: what operators are told for as long as it lasts")
                .isEmpty();
        running.assertStoryIsComplete(host);
        assertHistory(running);
        host.assertInvariants();
    }

    private boolean isAsAskedFor() {
        ManagerProcess running = running();
        Map<String, TargetState> targets = model.targets();
        for (String name : Luck.NAMES) {
            TargetState target = targets.get(name);
            ManagedInstance instance = running.manager.instance(name).orElse(null);
            boolean up = target == TargetState.UP;
            if (host.running(name) != (up ? 1 : 0) || (instance == null) != (target == null)) {
                return false;
            }
            if (instance != null
                    && (instance.state() != (up ? RunState.UP : RunState.DOWN) || instance.targetState() != target)) {
                return false;
            }
        }
        return running.unanswered == 0;
    }

    /** I14, as far as it is the host's: every start has one exit, but for what runs; and the manager knows how the last one ended. */
    private void assertHistory(ManagerProcess running) {
        Set<Long> pids = new HashSet<>();
        for (FakeLife life : host.lives()) {
            assertThat(life.exit().isPresent())
                    .as("I14: %s has an exit record", life)
                    .isNotEqualTo(life.isAlive());
            if (life.isAlive()) {
                assertThat(pids.add(life.pid()))
                        .as("%s has a pid of its own", life)
                        .isTrue();
                assertThat(running.manager.instance(life.name()).orElseThrow().life())
                        .contains(life.life());
            }
        }
        assertThat(host.processes()).as("processes, zombies included").hasSize(pids.size());
    }

    private ManagerProcess running() {
        ManagerProcess running = process;
        assertThat(running).isNotNull();
        return Objects.requireNonNull(running);
    }

    @Override
    public String toString() {
        return simulation.report();
    }
}
