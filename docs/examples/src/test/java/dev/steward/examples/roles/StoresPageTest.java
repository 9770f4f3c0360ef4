package dev.steward.examples.roles;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.curator.CuratorOptions;
import dev.steward.curator.CuratorRecordStore;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.jdbc.PostgresRecordStore;
import dev.steward.jdbc.SqliteRecordStore;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.LeaseElection;
import dev.steward.store.CommitAnswer;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;

/** The blocks of the page about stores that are not part of the example. */
@ExtendWith(StewardExtension.class)
class StoresPageTest {
    @Test
    void stages_what_the_cache_says_and_commits_it(Simulation simulation) {
        InMemoryRecordStore store = new InMemoryRecordStore(simulation.time());
        RecordCache cache = new RecordCache(store, Set.of("tick/"), simulation.time());
        RecordWriter writer = new RecordWriter(cache, "one-1");
        List<CommitAnswer> answers = new ArrayList<>();

        count(cache, writer, answers);
        count(cache, writer, answers);

        assertThat(answers).containsExactly(new CommitAnswer.Committed(1), new CommitAnswer.Committed(2));
        assertThat(cache.get(Tick.KEY).map(Tick.TYPE::decode)).contains(new Tick(2, 0, "one-1"));
    }

    private static void count(RecordCache cache, RecordWriter writer, List<CommitAnswer> answers) {
        // region Writing
        cache.poll(); // first in the pass
        if (writer.isReady()) {
            Stage stage = new Stage();
            cache.get(Tick.KEY)
                    .ifPresentOrElse(
                            record -> stage.put(
                                    Tick.TYPE, record, Tick.TYPE.decode(record).next("one-1")),
                            () -> stage.create(Tick.TYPE, Tick.NAME, new Tick(1, 0, "one-1")));
            writer.commit(stage, answers::add);
        }
        cache.poll(); // a store in memory has answered already
        // and last: return cache.next().earliest(writer.next())
        // endregion
    }

    // region TestingStores
    @Test
    void the_other_counts_on_when_the_leader_is_killed(Simulation simulation) {
        FakeStoreGround ground = new FakeStoreGround(simulation);
        List<String> said = new ArrayList<>();
        LeaderLoop one = candidate("one", ground.client("one"), simulation.time(), said);
        LeaderLoop two = candidate("two", ground.client("two"), simulation.time(), said);
        simulation.add(one);
        simulation.run(ofSeconds(1));
        simulation.add(two);
        simulation.run(ofSeconds(1));

        simulation.kill(one);
        simulation.run(ofSeconds(5));

        assertThat(two.leadership())
                .hasValueSatisfying(it -> assertThat(it.term()).isEqualTo(2));
        assertThat(said).startsWith("one: 1", "one: 2").doesNotHaveDuplicates();
        assertThat(said.get(said.size() - 1)).startsWith("two: ");
    }

    private static LeaderLoop candidate(String holder, RecordStore store, TimeSource time, List<String> said) {
        RecordCache cache = new RecordCache(store, Set.of("lead/", "tick/"), time);
        LeaseElection election = new LeaseElection("counter", holder, store, time, ofSeconds(2));
        Counting work = new Counting(cache, time, ofMillis(500), tick -> said.add(holder + ": " + tick.number()));
        return new LeaderLoop("counter", holder, election, cache, work, new InMemoryStateFeed(time), time);
    }
    // endregion

    @Test
    void every_store_is_one_line(Simulation simulation) {
        assertThat(choices(unused(), simulation.time())).hasSize(4);
        assertThat(choices(unused(), simulation.time()).get(0).get()).isInstanceOf(InMemoryRecordStore.class);
    }

    private static DataSource unused() {
        return Mockito.mock(DataSource.class);
    }

    private static List<Supplier<RecordStore>> choices(DataSource database, TimeSource time) {
        // region EveryStore
        return List.of(
                () -> new InMemoryRecordStore(time),
                () -> SqliteRecordStore.open(Path.of("/var/lib/observatory/records.db"), time),
                () -> PostgresRecordStore.open("records", database, time),
                () -> CuratorRecordStore.connect("zoo1:2181,zoo2:2181,zoo3:2181", CuratorOptions.defaults()));
        // endregion
    }

    @Test
    void says_why_nobody_leads(Simulation simulation) {
        FakeStoreGround ground = new FakeStoreGround(simulation).diskFull(true);
        LeaderLoop counter = candidate("one", ground.client("one"), simulation.time(), new ArrayList<>());
        simulation.add(counter);
        simulation.run(ofSeconds(3));

        // region WhyNobody
        System.out.println(counter.status().explain());
        // one is following for counter: the lease cannot be written: Unavailable[reason=…]; there was no term yet
        // endregion
        assertThat(counter.status().explain())
                .isEqualTo(
                        "one is following for counter: the lease cannot be written: Unavailable[reason=fake: the disk"
                                + " is full]; there was no term yet");
    }
}
