package dev.steward.lead;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.HeldStore;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One process that may lead, on a held store, with an election and a work that do as a test says. Not safe for use by many threads. */
final class LeadScene {
    static final RecordType<Long> COUNT =
            RecordType.of("work/", 1, (value, output) -> output.number(value), input -> input.number());
    static final String FENCE = "lead/role";

    final VirtualTime time;
    final HeldStore store;
    final RecordCache cache;
    final LyingElection election = new LyingElection();
    final Work work = new Work();
    final LeaderLoop loop;
    final List<String> events = new ArrayList<>();
    final List<LeaderPhase> phases = new ArrayList<>();
    private final Subscription subscription;

    LeadScene() {
        this("me", new VirtualTime());
    }

    private LeadScene(String holder, VirtualTime time) {
        this(holder, time, new InMemoryRecordStore(time));
    }

    LeadScene(String holder, VirtualTime time, InMemoryRecordStore truth) {
        this.time = time;
        store = new HeldStore(truth);
        cache = new RecordCache(store, Set.of("lead/", "work/"), time);
        InMemoryStateFeed feed = new InMemoryStateFeed(time);
        subscription = feed.subscribe(() -> {});
        loop = new LeaderLoop("role", holder, election, cache, work, feed, time);
    }

    /** Says what it is told to say. */
    static final class LyingElection implements LeaderElection {
        Advice advice = new Advice(false, Step.parked());
        int resigned;
        private boolean quiet;
        boolean closed;

        void says(boolean lead) {
            advice = new Advice(lead, Step.parked());
        }

        @Override
        public Advice poll() {
            Advice now = quiet ? new Advice(false, Step.again()) : advice;
            quiet = false; // it is given the advice anew
            return now;
        }

        @Override
        public void resign() {
            resigned++;
            quiet = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Writes down what is called, and does what it is told to do. */
    final class Work implements ElectedWork {
        final List<String> calls = new ArrayList<>();
        BiConsumer<Leadership, Stage> decides = (leadership, stage) -> {};
        Step next = Step.parked();
        Step nextDelivery = Step.parked();

        @Nullable
        String throwsIn;

        @Override
        public Step pass(Leadership leadership, Stage stage) {
            called("pass", leadership);
            decides.accept(leadership, stage);
            return next;
        }

        @Override
        public Step deliver(Leadership leadership) {
            called("deliver", leadership);
            return nextDelivery;
        }

        @Override
        public void notCommitted(Leadership leadership, CommitAnswer answer) {
            calls.add("not committed " + leadership.term() + ": "
                    + answer.getClass().getSimpleName());
        }

        @Override
        public void deposed() {
            seePhase();
            calls.add("deposed");
            failIn("deposed");
        }

        private void called(String what, Leadership leadership) {
            seePhase();
            calls.add(what + " " + leadership.term());
            failIn(what);
        }

        private void failIn(String what) {
            if (what.equals(throwsIn)) {
                throw new IllegalStateException(what + " (this is part of the test)");
            }
        }
    }

    private void seePhase() {
        LeaderPhase now = loop.status().phase();
        if (phases.isEmpty() || phases.get(phases.size() - 1) != now) {
            phases.add(now);
        }
    }

    Step pass() {
        Step step = loop.manageOnce();
        seePhase();
        subscription.poll(new StateListener() {
            @Override
            public void event(StateEvent event) {
                events.add(event.state() + ": " + event.cause());
            }

            @Override
            public void gap(long first, long last) {
                throw new AssertionError("missed " + first + " to " + last);
            }
        });
        return step;
    }

    Step after(Duration delay) {
        time.advance(delay);
        return pass();
    }

    /** Answers what waits longest, truly, and passes. */
    Step answered() {
        store.answer();
        return pass();
    }

    Step answered(Object with) {
        store.answer(with);
        return pass();
    }

    /** Lets the limit of the batch in flight pass. */
    void answeredNothingUntilTheLimit() {
        after(RecordCache.Options.defaults().callLimit());
    }

    LeaderPhase phase() {
        return loop.status().phase();
    }

    /** A work that counts up by one in each batch until it has counted to this. */
    void countsTo(long end) {
        work.decides = (leadership, stage) -> {
            var record = cache.get(COUNT.key("c"));
            long count = record.map(COUNT::decode).orElse(0L);
            if (count < end) {
                record.ifPresentOrElse(
                        it -> stage.put(COUNT, it, count + 1), () -> stage.create(COUNT, "c", count + 1));
            }
        };
    }

    long count() {
        return cache.get(COUNT.key("c")).map(COUNT::decode).orElse(0L);
    }

    /** Writes the fence behind everybody's back. */
    void fence(long term, String holder) {
        store.write(FENCE, Fence.TYPE.encode(new Fence(term, holder, "other#1")));
    }

    /** Brings it to a phase, and holds what the store is asked from then on. */
    LeadScene in(LeaderPhase wanted) {
        store.hints = false;
        election.says(true);
        cache.poll();
        store.holds = true;
        switch (wanted) {
            case FOLLOWING -> election.says(false);
            case CLAIMING -> pass();
            case CATCHING_UP -> {
                pass();
                answered();
            }
            case LEADING -> {
                store.holds = false;
                pass();
                store.holds = true;
            }
            case COMMITTING -> {
                in(LeaderPhase.LEADING);
                countsTo(count() + 1);
                pass();
            }
        }
        if (phase() != wanted) {
            throw new AssertionError("in " + phase() + " instead of " + wanted);
        }
        events.clear();
        work.calls.clear();
        store.asked.clear();
        return this;
    }
}
