package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.DOWN;
import static dev.steward.instance.RunState.FAILED;
import static dev.steward.instance.RunState.UP;
import static dev.steward.testkit.FakeStoreTrouble.LATER;
import static dev.steward.testkit.FakeStoreTrouble.REFUSED;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreTrouble;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a manager makes of a store that is slow, full, gone, or has been written by others. Programs are looked after all the same. */
class HostMemoryTroubleTest extends MemoryScene {
    // ---- the start

    @Test
    void decides_nothing_before_it_knows_what_was_kept() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        ground.takes(ofSeconds(2), ofSeconds(2));

        begin(ground.client("slow"));
        run(ofMillis(1_900));
        assertThat(instance("b").state()).isEqualTo(UP); // adopted, but not decided about
        assertThat(manager().explain("a")).contains("nothing is decided before what was kept is read");
        host.crash("b");
        run(ofMillis(50));
        assertThat(host.running("b")).isZero();
        run(ofSeconds(1));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(host.launches("a")).isOne();
        assertThat(host.running("b")).isOne();
        assertThat(notifications()).isEmpty();
    }

    @Test
    void goes_on_as_configured_when_it_has_waited_long_enough() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        FakeRecordStore away = ground.client("away");
        away.loseSession(ofSeconds(30));

        begin(away);
        run(ofMillis(4_999));
        assertThat(host.running("a")).isZero();
        run(ofMillis(1));
        run(ofMillis(10));
        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(messages()).contains("what was kept cannot be read in time: goes on with what is configured");
        assertThat(notifications()).contains("the store cannot be read: fake: no session");
        run(ofMinutes(1));

        assertThat(instance("a").state()).as("what comes late changes nothing").isEqualTo(UP);
        assertThat(messages()).contains("goes on as it is, although it was wanted down");
        assertThat(notifications()).isEmpty();
        assertThat(ground.records()).as("what is kept is what is").isEmpty();
    }

    @Test
    void waits_not_at_all_if_it_is_told_so() {
        patience(Duration.ZERO);
        FakeRecordStore away = ground.client("away");
        away.loseSession(ofSeconds(30));

        begin(away);
        run(ofMillis(10));

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void puts_what_is_asked_while_it_waits_above_what_was_kept() {
        configure(FRAGILE, B);
        start();
        failures(3);
        down("b");
        run(ofSeconds(20));
        kill();
        ground.takes(ofSeconds(2), ofSeconds(2));
        begin(ground.client("slow"));
        run(ofSeconds(1));

        up("a");
        up("b");
        run(ofSeconds(10));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(instance("b").state()).isEqualTo(UP);
        restart();
        run(ofSeconds(5));
        assertThat(instance("b").state()).isEqualTo(UP);
    }

    @Test
    void takes_everything_down_without_waiting_for_what_was_kept() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        FakeRecordStore away = ground.client("away");
        away.loseSession(ofMinutes(5));
        begin(away);
        run(ofSeconds(1));

        var end = manager().die(ofSeconds(20));
        simulation.runUntil(end::isDone, ofSeconds(3));
        manager().close();
        start();

        assertThat(end.join().isClean()).isTrue();
        assertThat(instance("a").state()).as("the request is still kept").isEqualTo(DOWN);
        assertThat(instance("b").state()).isEqualTo(UP);
    }

    // ---- writing

    @ParameterizedTest
    @EnumSource(
            value = FakeStoreTrouble.class,
            names = {"CONFLICT", "UNAVAILABLE", "UNKNOWN", "UNKNOWN_NOT_DONE", "NO_ANSWER", "SWALLOWED", "SLOW", "TWICE"
            })
    void writes_in_the_end_whatever_becomes_of_a_commit(FakeStoreTrouble trouble) {
        start();
        client().next(trouble);

        down("a");
        run(ofSeconds(20));

        assertThat(instance("a").state()).isEqualTo(DOWN);
        assertThat(manager().notYetKept()).isZero();
        assertThat(notifications()).isEmpty();
        assertThat(commits()).as("nothing is written twice").isOne();
        restart();
        assertThat(instance("a").state()).isEqualTo(DOWN);
    }

    @Test
    void keeps_the_last_of_several_requests_when_an_earlier_batch_lands_late() {
        start();
        client().next(LATER);
        down("a");
        run(ofSeconds(5));
        up("a");
        run(ofSeconds(60));
        assertThat(manager().notYetKept()).isZero();
        powerCut();

        start();

        assertThat(instance("a").state()).isEqualTo(UP);
    }

    @Test
    void looks_after_programs_while_the_disk_is_full_and_writes_when_it_is_not() {
        configure(FRAGILE, B);
        start();
        ground.diskFull(true);
        down("b");
        failures(2);
        run(ofMinutes(5));
        assertThat(instance("b").state()).isEqualTo(DOWN);
        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(manager().notYetKept()).isEqualTo(2);
        assertThat(messages())
                .filteredOn("the store cannot be written for now: fake: the disk is full"::equals)
                .hasSize(1);
        assertThat(manager().explain("b")).contains("the disk is full");

        ground.diskFull(false);
        run(ofSeconds(10));

        assertThat(manager().notYetKept()).isZero();
        assertThat(notifications()).isEmpty();
        restart();
        assertThat(instance("b").state()).isEqualTo(DOWN);
    }

    @Test
    void does_not_offer_again_what_was_refused_before_it_changes() {
        start();
        client().next(REFUSED);
        down("a");
        run(ofMinutes(1));
        assertThat(ground.records()).isEmpty();
        assertThat(notifications()).containsExactly("not kept as it is now: fake: refused");
        assertThat(manager().explain("a")).contains("fake: refused");
        assertThat(manager().notYetKept()).isOne();

        up("a");
        run(ofSeconds(1));

        assertThat(ground.records()).hasSize(1);
        assertThat(notifications()).isEmpty();
    }

    @Test
    void offers_what_was_refused_again_after_five_minutes_for_whoever_is_at_fault_may_have_mended_it() {
        start();
        client().next(REFUSED);
        down("a");
        run(ofMinutes(4));
        assertThat(ground.records()).isEmpty();

        run(ofMinutes(2));

        assertThat(ground.records()).hasSize(1);
        assertThat(notifications()).isEmpty();
        assertThat(manager().notYetKept()).isZero();
    }

    @Test
    void finds_the_one_of_many_that_is_refused() {
        InstanceSpec[] many = new InstanceSpec[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = InstanceSpec.of("i" + i, "/bin/i").withStart(TargetState.DOWN);
        }
        configure(many);
        RecordStore good = ground.client("manager");
        begin(memory(new PassingStore(good) {
            @Override
            public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
                if (batch.changes().stream().anyMatch(change -> change.key().endsWith("/i17"))) {
                    then.accept(new StoreTrouble.Refused("too large"));
                } else {
                    good.commit(batch, then);
                }
            }
        }));
        run(ofMillis(10));

        down(TargetRequest.ALL);
        run(ofMinutes(2));

        assertThat(ground.records()).hasSize(39).doesNotContainKey("host/here/i17");
        assertThat(manager().notifications())
                .singleElement()
                .satisfies(one -> assertThat(one.source()).isEqualTo("i17"));
    }

    @Test
    void keeps_nothing_of_a_name_that_no_store_can_hold() {
        String name = "\u00e4".repeat(100);
        configure(InstanceSpec.of(name, "/bin/a"), B);
        start();
        down(name);
        run(ofSeconds(20));

        assertThat(instance(name).state()).isEqualTo(DOWN);
        assertThat(manager().explain(name)).contains("nothing of it is kept: name takes 600 characters");
        assertThat(ground.records()).isEmpty();
    }

    // ---- records of others

    @Test
    void leaves_a_record_of_a_newer_version_alone() {
        write("host/here/a", RecordValue.of((byte) 1, (byte) 4, (byte) 9));
        configure(FRAGILE, B);

        start();
        down("b");
        failures(3);
        run(ofSeconds(20));

        assertThat(instance("a").state()).isEqualTo(FAILED);
        assertThat(ground.records().get("host/here/a").revision()).isOne();
        assertThat(ground.records()).containsKey("host/here/b");
        assertThat(manager().explain("a"))
                .contains("nothing of it is kept, as its record is of a newer version and left alone")
                .contains("host/here/a: its version is 2, newer than 1");
        delete("host/here/a");
        run(ofSeconds(2));
        assertThat(ground.records()).as("now it can be written").containsKey("host/here/a");
        assertThat(notifications()).noneMatch(text -> text.contains("newer"));
        restart();
        assertThat(instance("a").state()).isEqualTo(FAILED);
    }

    @Test
    void leaves_an_unreadable_record_of_nobody_alone() {
        write("host/here/gone", RecordValue.of((byte) 1, (byte) 2, (byte) 0x7F));
        write("host/here/x/y", RecordValue.utf8("what is this"));

        start();
        run(ofSeconds(5));

        assertThat(ground.records()).containsOnlyKeys("host/here/gone", "host/here/x/y");
        assertThat(notifications()).anyMatch(text -> text.contains("host/here/gone: cannot be read"));
    }
}
