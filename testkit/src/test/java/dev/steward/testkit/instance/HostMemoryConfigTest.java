package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.DOWN;
import static dev.steward.instance.RunState.FAILED;
import static dev.steward.instance.RunState.UP;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.HostMemory;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.StopPlan;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.store.RecordCache;
import dev.steward.testkit.FakeLife;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of instances, when clocks are set and configurations change. */
class HostMemoryConfigTest extends MemoryScene {
    @Test
    void counts_stamps_of_the_future_as_now_and_gives_up_nothing_for_them_alone() {
        configure(FRAGILE);
        start();
        failures(2);
        kill();
        simulation.stepWall(Duration.ofDays(-1));

        start();
        run(ofSeconds(61));
        assertThat(instance("a").state()).isEqualTo(UP);
        failures(2);

        assertThat(instance("a").state()).as("they were over with the window").isEqualTo(UP);
    }

    @Test
    void does_not_set_free_what_was_given_up_when_the_clock_is_set_years_ahead_or_back() {
        configure(FRAGILE);
        start();
        failures(3);
        for (Duration step : List.of(Duration.ofDays(365 * 100), Duration.ofDays(-365 * 150))) {
            kill();
            simulation.stepWall(step);

            start();

            assertThat(instance("a").state()).as("after %s", step).isEqualTo(FAILED);
        }
    }

    @Test
    void keeps_stamps_as_the_clock_shows_them_when_they_are_written() {
        configure(FRAGILE);
        start();
        failures(1);
        simulation.stepWall(ofHours(5)); // it was wrong until now
        failures(1);

        restart();
        failures(1);

        assertThat(instance("a").state()).isEqualTo(FAILED);
    }

    // ---- configurations

    @Test
    void counts_anew_what_is_launched_otherwise_and_keeps_its_target() {
        configure(FRAGILE, B);
        start();
        failures(3);
        down("b");
        run(ofSeconds(20));
        kill();
        configure(
                FRAGILE.withLaunch(A.launch().withEnvironment(Map.of("X", "1"))),
                B.withStart(TargetState.UP).withLaunch(B.launch().withDirectory("/tmp")));

        start();

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(instance("b").state()).isEqualTo(DOWN);
        assertThat(messages()).contains("configured otherwise than before the restart, its failures count anew");
    }

    @Test
    void begins_anew_what_is_of_another_class() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        configure(A.withAgentClass("other"), B);

        start();
        run(ofSeconds(1));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(ground.records()).isEmpty();
    }

    @Test
    void counts_anew_what_is_configured_otherwise_while_it_runs_and_keeps_that() {
        configure(FRAGILE);
        start();
        failures(3);
        configure(FRAGILE.withStop(StopPlan.reference()));
        reload();
        run(ofSeconds(1));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(ground.records()).isEmpty();
    }

    @Test
    void deletes_what_is_kept_of_instances_that_are_configured_no_more() {
        start();
        down("a");
        down("b");
        run(ofSeconds(20));
        assertThat(ground.records()).hasSize(2);
        configure(A);
        reload();
        run(ofSeconds(1));
        assertThat(ground.records()).containsOnlyKeys("host/here/a");
        kill();
        configure(B);

        start();
        run(ofSeconds(1));

        assertThat(ground.records()).isEmpty();
        assertThat(instance("b").state()).isEqualTo(UP);
    }

    @Test
    void deletes_nothing_before_a_configuration_could_be_loaded() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        boolean[] readable = {false};
        configure(() -> {
            if (!readable[0]) {
                throw new IllegalStateException("half written");
            }
            return SiteConfig.of(A);
        });
        start();
        run(ofSeconds(10));
        assertThat(ground.records()).hasSize(1);

        readable[0] = true;
        reload();
        run(ofSeconds(1));

        assertThat(instance("a").state()).isEqualTo(DOWN);
    }

    @Test
    void keeps_what_was_asked_for_in_place_of_one_that_has_to_go_first() {
        host.program("a").stopsIn(ofSeconds(3));
        start();
        configure(A.withAgentClass("other"), B);
        reload();
        run(ofMillis(10));
        down("a");
        run(ofMillis(10));

        powerCut();
        start();

        assertThat(instance("a").state()).isEqualTo(DOWN);
    }

    @Test
    void begins_anew_what_was_gone_for_a_while() {
        start();
        down("a");
        run(ofSeconds(20));
        configure(B);
        reload();
        run(ofSeconds(1));
        configure(A, B);
        reload();
        run(ofSeconds(1));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(ground.records()).isEmpty();
    }

    @Test
    void shares_a_store_with_other_hosts() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        RecordCache cache = new RecordCache(ground.client("there"), Set.of("host/"), simulation.time());
        begin(HostMemory.of(cache, "there"));
        run(ofSeconds(5));

        assertThat(instance("a").state()).isEqualTo(UP);
        assertThat(ground.records()).containsOnlyKeys("host/here/a");
    }

    // ---- cost

    @Test
    void writes_nothing_while_nothing_changes() {
        start();
        down("a");
        run(ofSeconds(20));
        int before = commits();

        run(ofHours(1));

        assertThat(before).isOne();
        assertThat(commits()).isEqualTo(before);
    }

    @Test
    void writes_once_for_each_end_of_what_flaps() {
        configure(FRAGILE.withRestart(FRAGILE.restart().withGiveUp(1_000, ofHours(1))));
        host.program("a").exitsAfter(ofSeconds(2), 1);
        start();
        run(ofMinutes(5));

        long ends = host.lives("a").stream().filter(life -> !life.isAlive()).count();
        assertThat(ends).isGreaterThan(100);
        assertThat((long) commits()).isBetween(ends - 1, ends);
    }

    @Test
    void writes_many_targets_in_few_batches() {
        configure(IntStream.range(0, 1_200)
                .mapToObj(i -> InstanceSpec.of("i" + i, "/bin/i").withStart(TargetState.DOWN))
                .toArray(InstanceSpec[]::new));
        start();
        down(TargetRequest.ALL);
        run(ofSeconds(5));

        assertThat(ground.records()).hasSize(1_200);
        assertThat(commits()).isEqualTo(3);
        assertThat(manager().notYetKept()).isZero();
    }

    // ---- arguments

    @Test
    void refuses_a_cache_that_does_not_follow_the_host() {
        RecordCache cache = new RecordCache(ground.client("x"), Set.of("other/"), simulation.time());

        assertThatThrownBy(() -> HostMemory.of(cache, "here"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host/here/");
        assertThatThrownBy(() -> HostMemory.prefix("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostMemory.none().withPatience(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThat(HostMemory.prefix("lab/one")).isEqualTo("host/lab%2Fone/");
    }

    @Test
    void has_no_second_copy_of_anything_through_all_that() {
        start();
        restart();
        restart();

        assertThat(host.lives()).filteredOn(FakeLife::isAlive).hasSize(2);
        host.assertInvariants();
    }
}
