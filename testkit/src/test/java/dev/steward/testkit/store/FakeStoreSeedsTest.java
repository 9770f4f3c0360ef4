package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.FakeStoreGround.Performed;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong with it, the fake store keeps what every store promises. */
class FakeStoreSeedsTest {
    private static final int CALLS = 300;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keeps_its_promises(long seed) {
        Simulation simulation = new Simulation(seed);
        FakeStoreGround ground = new FakeStoreGround(simulation)
                .takes(Duration.ofMillis(1), Duration.ofMillis(500))
                .showsWithin(Duration.ofSeconds(seed % 3));
        ground.faults().anywhere(0.7, 0.05);
        List<Follower> processes = List.of(new Follower(ground, "p1"), new Follower(ground, "p2"));
        Random random = simulation.random();
        for (int i = 0; i < CALLS; i++) {
            processes.get(random.nextInt(2)).call(random, i);
            simulation.run(Duration.ofMillis(random.nextInt(400)));
        }
        simulation.run(Duration.ofMinutes(2));

        Map<String, Long> done = new HashMap<>();
        for (Performed each : ground.performed()) {
            assertThat(done.put(each.batch().id(), each.revision()))
                    .as("%s done before", each)
                    .isNull();
        }
        processes.forEach(process -> process.assertKept(done));
    }

    /** One who calls, and remembers what it was told. */
    private static final class Follower {
        private final FakeStoreGround ground;
        private final FakeRecordStore store;
        private final Map<String, CommitAnswer> told = new HashMap<>();
        private final List<String> broken = new ArrayList<>();
        private long own;

        Follower(FakeStoreGround ground, String name) {
            this.ground = ground;
            this.store = ground.client(name);
        }

        void call(Random random, int number) {
            String key = "a/" + random.nextInt(5);
            int kind = random.nextInt(4);
            long begun = own;
            if (kind == 0) {
                store.read(Set.of(key), answer -> {
                    if (answer instanceof ReadAnswer.Found found) {
                        check("read " + key, begun, found.asOf(), found.records());
                    }
                });
            } else if (kind == 1) {
                store.changes(new ChangeQuery(Set.of(""), Cursor.START, 1_000), answer -> {
                    if (answer instanceof Changes page) {
                        check(
                                "changes",
                                begun,
                                page.asOf(),
                                page.changes().stream()
                                        .filter(Versioned.class::isInstance)
                                        .map(Versioned.class::cast)
                                        .toList());
                    }
                });
            } else {
                write(store.process() + "-" + number, key, random.nextBoolean());
            }
        }

        private void write(String id, String key, boolean deletes) {
            Optional<Versioned> before = Optional.ofNullable(ground.records().get(key));
            Batch.Op op = before.<Batch.Op>map(record -> deletes
                            ? new Batch.Delete(key, record.revision())
                            : new Batch.Put(key, record.revision(), RecordValue.utf8(id)))
                    .orElseGet(() -> new Batch.Create(key, RecordValue.utf8(id)));
            store.commit(new Batch(id, List.of(op)), answer -> {
                told.putIfAbsent(id, answer);
                if (answer instanceof CommitAnswer.Committed committed) {
                    own = Math.max(own, committed.revision());
                }
            });
        }

        private void check(String what, long begun, long asOf, List<Versioned> records) {
            if (asOf < begun) {
                broken.add(what + " as of " + asOf + ", begun after " + begun);
            }
            for (Versioned record : records) {
                Performed writer = ground.performed().get((int) record.revision() - 1);
                if (!record.value().toUtf8().equals(writer.batch().id()) || record.revision() > asOf) {
                    broken.add(what + " shows " + record + ", written by " + writer);
                }
            }
        }

        /** @param done what was ever done, by its revision */
        void assertKept(Map<String, Long> done) {
            assertThat(broken).isEmpty();
            assertThat(told).isNotEmpty();
            told.forEach((id, answer) -> {
                if (answer instanceof CommitAnswer.Committed committed) {
                    assertThat(done).containsEntry(id, committed.revision());
                } else if (!(answer instanceof StoreTrouble.Unknown)) {
                    assertThat(done).as("done, though told %s", answer).doesNotContainKey(id);
                }
            });
        }
    }
}
