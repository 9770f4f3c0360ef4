package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.lead.Shards;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of one scenario have in common: a store, a provisioner, an operator, and the first thing that was found to be wrong.
 * Not safe for use by many threads.
 */
final class LeadWorld {
    static final Set<String> FOLLOWED = Set.of("lead/", "domain/", "thing/");
    static final String BASE = "decider";

    final Simulation simulation;
    final LeadPlanted planted;
    final LeadTally tally;
    final FakeStoreGround ground;
    final LeadOracle oracle;
    final LeadProvisioner provisioner;
    final LeadOperator operator;
    final Shards shards;
    final int size;
    final RecordCache.Options options;

    /** Whether a decision requires that the domain be as it was when it was made; then no more is ever made than is wanted at that moment. */
    final boolean strict;

    final boolean answersInTheCall;

    /** Whether elections advise as they like. */
    final boolean lies;

    /** Whether nothing goes wrong any more. */
    boolean isQuiet;

    private final Set<Integer> lastSteps = new HashSet<>();
    private IntConsumer whenDied = number -> {};
    private int steps;
    private final Duration lease;
    private final Random random;
    private final List<@Nullable LeadProcess> processes = new ArrayList<>();
    private int starts;
    private @Nullable AssertionError violation;

    /**
     * What kind of world it is.
     *
     * @param size how many processes
     * @param lease how long a lease lasts; zero: elections lie
     */
    record Kind(int size, int shards, boolean strict, boolean inTheCall, Duration lease, RecordCache.Options options) {}

    LeadWorld(Simulation simulation, LeadPlanted planted, LeadTally tally, Kind kind) {
        this.simulation = simulation;
        this.planted = planted;
        this.tally = tally;
        random = simulation.random();
        size = kind.size;
        shards = new Shards(kind.shards);
        strict = kind.strict;
        answersInTheCall = kind.inTheCall;
        lies = kind.lease.isZero();
        lease = kind.lease;
        options = kind.options;
        ground = new FakeStoreGround(simulation);
        if (kind.inTheCall) {
            ground.answersInTheCall();
        }
        oracle = new LeadOracle(this);
        provisioner = new LeadProvisioner(this);
        operator = new LeadOperator(this);
        simulation.add(operator);
        for (int i = 0; i < size; i++) {
            processes.add(null);
            start(i);
        }
        simulation.always("all is as the oracle wants it", () -> {
            oracle.look();
            return true;
        });
    }

    // ---- processes

    void start(int number) {
        LeadProcess process = new LeadProcess(this, number, ++starts);
        processes.set(number, process);
        simulation.add(process);
    }

    /** Whichever process makes one of these steps, counted over all of them, dies there. */
    void diesAt(Set<Integer> numbers, IntConsumer dead) {
        lastSteps.addAll(numbers);
        whenDied = dead;
    }

    /** Another step is made; answers whether it is one to die at. */
    boolean isLastStep() {
        return !isQuiet && lastSteps.contains(++steps);
    }

    void died(int number) {
        whenDied.accept(number);
    }

    /** How many steps the processes have made until the quiet. */
    int steps() {
        return steps;
    }

    /** Starts it unless it runs. */
    void revive(int number) {
        if (running(number).isEmpty()) {
            start(number);
        }
    }

    Optional<LeadProcess> running(int number) {
        return Optional.ofNullable(processes.get(number)).filter(process -> !process.isGone());
    }

    List<LeadProcess> running() {
        return processes.stream()
                .filter(Objects::nonNull)
                .filter(process -> !process.isGone())
                .toList();
    }

    /** The first that runs, be the world quiet; any else. */
    Optional<LeadProcess> someRunning() {
        List<LeadProcess> all = running();
        return all.isEmpty() ? Optional.empty() : Optional.of(isQuiet ? all.get(0) : oneOf(all));
    }

    LeaderElection election(LeadProcess process, String role, RecordStore store) {
        return lies
                ? new LyingElection(this, process)
                : new LeaseElection(role, process.holder(), store, simulation.time(), lease);
    }

    String roleOf(String uid) {
        return shards.role(BASE, shards.shardOf(uid));
    }

    List<String> roles() {
        List<String> roles = new ArrayList<>();
        for (int shard = 0; shard < shards.count(); shard++) {
            roles.add(shards.role(BASE, shard));
        }
        return roles;
    }

    FaultPlan faults() {
        return simulation.faults();
    }

    long now() {
        return simulation.time().nanos();
    }

    // ---- luck

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Duration millis(int most) {
        return Duration.ofMillis(1 + random.nextInt(most));
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    // ---- what was found

    /** Something is wrong: remembered, as whoever is called may swallow it. */
    AssertionError fail(String what) {
        return fail(what, null);
    }

    AssertionError fail(String what, @Nullable Throwable cause) {
        AssertionError error = new AssertionError(what + ", after " + simulation.elapsed(), cause);
        if (violation == null) {
            violation = error;
        }
        throw error;
    }

    /** Throws what was found to be wrong. */
    void rethrow() {
        if (violation != null) {
            throw violation;
        }
    }
}
