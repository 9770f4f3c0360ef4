package dev.steward.testkit.lead;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.testkit.FakeStoreGround.Performed;
import dev.steward.testkit.lead.LeadRecords.Domain;
import dev.steward.testkit.lead.LeadRecords.FenceSeen;
import dev.steward.testkit.lead.LeadRecords.State;
import dev.steward.testkit.lead.LeadRecords.Thing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches every commit and every effect, from outside of all processes, and says what must not be. I21: a term has one holder, terms only
 * grow by one, and no batch and no effect of a term comes from anybody else. Not safe for use by many threads.
 */
final class LeadOracle {
    private final LeadWorld world;
    private final Map<String, FenceSeen> fences = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>(); // of each term of each role
    private final Map<String, Domain> domains = new HashMap<>();
    private final Map<String, Integer> mostWanted = new HashMap<>();
    private final Map<String, Map<String, State>> things = new HashMap<>();
    private final Set<String> everCreated = new HashSet<>();
    private final Set<String> everDying = new HashSet<>();
    private int seen;
    private String lastWritten = "";
    private long written; // commits but those of leases

    LeadOracle(LeadWorld world) {
        this.world = world;
    }

    /** Takes in what was committed since. */
    void look() {
        if (world.ground.revision() > seen) {
            List<Performed> all = world.ground.performed();
            for (Performed each : all.subList(seen, all.size())) {
                seen++;
                check(each);
            }
        }
    }

    /** How many commits there were, but those of leases. */
    long written() {
        look();
        return written;
    }

    /** The last commit, but those of leases. */
    String lastWritten() {
        return lastWritten;
    }

    void answered(CommitAnswer answer) {
        if (answer instanceof CommitAnswer.Conflict) {
            world.tally.conflicts++;
        } else if (answer instanceof StoreTrouble.Unknown) {
            world.tally.unknowns++;
        } else if (answer instanceof StoreTrouble) {
            world.tally.troubles++;
        }
    }

    private void check(Performed performed) {
        world.tally.commits++;
        Set<String> grown = new HashSet<>();
        List<Batch.Op> changes = performed.batch().changes();
        changes.stream().filter(op -> op.key().startsWith("lead/")).forEach(op -> fence(performed, op));
        boolean isLease = changes.stream().allMatch(op -> op.key().startsWith("lease/"));
        if (!isLease) {
            written++;
            lastWritten = performed.client() + " " + performed.batch();
        }
        changes.stream().filter(op -> op.key().startsWith("domain/")).forEach(op -> domain(performed, op));
        for (Batch.Op op : changes) {
            if (op.key().startsWith("thing/") && thing(performed, op)) {
                grown.add(Thing.uid(Thing.TYPE.name(op.key())));
            }
        }
        grown.forEach(uid -> checkNumber(performed, uid));
    }

    private static @Nullable Versioned written(Performed performed, Batch.Op op) {
        RecordValue value =
                op instanceof Batch.Create create ? create.value() : op instanceof Batch.Put put ? put.value() : null;
        return value == null ? null : new Versioned(op.key(), performed.revision(), value);
    }

    private void fence(Performed performed, Batch.Op op) {
        if (op instanceof Batch.Require) {
            return;
        }
        String role = FenceSeen.TYPE.name(op.key());
        Versioned record = written(performed, op);
        if (record == null) {
            throw fail(performed, "deletes the fence of " + role);
        }
        FenceSeen next = FenceSeen.TYPE.decode(record);
        FenceSeen last = fences.getOrDefault(role, new FenceSeen(0, "", ""));
        boolean goesOn = next.term() == last.term() && next.holder().equals(last.holder());
        if (!goesOn && next.term() != last.term() + 1) {
            throw fail(performed, "I21: " + next + " follows on " + last);
        }
        if (!next.batch().equals(performed.batch().id())) {
            throw fail(performed, "its fence says " + next);
        }
        if (!goesOn) {
            world.tally.claims++;
            world.tally.highestTerm = Math.max(world.tally.highestTerm, next.term());
            holders.put(role + " " + next.term(), next.holder() + " of " + performed.client());
        } else if (!(next.holder() + " of " + performed.client()).equals(holders.get(role + " " + next.term()))) {
            throw fail(performed, "I21: goes on with the term of another process, " + next);
        }
        fences.put(role, next);
    }

