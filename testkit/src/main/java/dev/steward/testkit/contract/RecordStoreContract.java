package dev.steward.testkit.contract;

import static dev.steward.testkit.contract.StoreClient.batch;
import static dev.steward.testkit.contract.StoreClient.creating;
import static dev.steward.testkit.contract.StoreClient.deleting;
import static dev.steward.testkit.contract.StoreClient.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RecordStore} must do while nothing fails. <b>Made for you to extend</b> in the test of a store of your own: say how to
 * open one on fresh ground, how another process opens the same, and, as far as there is such a thing, how it forgets deletions. Rules about
 * what there is not are left out.
 *
 * <p>Answers may come on any thread and are awaited for {@link #patience} at most; where a rule says that no more come, the test listens for
 * {@link #quiet}. A store on virtual time overrides {@link #poll}, and may belong to {@linkplain #threads one thread}.
 */
public abstract class RecordStoreContract extends RecordStoreFollowContract {
    private static final Set<String> ALL = Set.of("");
    private static final ChangeQuery EVERYTHING = new ChangeQuery(ALL, Cursor.START, 1_000);

    /** For subclasses. */
    protected RecordStoreContract() {}

    // ---- several clients

    @Test
    public final void shows_what_another_client_has_committed() throws InterruptedException {
        StoreClient other = another();
        long first = client.commit(creating("a", "1"), creating("b", "1"));
        other.awaitShown(first);
        assertThat(other.all()).isEqualTo(client.all());
        long second = other.commit(putting("a", first, "2"), deleting("b", first));
        client.awaitShown(second);

        assertThat(second).isGreaterThan(first);
        assertThat(client.all()).containsExactly(entry("a", second, "2"));
        assertThat(other.all()).isEqualTo(client.all());
    }

    @Test
    public final void judges_the_expectations_of_all_clients_alike() throws InterruptedException {
        StoreClient other = another();
        long first = client.commit(creating("a", "1"));

        other.conflict(creating("a", "2"));
        other.awaitShown(first);
        long second = other.commit(putting("a", first, "2"));
        client.conflict(putting("a", first, "3"), creating("b", "3"));
        client.awaitShown(second);

        client.commit(deleting("a", second));
        other.conflict(putting("a", second, "4"));
        assertThat(client.all()).isEmpty();
    }

    @Test
    public final void shows_commits_whole_and_in_their_order() throws InterruptedException {
        StoreClient other = another();
        long last = client.commit(creating("a", "0"), creating("b", "0"), creating("c", "0"));
        other.awaitShown(last);
        StoreCopy copy = new StoreCopy(other, "");
        long shown = 0;
        for (int i = 1; i <= 30; i++) {
            StoreAnswer<CommitAnswer> commit = client.ask(
                    batch(putting("a", last, "" + i), putting("b", last, "" + i), putting("c", last, "" + i)));
            StoreAnswer<ReadAnswer> looked = other.ask(Set.of("a", "b", "c"));
            copy.turn(1);
            ReadAnswer.Found found = looked.await(ReadAnswer.Found.class);
            last = commit.await(CommitAnswer.Committed.class).revision();
            for (List<Versioned> state :
                    List.of(found.records(), List.copyOf(copy.records().values()))) {
                assertThat(state).hasSize(3);
                assertThat(state.stream().map(Versioned::revision).distinct())
                        .as("revisions in %s", state)
                        .hasSize(1);
                assertThat(state.stream().map(Versioned::value).distinct()).hasSize(1);
            }
            assertThat(found.records().get(0).revision()).isBetween(shown, last);
            shown = found.records().get(0).revision();
        }
    }

    @Test
    public final void keeps_everything_for_a_client_that_comes_later() throws InterruptedException {
        long first = client.commit(creating("a", "1"), creating("b", "1"));
        long second = client.commit(putting("a", first, "2"), deleting("b", first));
        Map<String, Versioned> before = client.all();
        client.store.close();

        StoreClient other = another();
        other.awaitShown(second);

        assertThat(other.all()).isEqualTo(before);
        assertThat(other.commit(creating("b", "3"))).isGreaterThan(second);
    }

    @Test
    public final void lets_one_of_many_change_a_record_at_a_time() throws InterruptedException {
        StoreClient other = anotherIfAny().orElse(client);
        long last = client.commit(creating("a", "0"));
        for (int round = 1; round <= 15; round++) {
            other.awaitShown(last);
            List<StoreAnswer<CommitAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add((i % 2 == 0 ? client : other).ask(batch(putting("a", last, round + "." + i))));
            }
            List<Long> winners = new ArrayList<>();
            String text = "";
            for (int i = 0; i < answers.size(); i++) {
                CommitAnswer answer = answers.get(i).await();
                if (answer instanceof CommitAnswer.Committed won) {
                    winners.add(won.revision());
                    text = round + "." + i;
                }
            }
            assertThat(winners).as("who expected revision %s and won", last).hasSize(1);
            last = winners.get(0);
            client.awaitShown(last);
            assertThat(client.all()).containsExactly(entry("a", last, text));
        }
    }

    @Test
    public final void may_be_used_by_many_threads() throws InterruptedException {
        client.commit(creating("counter", "0"));
        List<CounterRace> races = new ArrayList<>();
        for (int i = 0; i < threads(); i++) {
            races.add(new CounterRace(this, i % 2 == 0 ? client : anotherIfAny().orElse(client), 15));
        }
        races.forEach(CounterRace::begin);
        Map<Long, Long> winners = new TreeMap<>();
        for (CounterRace race : races) {
            race.end()
                    .forEach((expected, revision) -> assertThat(winners.put(expected, revision))
                            .as("who else expected %s", expected)
                            .isNull());
        }

        List<Long> expected = new ArrayList<>(winners.keySet());
        List<Long> revisions = new ArrayList<>(winners.values());
        assertThat(revisions).hasSize(15 * threads());
        assertThat(expected.subList(1, expected.size())).isEqualTo(revisions.subList(0, revisions.size() - 1));
        long last = revisions.get(revisions.size() - 1);
        client.awaitShown(last);
        assertThat(client.all()).containsExactly(entry("counter", last, "" + revisions.size()));
    }

    // ---- hints

    @Test
    public final void hints_at_a_commit_once_it_shows() throws InterruptedException {
        BlockingQueue<Set<String>> shown = watch(client);
        for (int i = 0; i < 3; i++) {
            client.commit(creating("a/" + i, ""));
            awaitHint(shown, "a/" + i);
        }
    }

    @Test
    public final void hints_at_commits_of_other_clients() throws InterruptedException {
        StoreClient other = another();
        assumeTrue(hintsAtOthers(), "this store is not told of other clients");
        BlockingQueue<Set<String>> shown = watch(client);
        for (int i = 0; i < 3; i++) {
            other.commit(creating("a/" + i, ""));
            awaitHint(shown, "a/" + i);
        }
    }

    @Test
    public final void hints_at_nothing_for_one_who_has_gone() throws InterruptedException {
        BlockingQueue<Set<String>> staying = watch(client);
        BlockingQueue<String> going = new LinkedBlockingQueue<>();
        RecordStore.Hinting hinting = client.store.onHint(() -> going.add("hint"));
        client.commit(creating("a", ""));
        awaitHint(staying, "a");
        hinting.close();
        hinting.close();
        poll(going, quiet()); // one that was on its way
        going.clear();

        client.commit(creating("b", ""));
        awaitHint(staying, "b");

        assertThat(poll(going, quiet())).as("a hint to one who has gone").isNull();
    }

    /** The keys that each hint finds. */
    private static BlockingQueue<Set<String>> watch(StoreClient client) {
        BlockingQueue<Set<String>> shown = new LinkedBlockingQueue<>();
        client.store.onHint(() -> client.store.changes(EVERYTHING, answer -> {
            if (answer instanceof Changes page) {
                shown.add(page.changes().stream().map(change -> change.key()).collect(Collectors.toSet()));
            }
        }));
        return shown;
    }

    private void awaitHint(BlockingQueue<Set<String>> shown, String key) throws InterruptedException {
        Set<String> keys;
        do {
            keys = poll(shown, patience());
            assertThat(keys)
                    .as("what shows at a hint that comes with '%s'", key)
                    .isNotNull();
        } while (keys != null && !keys.contains(key));
    }

    // ---- answers

    @Test
    public final void answers_each_call_once() throws InterruptedException {
        StoreAnswer<CommitAnswer> commit = client.ask(batch(creating("a", "1")));
        StoreAnswer<CommitAnswer> conflict = client.ask(batch(putting("b", 1, "1")));
        StoreAnswer<ChangesAnswer> changes = client.ask(EVERYTHING);
        StoreAnswer<ReadAnswer> read = client.ask(Set.of("a"));

        commit.await(CommitAnswer.Committed.class);
        conflict.await(CommitAnswer.Conflict.class);
        changes.await(Changes.class);
        read.await(ReadAnswer.Found.class);
        for (StoreAnswer<?> answer : List.of(commit, conflict, changes, read)) {
            answer.assertQuiet();
        }
    }

    @Test
    public final void may_be_asked_again_from_within_an_answer() throws InterruptedException {
        StoreAnswer<CommitAnswer> second = new StoreAnswer<>(this, "a commit from within an answer");
        StoreAnswer<ChangesAnswer> third = new StoreAnswer<>(this, "changes from within an answer");
        StoreAnswer<ReadAnswer> fourth = new StoreAnswer<>(this, "a read from within an answer");
        client.store.commit(
                batch(creating("a", "1")),
                first -> client.store.commit(batch(creating("b", "1")), answer -> {
                    client.store.changes(EVERYTHING, third);
                    client.store.changes(EVERYTHING, page -> client.store.read(Set.of("a", "b"), fourth));
                    second.accept(answer);
                }));

        second.await(CommitAnswer.Committed.class);
        assertThat(third.await(Changes.class).changes()).hasSize(2);
        assertThat(fourth.await(ReadAnswer.Found.class).records()).hasSize(2);
    }

    @Test
    public final void does_not_suffer_from_an_answer_that_throws() throws InterruptedException {
        List<Runnable> calls = List.of(
                () -> client.store.commit(batch(creating("a", "1")), this::hostile),
                () -> client.store.commit(batch(putting("b", 1, "1")), this::hostile),
                () -> client.store.changes(EVERYTHING, this::hostile),
                () -> client.store.read(Set.of("a"), this::hostile));
        for (int i = 0; i < 2; i++) {
            for (Runnable call : calls) {
                try {
                    call.run();
                } catch (Hostile passedOn) {
                    assertThat(passedOn).hasMessageContaining("hostile");
                }
            }
        }

        client.awaitShown(client.commit(creating("c", "1")));
        assertThat(client.all()).containsOnlyKeys("a", "c");
    }

    private void hostile(Object answer) {
        throw new Hostile();
    }

    // ---- the end

    @Test
    public final void refuses_every_call_once_it_is_closed() throws InterruptedException {
        RecordStore.Hinting hinting = client.store.onHint(() -> {});
        client.commit(creating("a", "1"));
        client.store.close();
        client.store.close();

        client.ask(batch(creating("b", "1"))).await(StoreTrouble.Refused.class);
        client.ask(EVERYTHING).await(StoreTrouble.Refused.class);
        client.ask(Set.of("a")).await(StoreTrouble.Refused.class);
        hinting.close();
    }

    @Test
    public final void does_what_it_was_asked_for_before_it_is_closed() throws InterruptedException {
        StoreClient other = another();
        long first = client.commit(creating("a", "1"));
        StoreAnswer<CommitAnswer> answer = client.ask(batch(putting("a", first, "2")));

        client.store.close();

        for (long looks = looks();
                other.all().equals(Map.of()) || other.text("a").equals("1");
                looks--) {
            assertThat(looks).as("looks at what was asked for").isPositive();
            pause();
        }
        assertThat(other.text("a")).isEqualTo("2");
        answer.assertNothingBut(CommitAnswer.Committed.class, StoreTrouble.Unknown.class);
    }
}
