package dev.steward.reconcile;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.lead.LeaderPhase;
import dev.steward.lead.LeaseElection;
import dev.steward.lead.Shards;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Several processes with one store, that keep the same lamps. Not safe for use by many threads. */
final class LampHouse {
    static final Duration LEASE = Duration.ofSeconds(10);

    final VirtualTime time = new VirtualTime();
    final InMemoryRecordStore truth = new InMemoryRecordStore(time);
    final List<Member> members = new ArrayList<>();

    /** One process. */
    final class Member implements RecordStore {
        final String name;
        final Lamp lamp = new Lamp();
        final InMemoryStateFeed feed = new InMemoryStateFeed(time);
        final List<Batch> batches = new ArrayList<>();
        final Deque<Runnable> held = new ArrayDeque<>(); // commits
        final ReconcileLoop<Boolean, Lamp.State> loop;
        Predicate<Batch> refuses = batch -> false;
        boolean holds;
        boolean deaf; // to what the store has to tell

        private Member(String name, ReconcileOptions options, Shards shards, int shard) {
            this.name = name;
            lamp.keepsRecords = true;
            members.stream().findFirst().ifPresent(first -> {
                lamp.onLook = thing -> Outcome.done(first.lamp.lit.getOrDefault(thing, false));
                lamp.onSwitch = thing -> {
                    first.lamp.lit.put(thing, true);
                    return Outcome.done(true);
                };
            });
            String role = shards.count() == 1 ? "lamps" : shards.role("lamps", shard);
            LeaseElection election = new LeaseElection(role, name, truth, time, LEASE);
            Role whole = Role.of("lamps", name, election, this);
            loop = ReconcileLoop.elected(
                    "lamps of " + name,
                    lamp,
                    shards.count() == 1 ? whole : whole.withShard(shards, shard),
                    feed,
                    time,
                    options);
        }

        @Override
        public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
            batches.add(batch);
            Runnable commit = () -> {
                if (refuses.test(batch)) {
                    then.accept(new StoreTrouble.Refused("too much"));
                } else {
                    truth.commit(batch, then);
                }
            };
            if (holds) {
                held.add(commit);
            } else {
                commit.run();
            }
        }

        @Override
        public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            if (!deaf) {
                truth.changes(query, then);
            }
        }

        @Override
        public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
            truth.read(keys, then);
        }

        @Override
        public Hinting onHint(WakeUp hint) {
            return truth.onHint(hint);
        }

        @Override
        public void close() {}

        boolean leads() {
            return loop.leader()
                    .filter(status -> status.phase() == LeaderPhase.LEADING || status.phase() == LeaderPhase.COMMITTING)
                    .isPresent();
        }

        /** How many batches wrote something of a thing. */
        long batchesOf(String thing) {
            return batches.stream()
                    .filter(batch -> LampHouse.isOf(batch, thing))
                    .count();
        }

        ThingView view(String thing) {
            return loop.thing(thing).orElseThrow();
        }

        /** What was asked since this was asked last. */
        List<String> asked() {
            List<String> all = List.copyOf(lamp.asked);
            lamp.asked.clear();
            return all;
        }
    }

    static boolean isOf(Batch batch, String thing) {
        return batch.changes().stream().anyMatch(change -> change.key().equals(Lamp.WISH.key(thing)));
    }

    Member member(String name) {
        return member(name, LampRoom.options());
    }

    Member member(String name, ReconcileOptions options) {
        return member(name, options, new Shards(1), 0);
    }

    Member member(String name, ReconcileOptions options, Shards shards, int shard) {
        Member member = new Member(name, options, shards, shard);
        members.add(member);
        return member;
    }

    /** Runs passes of all who live until none wants another at once; answers when the next is wanted. */
    Step settle() {
        Step step = Step.again();
        for (int pass = 0; step.equals(Step.again()); pass++) {
            if (pass == 2_000) {
                throw new AssertionError("spins");
            }
            step = Step.parked();
            for (Member member : members) {
                step = step.earliest(member.loop.manageOnce());
            }
        }
        return step;
    }

    /** Lets time pass. */
    void run(Duration length) {
        Duration left = length;
        for (Step step = settle();
                step.kind() == Step.Kind.AFTER && step.delay().compareTo(left) <= 0;
                step = settle()) {
            time.advance(step.delay());
            left = left.minus(step.delay());
        }
        time.advance(left);
    }

    /** A process is killed: it makes no pass any more. */
    void kill(Member member) {
        members.remove(member);
    }

    /** Another program writes a record. */
    void write(String thing, String wish) {
        write(thing, Lamp.WISH.encode(wish));
    }

    /** Another program writes a record, of whatever bytes. */
    void write(String thing, RecordValue value) {
        List<Versioned> before = before(thing);
        Stage stage = new Stage();
        if (before.isEmpty()) {
            stage.create(Lamp.WISH.key(thing), value);
        } else {
            stage.put(before.get(0), value);
        }
        truth.commit(stage.toBatch("another"), answer -> {});
    }

    /** Another program deletes a record. */
    void delete(String thing) {
        truth.commit(new Stage().delete(before(thing).get(0)).toBatch("another"), answer -> {});
    }

    /** Another process makes a term of a role, and dies. */
    void overtake(String role) {
        RecordType<Long> fence = RecordType.of(
                "lead/",
                1,
                (term, output) -> output.number(term).text("another").text("another-1"),
                input -> {
                    long term = input.number();
                    input.text();
                    input.text();
                    return term;
                });
        truth.read(Set.of(fence.key(role)), answer -> {
            Versioned before = ((ReadAnswer.Found) answer).records().get(0);
            truth.commit(
                    new Stage().put(fence, before, fence.decode(before) + 1).toBatch("another"), any -> {});
        });
    }

    /** The wish of a thing, as it is stored; empty if there is none. */
    String wish(String thing) {
        List<Versioned> before = before(thing);
        return before.isEmpty() ? "" : Lamp.WISH.decode(before.get(0));
    }

    private List<Versioned> before(String thing) {
        List<Versioned> before = new ArrayList<>();
        truth.read(Set.of(Lamp.WISH.key(thing)), answer -> before.addAll(((ReadAnswer.Found) answer).records()));
        return before;
    }

    /** A copy of the store that several loops may share. */
    RecordCache cache() {
        return new RecordCache(truth, Set.of("lead/", Lamp.WISH.prefix()), time);
    }
}
