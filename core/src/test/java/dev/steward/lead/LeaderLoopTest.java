package dev.steward.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.loop.Step;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaderLoopTest {
    private static final RecordType<Long> COUNTER =
            RecordType.of("counter/", 1, (value, output) -> output.number(value), input -> input.number());

    private final VirtualTime time = new VirtualTime();
    private final InMemoryRecordStore store = new InMemoryRecordStore(time);
    private final List<String> done = new ArrayList<>();

    /** Counts to three, and says each number that is in the store. */
    private final class Counting implements ElectedWork {
        private final RecordCache cache;
        private long said;

        private Counting(RecordCache cache) {
            this.cache = cache;
        }

        @Override
        public Step pass(Leadership leadership, Stage stage) {
            var record = cache.get(COUNTER.key("c"));
            long count = record.map(COUNTER::decode).orElse(0L);
            if (count < 3) {
                record.ifPresentOrElse(
                        it -> stage.put(COUNTER, it, count + 1), () -> stage.create(COUNTER, "c", count + 1));
            }
            return Step.parked();
        }

        @Override
        public Step deliver(Leadership leadership) {
            long count = cache.get(COUNTER.key("c")).map(COUNTER::decode).orElse(0L);
            if (count > said) {
                said = count;
                done.add(leadership.holder() + " " + leadership.term() + ": " + count);
            }
            return Step.parked();
        }

        @Override
        public void deposed() {
            said = 0;
        }
    }

    private LeaderLoop process(String name) {
        RecordCache cache = new RecordCache(store, Set.of("lead/", "counter/"), time);
        var election = new LeaseElection("counter", name, store, time, Duration.ofSeconds(3));
        return new LeaderLoop("counter", name, election, cache, new Counting(cache), new InMemoryStateFeed(time), time);
    }

    @Test
    void claims_catches_up_decides_commits_and_delivers_in_one_pass_without_any_time() {
        LeaderLoop one = process("one");

        Step step = one.manageOnce();

        assertThat(done).containsExactly("one 1: 1", "one 1: 2", "one 1: 3");
        assertThat(one.leadership()).contains(new Leadership("counter", 1, "one"));
        assertThat(step.delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void hands_over_at_once_when_it_is_closed() {
        LeaderLoop one = process("one");
        LeaderLoop two = process("two");
        one.manageOnce();
        two.manageOnce();
        assertThat(two.leadership()).isEmpty();

        one.close();
        time.advance(Duration.ofMillis(100));
        two.manageOnce();

        assertThat(two.leadership()).contains(new Leadership("counter", 2, "two"));
        assertThat(two.status().explain()).isEqualTo("two is leading for counter: leads in term 2; term 2 is of two");
    }
}
