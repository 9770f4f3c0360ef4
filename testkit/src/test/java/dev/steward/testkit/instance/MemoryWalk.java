package dev.steward.testkit.instance;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.HostMemory;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.RunState;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.testkit.DayTally;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.BadDay;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Managers that keep what they decide, one killed after the other, on a store on which everything may go wrong, decided by a seed. What a
 * manager knew to be kept, the next one begins with; what was on its way may be kept or not; and in the end, when nothing goes wrong any
 * more, what was asked for last is what outlives the manager. Not safe for use by many threads.
 */
final class MemoryWalk implements BadDay {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final int ACTS = 60;
    private static final Duration PATIENCE = ofSeconds(20);

    /** What is wrong with the memory: the walk must find it. */
    enum Defect {
        /** Nothing. */
        NOTHING,
        /** A commit now and then is answered, and never done. */
        LOSES_A_COMMIT,
        /** A new manager is shown an empty store at first. */
        SHOWS_NOTHING_AT_FIRST,
        /** A new manager waits for nothing. */
        DOES_NOT_WAIT
    }

    /** What many walks have come to. */
    static final class Count extends DayTally<Count> {
        int kills;
        int requests;
        int ends;
        int recalled;
        int late;
        int givenUp;
        int commits;

        @Override
        protected void sum(Count other) {
            kills += other.kills;
            requests += other.requests;
            ends += other.ends;
            recalled += other.recalled;
            late += other.late;
            givenUp += other.givenUp;
            commits += other.commits;
        }

        @Override
        public String toString() {
            return "walks " + seeds() + ", managers killed " + kills + ", requests " + requests + ", ends of programs "
                    + ends
                    + ", targets recalled " + recalled + ", starts without what was kept " + late
                    + ", give-ups recalled " + givenUp + ", commits " + commits + ", faults " + faults();
        }
    }

    private final Simulation simulation;
    private final FakeStoreGround ground;
    private final FakeHost host;
    private final Random luck;
    private final Defect defect;
    private final Count all;
    private final Count count = new Count();
    private final Map<String, Set<TargetState>> possible = new TreeMap<>(); // what the next manager may begin with
    private final Map<String, TargetState> last = new TreeMap<>(); // what is in force
    private final Set<String> asked = new TreeSet<>(); // of this manager, and not known to be kept
    private FakeRecordStore client;
    private FakeInstanceDriver driver;
    private HostManager manager;
    private int unanswered;

    /** @param all is added what the walk has come to */
    MemoryWalk(long seed, Defect defect, Count all) {
        this.simulation = new Simulation(seed);
        this.ground = new FakeStoreGround(simulation);
        this.host = new FakeHost(simulation);
        this.luck = simulation.random();
        this.defect = defect;
        this.all = all;
        ground.takes(Duration.ZERO, ofMillis(1 + luck.nextInt(2_000))).outage(ofSeconds(8));
        NAMES.forEach(name -> {
            possible.put(name, EnumSet.of(TargetState.UP));
            last.put(name, TargetState.UP);
        });
        client = ground.client("none");
        driver = new FakeInstanceDriver(host, OnClose.LEAVE);
        manager = start();
    }

    @Override
    public Simulation simulation() {
        return simulation;
    }

    @Override
    public long play() {
        simulation.run(ofMinutes(1)); // once, all is well
        simulation.faults().anywhere(0.5, 0.15).off("store.view.back"); // a reader that is new may be shown less
        List.of("census.failed", "census.lost", "census.slow", "launch.orphaned")
                .forEach(point -> simulation.faults().off("driver." + point)); // so that it is soon known what runs
        for (int act = 0; act < ACTS; act++) {
            simulation.run(ofMillis(luck.nextInt(6_000)));
            notice();
            act();
            host.assertInvariants();
        }
        simulation.faults().quiet();
        simulation.run(ofMinutes(2));
        notice();
        assertKept();
        count.played(simulation);
        count.commits += ground.performed().size();
        simulation.faults().fired().forEach(fault -> count.fault(fault.point()));
        all.add(simulation.seed(), count);
        return simulation.traceHash();
    }

    private void act() {
        int choice = luck.nextInt(100);
        String name = NAMES.get(luck.nextInt(NAMES.size()));
        if (choice < 35) {
            request(name);
        } else if (choice < 65) {
            if (host.running(name) > 0) {
                count.ends++;
                host.crash(name);
            }
        } else if (choice < 72) {
            simulation.stepWall(ofSeconds(luck.nextInt(7_200) - 3_600));
        } else if (choice < 77) {
            ground.diskFull(luck.nextBoolean());
        } else {
            kill();
        }
    }

    private void request(String name) {
        count.requests++;
        TargetState target = luck.nextBoolean() ? TargetState.UP : TargetState.DOWN;
        HostManager by = manager;
        unanswered++;
        simulation.note("asked: " + name + " " + target);
        asked.add(name);
        possible.get(name).add(target);
        String word = target == TargetState.UP ? "up" : "down";
        var unused = by.update(List.of(new TargetRequest(name, word)), false).thenAccept(answer -> {
            assertThat(answer.answers().get(0).isAccepted()).isTrue();
            if (by == manager) {
                unanswered--;
                last.put(name, target);
            }
        });
    }