    private void domain(Performed performed, Batch.Op op) {
        if (op instanceof Batch.Require) {
            return;
        }
        String uid = Domain.TYPE.name(op.key());
        Versioned record = written(performed, op);
        if (record == null) {
            domains.remove(uid);
            if (!things.getOrDefault(uid, Map.of()).isEmpty()) {
                throw fail(performed, "deletes the domain " + uid + ", which has things: " + things.get(uid));
            }
        } else {
            Domain domain = Domain.TYPE.decode(record);
            domains.put(uid, domain);
            mostWanted.merge(uid, domain.wanted(), Math::max);
        }
    }

    /** Answers whether there is one more. */
    private boolean thing(Performed performed, Batch.Op op) {
        String name = Thing.TYPE.name(op.key());
        String uid = Thing.uid(name);
        Map<String, State> ofDomain = things.computeIfAbsent(uid, any -> new HashMap<>());
        State before = ofDomain.get(name);
        Versioned record = written(performed, op);
        if (record == null) {
            if (before != State.GONE) {
                throw fail(performed, "deletes " + name + ", which is " + before);
            }
            ofDomain.remove(name);
            return false;
        }
        Thing thing = Thing.TYPE.decode(record);
        if (before == null) {
            created(performed, name, thing);
        } else if (thing.state().compareTo(before) <= 0) {
            throw fail(performed, name + " was " + before + ", and is " + thing.state());
        }
        if (thing.state() == State.DYING) {
            everDying.add(name);
        }
        ofDomain.put(name, thing.state());
        return before == null;
    }

    private void created(Performed performed, String name, Thing thing) {
        if (!everCreated.add(name)) {
            throw fail(performed, name + " is made a second time");
        }
        world.tally.created++;
        FenceSeen fence = fences.get(world.roleOf(Thing.uid(name)));
        if (fence == null || fence.term() != thing.term() || !fence.holder().equals(thing.holder())) {
            throw fail(performed, "I21: " + name + " is of " + thing + ", and the fence is " + fence);
        }
    }

    private void checkNumber(Performed performed, String uid) {
        Domain domain = domains.get(uid);
        if (domain == null) {
            throw fail(performed, "makes things of the domain " + uid + ", which is gone");
        }
        long live = things.get(uid).values().stream().filter(State::isLive).count();
        int most = world.strict ? domain.things() : mostWanted.get(uid);
        if (live > most) {
            throw fail(performed, "over-launch: " + live + " live things of " + uid + ", which wants " + most);
        }
    }

    private AssertionError fail(Performed performed, String what) {
        return world.fail(what + "; batch " + performed.batch().id() + " of " + performed.client() + ", revision "
                + performed.revision());
    }

    // ---- effects

    void launch(LeadProcess process, long term, String name) {
        effect(process, term, name);
        if (!everCreated.contains(name)) {
            throw world.fail(process.holder() + " launches " + name + ", of which there is no record");
        }
    }

    void terminate(LeadProcess process, long term, String name) {
        effect(process, term, name);
        if (!everDying.contains(name)) {
            throw world.fail(process.holder() + " terminates " + name + ", and no record says so");
        }
    }

    private void effect(LeadProcess process, long term, String name) {
        look();
        String role = world.roleOf(Thing.uid(name));
        String holder = process.holder() + " of " + process.client().process();
        if (!holder.equals(holders.get(role + " " + term))) {
            throw world.fail("I21: an effect of " + holder + " in term " + term + ", which is of "
                    + holders.get(role + " " + term));
        }
    }

    // ---- at the end

    /** The newest fence of a role. */
    @Nullable
    FenceSeen fence(String role) {
        return fences.get(role);
    }

    /** What there is of each domain, by the records. */
    Map<String, State> of(String uid) {
        return things.getOrDefault(uid, Map.of());
    }

    Set<String> domainsLeft() {
        Set<String> left = new HashSet<>(domains.keySet());
        things.forEach((uid, ofDomain) -> {
            if (!ofDomain.isEmpty()) {
                left.add(uid);
            }
        });
        return left;
    }

    Set<String> running() {
        Set<String> running = new HashSet<>();
        things.values()
                .forEach(ofDomain -> ofDomain.forEach((name, state) -> {
                    if (state == State.RUNNING) {
                        running.add(name);
                    }
                }));
        return running;
    }
}
