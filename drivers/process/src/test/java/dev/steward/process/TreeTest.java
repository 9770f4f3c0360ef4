package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signals, and all that descends from a child. */
@Timeout(60)
class TreeTest {
    @TempDir
    Path temp;

    private Host host;

    @BeforeEach
    void open() {
        host = Host.open(temp);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void every_signal_arrives(Signal signal) {
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
        host.signal(running, signal);

        assertThat(host.exited(running.life()).exit().toString()).contains("(signal ");
        assertThat(host.marked()).isEmpty();
    }

    @Test
    void a_child_that_ignores_everything_else_dies_of_kill() {
        Observation.Running running = host.run(
                Host.shell(
                        "deaf",
                        "trap 'echo deaf to TERM' TERM; trap 'echo deaf to INT' INT; echo ready; while :; do sleep 0.05; done"));
        host.awaitLine("deaf", Output.STDOUT, "ready");
        host.signal(running, Signal.INT);
        host.awaitLine("deaf", Output.STDOUT, "deaf to INT");
        host.signal(running, Signal.TERM);
        host.awaitLine("deaf", Output.STDOUT, "deaf to TERM");
        assertThat(host.look().running()).containsExactly(running);

        host.signal(running, Signal.KILL);
        assertThat(host.exited(running.life()).exit()).isEqualTo(ExitStatus.of(137));
        Host.await(() -> host.marked().isEmpty(), "the end of its last sleep");
    }

    @Test
    void a_leader_that_obeys_does_not_hide_a_deaf_child() {
        Observation.Running running =
                host.run(Host.shell("web", "(trap '' TERM; echo ready; while :; do sleep 0.05; done) & wait"));
        host.awaitLine("web", Output.STDOUT, "ready");
        host.signal(running, Signal.TERM);

        Observation.Exited exited = host.exited(running.life());
        assertThat(exited.lingering()).isTrue();
        assertThat(host.look().running()).singleElement().satisfies(seen -> {
            assertThat(seen.life()).isEqualTo(running.life());
            assertThat(seen.pid()).isNotEqualTo(running.pid());
        });

        host.signal(running, Signal.KILL);
        host.events.await(Observation.Gone.class, running.life());
        assertThat(host.marked()).isEmpty();
        assertThat(host.look().running()).isEmpty();
    }

    @Test
    void what_a_child_leaves_behind_is_told_and_stopped() {
        assertLingers("sleep 100 & exit 0");
    }

    @Test
    void what_goes_away_into_a_session_of_its_own_is_found_by_its_mark() {
        assertLingers("setsid sleep 100 & exit 0");
    }

    @Test
    void what_wipes_its_environment_is_found_by_its_group() {
        assertLingers("env -i sleep 100 & exit 0");
    }

    @Test
    void what_ends_by_itself_is_told_too() {
        Incarnation life = host.launch(Host.shell("web", "sleep 0.3 & exit 0"));

        assertThat(host.exited(life).lingering()).isTrue();
        host.events.await(Observation.Gone.class, life);
        assertThat(host.events.of(life)).hasSize(3);
    }

    @Test
    void what_is_told_to_die_cannot_save_itself_by_starting_anew() {
        Observation.Running running = host.run(
                Host.shell("web", "while :; do setsid sh -c 'sleep 0.01; sleep 100' & echo ready; sleep 0.005; done"));
        host.awaitLine("web", Output.STDOUT, "ready");
        host.signal(running, Signal.KILL);

        if (host.exited(running.life()).lingering()) {
            host.events.await(Observation.Gone.class, running.life());
        }
        assertThat(host.marked()).isEmpty();
    }

    @Test
    void a_signal_to_what_is_gone_or_never_was_does_nothing() {
        Observation.Running running = host.run(InstanceSpec.of("web", "true"));
        host.exited(running.life());
        host.signal(running, Signal.KILL);
        host.driver.signal("web", Host.newLife(), Signal.KILL);

        assertThat(host.look().running()).isEmpty();
        assertThat(host.events.of(running.life())).hasSize(2);
    }

    @Test
    void a_signal_right_after_the_launch_does_not_miss() {
        for (int i = 0; i < 20; i++) {
            Incarnation life = host.launch(InstanceSpec.of("web", "sleep", "100"));
            host.driver.signal("web", life, i % 2 == 0 ? Signal.TERM : Signal.INT);
            assertThat(host.exited(life).exit()).isEqualTo(ExitStatus.of(i % 2 == 0 ? 143 : 130));
        }
        assertThat(host.marked()).isEmpty();
    }

    @Test
    void many_die_at_once() {
        List<Observation.Running> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Incarnation life = host.launch(Host.shell("web-" + i, "sleep 100 & wait"));
            all.add(host.events.await(Observation.Running.class, life));
        }
        assertThat(host.look().running()).containsExactlyInAnyOrderElementsOf(all);

        all.forEach(running -> host.signal(running, Signal.KILL));

        for (Observation.Running running : all) {
            Observation.Exited exited = host.exited(running.life());
            assertThat(exited.exit()).isEqualTo(ExitStatus.of(137));
            if (exited.lingering()) {
                host.events.await(Observation.Gone.class, running.life());
            }
        }
        assertThat(host.marked()).isEmpty();
    }

    private void assertLingers(String script) {
        Incarnation life = host.launch(Host.shell("web", script));
        Observation.Exited exited = host.exited(life);
        assertThat(exited.exit()).isEqualTo(ExitStatus.of(0));
        assertThat(exited.lingering()).isTrue();
        Observation.Running left = host.look().running().get(0);
        assertThat(left.life()).isEqualTo(life);

        host.driver.signal("web", life, Signal.TERM);
        host.events.await(Observation.Gone.class, life);
        assertThat(Host.procfs().stat((int) left.pid()))
                .satisfiesAnyOf(
                        stat -> assertThat(stat).isNull(),
                        stat -> assertThat(stat.isDead()).isTrue());
        assertThat(host.look().running()).isEmpty();
        assertThat(host.events.of(life)).hasSize(3);
    }
}
