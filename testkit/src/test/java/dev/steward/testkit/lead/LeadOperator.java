package dev.steward.testkit.lead;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.testkit.lead.LeadIndex.Known;
import dev.steward.testkit.lead.LeadRecords.Domain;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who wants domains: writes them with an unfenced writer until the store has what is wanted. Not safe for use by many threads. */
final class LeadOperator implements ControlLoop {
    private final LeadWorld world;
    private final RecordCache cache;
    private final RecordWriter writer;
    private final LeadIndex index;
    private final Map<String, Domain> wanted = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private WakeUp wakeUp = () -> {};

    LeadOperator(LeadWorld world) {
        this.world = world;
        cache = new RecordCache(
                world.ground.client("operator"),
                LeadWorld.FOLLOWED,
                world.simulation.time(),
                RecordCache.Options.defaults());
        writer = new RecordWriter(cache, "operator");
        index = new LeadIndex(world, "operator");
        index.follow(cache);
    }

    /** Wants a new domain, or another number of things in one. */
    void want(String uid, int things) {
        wanted.put(uid, new Domain(things, false));
        wakeUp.wake();
    }

    /** Wants a domain no more. */
    void remove(String uid) {
        wanted.put(uid, new Domain(0, true));
        wakeUp.wake();
    }

    /** The domains that are wanted. */
    List<String> domains() {
        return wanted.keySet().stream()
                .filter(uid -> !wanted.get(uid).removed())
                .toList();
    }

    Map<String, Domain> wanted() {
        return wanted;
    }

    @Override
    public String name() {
        return "operator";
    }

    @Override
    public void wakeWith(WakeUp runner) {
        wakeUp = runner;
        cache.wakes(this, runner);
    }

    @Override
    public Step manageOnce() {
        cache.poll();
        if (writer.isReady()) {
            Stage stage = new Stage();
            index.uids().forEach(uid -> removeStray(uid, stage));
            List.copyOf(wanted.keySet()).forEach(uid -> want(uid, stage));
            if (!stage.isEmpty()) {
                writer.commit(stage, answer -> {});
            }
        }
        world.rethrow();
        return writer.next().earliest(cache.next());
    }

    /** A creation that was late has brought back what is gone: a put that expects absence cannot know. */
    private void removeStray(String uid, Stage stage) {
        Known<Domain> known = index.domain(uid);
        if (known != null && !wanted.containsKey(uid) && !known.value().removed()) {
            stage.put(Domain.TYPE, known.record(), new Domain(0, true));
        }
    }

    private void want(String uid, Stage stage) {
        Known<Domain> known = index.domain(uid);
        Domain should = wanted.get(uid);
        if (known != null) {
            seen.add(uid);
            if (!known.value().equals(should)) {
                stage.put(Domain.TYPE, known.record(), should);
            }
        } else if (!seen.contains(uid)) {
            stage.create(Domain.TYPE, uid, new Domain(should.wanted(), false));
        } else if (should.removed()) {
            wanted.remove(uid);
        } else {
            throw world.fail("the domain " + uid + " got lost");
        }
    }

    @Override
    public void close() {
        cache.close();
    }
}