    /** What is known to be kept is all that the next manager may begin with. */
    private void notice() {
        if (unanswered == 0 && manager.notYetKept() == 0 && !asked.isEmpty()) {
            simulation.note("kept: " + asked);
            asked.forEach(name -> possible.put(name, EnumSet.of(last.get(name))));
            asked.clear();
        }
    }

    // ---- managers come and go

    private void kill() {
        count.kills++;
        Set<String> failed = new TreeSet<>();
        if (manager.notYetKept() == 0 && unanswered == 0) {
            manager.instances().stream()
                    .filter(instance -> instance.state() == RunState.FAILED)
                    .map(ManagedInstance::instanceId)
                    .forEach(failed::add);
        }
        simulation.kill(manager);
        driver.die();
        client.crash();
        simulation.run(ofMillis(luck.nextInt(10_000)));
        unanswered = 0;
        asked.clear();
        manager = start();
        simulation.run(PATIENCE.plusSeconds(1));
        boolean isLate = manager.messages().stream()
                .anyMatch(message -> message.text().startsWith("what was kept cannot be read in time"));
        count.late += isLate ? 1 : 0;
        for (String name : NAMES) {
            TargetState target = manager.instance(name).orElseThrow().targetState();
            if (isLate) {
                assertThat(target).as("%s, configured to start up", name).isEqualTo(TargetState.UP);
                possible.get(name).add(target);
                asked.add(name); // it is written, if it is another
            } else {
                assertThat(possible.get(name))
                        .as("%s may be wanted after the restart", name)
                        .contains(target);
                count.recalled += target == TargetState.DOWN ? 1 : 0;
            }
            last.put(name, target);
        }
        if (!isLate) {
            count.givenUp += failed.size();
            for (String name : failed) {
                assertThat(manager.instance(name).orElseThrow().state())
                        .as("%s was given up", name)
                        .isEqualTo(RunState.FAILED);
            }
        }
    }

    private HostManager start() {
        client = ground.client("manager");
        driver = new FakeInstanceDriver(host, OnClose.LEAVE);
        RecordStore store = defect == Defect.NOTHING ? client : new Broken(client);
        HostMemory memory = HostMemory.of(
                        new RecordCache(store, Set.of(HostMemory.prefix("here")), simulation.time()), "here")
                .withPatience(defect == Defect.DOES_NOT_WAIT ? Duration.ZERO : PATIENCE);
        HostManager next = new HostManager(
                SiteConfig.of(NAMES.stream().map(MemoryWalk::spec).toArray(InstanceSpec[]::new)),
                driver,
                new InMemoryStateFeed(simulation.time()),
                simulation.time(),
                HostManager.Options.defaults().withMemory(memory));
        simulation.add(next);
        return next;
    }

    private static InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name)
                .withRestart(RestartPolicy.standard()
                        .withBackoff(Backoff.constant(ofMillis(500)))
                        .withGiveUp(3, ofMinutes(10)));
    }

    // ---- the end

    private void assertKept() {
        ground.diskFull(false);
        NAMES.forEach(this::request); // what was refused is offered again
        simulation.run(ofMinutes(2));
        notice();
        assertThat(manager.notYetKept()).as("not kept in the end").isZero();
        assertThat(manager.notifications())
                .filteredOn(one -> one.source().equals("memory"))
                .isEmpty();
        int commits = ground.performed().size();
        simulation.run(ofMinutes(30));
        assertThat(ground.performed()).as("commits while nothing changes").hasSize(commits);
        NAMES.forEach(name -> assertThat(manager.instance(name).orElseThrow().targetState())
                .as("%s is wanted", name)
                .isEqualTo(last.get(name)));
        List<String> before = shown();
        kill();
        simulation.run(ofMinutes(1));
        assertThat(shown()).isEqualTo(before);
        assertThat(ground.records()).hasSize(NAMES.size());
        host.assertInvariants();
    }

    private List<String> shown() {
        return manager.instances().stream()
                .map(one -> one.instanceId() + " wanted " + one.targetState() + " is " + one.state())
                .toList();
    }

    @Override
    public String toString() {
        return simulation.report();
    }

    /** A store that does not do as it says. */
    private final class Broken extends PassingStore {
        private final RecordStore good;
        private boolean shown;

        Broken(RecordStore good) {
            super(good);
            this.good = good;
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            if (defect == Defect.LOSES_A_COMMIT && luck.nextInt(10) == 0) {
                then.accept(new CommitAnswer.Committed(ground.revision() + 1));
            } else {
                good.commit(batch, then);
            }
        }

        @Override
        public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            if (defect == Defect.SHOWS_NOTHING_AT_FIRST && !shown) {
                shown = true;
                then.accept(new Changes(List.of(), query.cursor(), 0, false, false));
            } else {
                good.changes(query, then);
            }
        }
    }
}
