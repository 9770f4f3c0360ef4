package dev.steward.testkit.lead;

import dev.steward.store.RecordCache;
import dev.steward.store.Versioned;
import dev.steward.testkit.lead.LeadRecords.Domain;
import dev.steward.testkit.lead.LeadRecords.FenceSeen;
import dev.steward.testkit.lead.LeadRecords.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a bad day: nothing goes wrong any more, so somebody leads each role, everything becomes as it is wanted, everybody knows it,
 * and then nothing is done any more. Not safe for use by many threads.
 */
final class LeadQuiet {
    /** A pause has 40 s to go at most, a lease 10 s; what is late comes within 60 s. */
    private static final Duration BOUND = Duration.ofSeconds(150);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final LeadWorld world;
    private final Duration leftovers;
    private final Duration stable;

    /**
     * @param leftovers how long what was begun before may still come
     * @param stable how long all must stay as it is
     */
    LeadQuiet(LeadWorld world, Duration leftovers, Duration stable) {
        this.world = world;
        this.leftovers = leftovers;
        this.stable = stable;
    }

    void play() {
        world.isQuiet = true;
        world.faults().quiet();
        world.ground.diskFull(false).showsWithin(Duration.ZERO);
        for (int number = 0; number < world.size; number++) {
            world.running(number).ifPresent(process -> process.dieAfter(0));
            world.revive(number);
        }
        Duration since = world.simulation.elapsed();
        runUntilNull(this::unled);
        Duration led = world.simulation.elapsed().minus(since);
        runUntilNull(this::unwell);
        world.tally.settled(led, world.simulation.elapsed().minus(since));
        world.simulation.run(leftovers);
        runUntilNull(this::unwell);

        long written = world.oracle.written();
        long effects = world.provisioner.effects;
        world.simulation.run(stable);
        world.rethrow();
        require(world.oracle.written() == written, "written after all was well: " + world.oracle.lastWritten());
        require(world.provisioner.effects == effects, "something was effected after all was well");
        String unwell = unwell();
        require(unwell == null, "it does not stay well: " + unwell);
        nothingGrows();
        end();
    }

    private void runUntilNull(Supplier<@Nullable String> missing) {
        Duration since = world.simulation.elapsed();
        for (String what = missing.get(); what != null; what = missing.get()) {
            if (world.simulation.elapsed().minus(since).compareTo(BOUND) > 0) {
                throw world.fail("not well after " + BOUND + ": " + what);
            }
            world.simulation.run(LOOK);
            world.rethrow();
        }
    }

    private @Nullable String unled() {
        world.oracle.look();
        for (String role : world.roles()) {
            List<LeadProcess> leaders = world.running().stream()
                    .filter(process -> process.leadership(role).isPresent())
                    .toList();
            FenceSeen fence = world.oracle.fence(role);
            if (leaders.size() != 1 || fence == null) {
                return role + " is led by " + leaders.size() + " processes, by the fence it is " + fence;
            }
            LeadProcess leader = leaders.get(0);
            if (leader.leadership(role).orElseThrow().term() != fence.term()
                    || !leader.holder().equals(fence.holder())) {
                return role + " is led by " + leader.leadership(role) + ", by the fence it is " + fence;
            }
        }
        return null;
    }

    private @Nullable String unwell() {
        String unled = unled();
        if (unled != null) {
            return unled;
        }
        Map<String, Domain> wanted = world.operator.wanted();
        if (!world.oracle.domainsLeft().equals(wanted.keySet())) {
            return "wanted are " + wanted + ", and there are " + world.oracle.domainsLeft();
        }
        for (Map.Entry<String, Domain> each : wanted.entrySet()) {
            Map<String, State> things = world.oracle.of(each.getKey());
            boolean allRun = things.values().stream().allMatch(state -> state == State.RUNNING);
            if (!allRun || things.size() != each.getValue().things()) {
                return each + ", and there are " + things;
            }
        }
        Set<String> running = new HashSet<>(world.provisioner.running());
        if (!running.equals(world.oracle.running())) {
            return "running are " + running + ", and by the records " + world.oracle.running();
        }
        return unlike();
    }

    /** Every cache shows what the store has, and nothing else. */
    private @Nullable String unlike() {
        Map<String, Versioned> truth = new TreeMap<>(world.ground.records());
        truth.keySet().removeIf(key -> key.startsWith("lease/"));
        for (LeadProcess process : world.running()) {
            RecordCache cache = process.cache();
            Map<String, Versioned> seen = process.index().records();
            for (Versioned record : truth.values()) {
                boolean same = cache.get(record.key()).filter(record::equals).isPresent()
                        && (record.key().startsWith("lead/") || record.equals(seen.get(record.key())));
                if (!same) {
                    return process.holder() + " knows " + cache.get(record.key()) + ", and there is " + record;
                }
            }
            if (cache.size() != truth.size() || seen.size() + world.shards.count() != truth.size()) {
                seen.keySet().removeAll(truth.keySet());
                return process.holder() + " knows " + cache.size() + " records, and there are " + truth.size()
                        + ", beside them " + seen.values();
            }
        }
        return null;
    }

    private void nothingGrows() {
        for (LeadProcess process : world.running()) {
            int things = world.oracle.running().size();
            require(process.remembered() <= things, process.holder() + " remembers " + process.remembered());
            require(
                    process.cache().rememberedDeletions() <= world.ground.revision(),
                    "deletions " + process.cache().rememberedDeletions());
        }
    }

    private void end() {
        List<LeadProcess> all = world.running();
        all.forEach(world.simulation::remove);
        world.simulation.remove(world.operator);
        world.rethrow();
        long written = world.oracle.written();
        long effects = world.provisioner.effects;
        world.simulation.settle(Duration.ofMinutes(2)); // nothing is left in any queue
        world.rethrow();
        require(world.oracle.written() == written, "something was written after the end");
        require(world.provisioner.effects == effects, "something was effected after the end");
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw world.fail(what);
        }
    }
}
