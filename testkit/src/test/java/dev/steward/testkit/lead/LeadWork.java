package dev.steward.testkit.lead;

import dev.steward.lead.ElectedWork;
import dev.steward.lead.Leadership;
import dev.steward.loop.Step;
import dev.steward.store.Stage;
import dev.steward.testkit.lead.LeadIndex.Known;
import dev.steward.testkit.lead.LeadRecords.Domain;
import dev.steward.testkit.lead.LeadRecords.State;
import dev.steward.testkit.lead.LeadRecords.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A decider in small: keeps as many things in each domain of its shard as the domain wants. It creates them, marks them dying, and deletes
 * the records of those that are gone; whatever else becomes of them, the {@link LeadReactor} writes. Not safe for use by many threads.
 */
final class LeadWork implements ElectedWork {
    private static final long REAP = Duration.ofSeconds(5).toNanos();
    private static final long RETRY = Duration.ofSeconds(5).toNanos();
    private static final long LOOK = Duration.ofSeconds(10).toNanos();

    private final LeadWorld world;
    private final LeadProcess process;
    private final String role;
    private final Set<String> dirty = new TreeSet<>();
    private final Map<String, Long> askAgainAt = new HashMap<>();
    private boolean isDeaf;
    private @Nullable Leadership since; // since when it remembers; null: it remembers nothing

    LeadWork(LeadWorld world, LeadProcess process, String role) {
        this.world = world;
        this.process = process;
        this.role = role;
        process.index().onChange(this::mark);
    }

    private void mark(String uid) {
        if (since != null && !isDeaf && isOurs(uid)) {
            dirty.add(uid);
        }
    }

    private boolean isOurs(String uid) {
        return world.roleOf(uid).equals(role);
    }

    @Override
    public Step pass(Leadership leadership, Stage stage) {
        if (!leadership.equals(since)) {
            begin(leadership);
        }
        long wake = Long.MAX_VALUE;
        for (String uid : List.copyOf(dirty)) {
            int mark = stage.mark();
            long again = decide(uid, leadership, stage);
            if (stage.mark() == mark && again == Long.MAX_VALUE) {
                dirty.remove(uid);
            }
            wake = Math.min(wake, again);
        }
        return wake == Long.MAX_VALUE ? Step.parked() : Step.afterNanos(Math.max(wake - world.now(), 0));
    }

    private void begin(Leadership leadership) {
        if (since != null && world.planted != LeadPlanted.KEEPS_ITS_MEMORY) {
            throw world.fail(process.holder() + " leads with " + leadership + ", and was never deposed from " + since);
        }
        if (since == null) {
            process.index().uids().stream().filter(this::isOurs).forEach(dirty::add);
        }
        since = leadership;
        isDeaf = false;
    }

    /** Answers when to decide again, if nothing changes. */
    private long decide(String uid, Leadership leadership, Stage stage) {
        Known<Domain> domain = process.index().domain(uid);
        Map<String, Known<Thing>> things = process.index().of(uid);
        long wake = Long.MAX_VALUE;
        List<Known<Thing>> live = new ArrayList<>();
        for (Known<Thing> thing : things.values()) {
            if (thing.value().state().isLive()) {
                live.add(thing);
            } else if (thing.value().state() == State.GONE) {
                long at = thing.seenAt() + REAP;
                if (world.now() - at >= 0) {
                    stage.delete(thing.record());
                } else {
                    wake = Math.min(wake, at);
                }
            }
        }
        if (domain == null) {
            return wake;
        }
        int wanted = domain.value().things();
        for (int i = live.size(); i < wanted; i++) {
            create(uid, leadership, stage);
        }
        for (int i = wanted; i < live.size(); i++) {
            stage.put(Thing.TYPE, live.get(i).record(), live.get(i).value().in(State.DYING));
        }
        if (live.size() < wanted && world.strict) {
            stage.require(domain.record());
        }
        if (domain.value().removed() && things.isEmpty()) {
            stage.delete(domain.record());
        }
        return wake;
    }

    private void create(String uid, Leadership leadership, Stage stage) {
        String name = Thing.name(uid, process.nextId());
        stage.create(Thing.TYPE, name, new Thing(State.REQUESTING, leadership.term(), leadership.holder()));
        if (world.planted == LeadPlanted.SENDS_BEFORE_THE_COMMIT) {
            launch(name, leadership);
        }
    }

    @Override
    public Step deliver(Leadership leadership) {
        long now = world.now();
        long wake = Long.MAX_VALUE;
        Set<String> seen = new TreeSet<>();
        for (String uid : process.index().uids()) {
            if (!isOurs(uid)) {
                continue;
            }
            for (Map.Entry<String, Known<Thing>> each :
                    List.copyOf(process.index().of(uid).entrySet())) {
                State state = each.getValue().value().state();
                if (state == State.GONE) {
                    continue;
                }
                String errand = state + " " + each.getKey();
                seen.add(errand);
                long at = askAgainAt.getOrDefault(errand, now);
                if (now - at >= 0) {
                    at = now + (state == State.RUNNING ? LOOK : RETRY);
                    askAgainAt.put(errand, at);
                    ask(state, each.getKey(), leadership);
                }
                wake = Math.min(wake, at);
            }
        }
        askAgainAt.keySet().retainAll(seen);
        Step next = wake == Long.MAX_VALUE ? Step.parked() : Step.afterNanos(Math.max(wake - now, 0));
        return next.earliest(process.reactor().nextLimit());
    }

    private void ask(State state, String name, Leadership leadership) {
        switch (state) {
            case REQUESTING -> launch(name, leadership);
            case RUNNING ->
                world.provisioner.describe(process, name, process.reactor().expect(name));
            case DYING ->
                world.provisioner.terminate(
                        process, leadership.term(), name, process.reactor().expect(name));
            case GONE -> throw new AssertionError(name);
        }
    }

    private void launch(String name, Leadership leadership) {
        world.provisioner.launch(
                process, leadership.term(), name, process.reactor().expect(name));
    }

    @Override
    public void deposed() {
        if (world.planted == LeadPlanted.KEEPS_ITS_MEMORY) {
            isDeaf = true; // and goes on from what was clean then
            return;
        }
        since = null;
        dirty.clear();
        askAgainAt.clear();
    }

    /** What it remembers of single things: what could grow. */
    int remembered() {
        return dirty.size() + askAgainAt.size();
    }
}
