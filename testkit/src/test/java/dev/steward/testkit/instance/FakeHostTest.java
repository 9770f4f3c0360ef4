package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.FakeLife;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeHostTest extends FakeHostScene {
    // ---- programs

    @Test
    void launches_at_once_a_program_that_nothing_was_said_about() {
        open();

        launch("web");
        simulation.run(Duration.ZERO);

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300");
        assertThat(driver.running("web")).isEqualTo(1);
        assertThat(driver.calls()).containsExactly("launch web");
    }

    @Test
    void answers_a_launch_to_the_nanosecond() {
        open();
        driver.program("web").startsIn(Duration.ofSeconds(2));

        launch("web");
        simulation.run(Duration.ofNanos(1_999_999_999));
        assertThat(log.lines).containsExactly("census 0 []");

        simulation.run(Duration.ofNanos(1));
        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300");
    }

    @Test
    void says_that_it_ran_before_it_says_that_a_slow_starter_has_ended() {
        open();
        driver.program("web").startsIn(Duration.ofSeconds(2)).exitsAfter(Duration.ofSeconds(1), 3);

        launch("web");
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300", "web exit code 3");
    }

    @Test
    void ends_a_program_by_itself_at_its_time_and_every_life_anew() {
        open();
        driver.program("web").exitsAfter(Duration.ofSeconds(5), 3).complains("no socket", "bye");

        launch("web");
        simulation.run(Duration.ofSeconds(5).minusNanos(1));
        assertThat(driver.running("web")).isEqualTo(1);
        simulation.run(Duration.ofNanos(1));
        launch("web");
        simulation.run(Duration.ofSeconds(5));

        assertThat(driver.lives("web"))
                .extracting(life -> life.exited().orElseThrow())
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(log.stderr).containsExactly("no socket", "bye", "no socket", "bye");
    }

    @Test
    void heeds_signals_but_those_it_ignores() {
        open();
        driver.program("web").ignores(Signal.INT).stopsIn(Duration.ofSeconds(2)).stopsWith(0);
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.signal("web", life, Signal.INT);
        simulation.run(Duration.ofMinutes(1));
        driver.signal("web", life, Signal.TERM);
        simulation.run(Duration.ofSeconds(1));
        driver.signal("web", life, Signal.TERM);
        simulation.run(Duration.ofMillis(999));
        assertThat(driver.running("web")).isEqualTo(1);
        simulation.run(Duration.ofMillis(1));

        assertThat(log.lines).last().isEqualTo("web exit code 0");
        assertThat(driver.calls())
                .containsExactly("launch web", "signal web INT", "signal web TERM", "signal web TERM");
    }

    @Test
    void kills_at_once_what_is_taking_its_time() {
        open();
        driver.program("web").stopsIn(Duration.ofHours(1));
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.signal("web", life, Signal.TERM);
        driver.signal("web", life, Signal.KILL);
        simulation.run(Duration.ZERO);

        assertThat(log.lines).last().isEqualTo("web exit code 137 (signal 9)");
    }

    @Test
    void keeps_a_process_alive_that_hangs_in_the_kernel() {
        open();
        driver.program("web").ignores(Signal.KILL);
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.signal("web", life, Signal.KILL);
        simulation.run(Duration.ofHours(1));

        assertThat(driver.running("web")).isEqualTo(1);
        driver.crash("web");
        simulation.run(Duration.ZERO);
        assertThat(log.lines).last().isEqualTo("web exit code 139 (signal 11)");
    }

    @Test
    void leaves_a_child_that_lives_on_and_may_be_deaf() {
        open();
        driver.program("web").leavesChild(Signal.TERM);
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.signal("web", life, Signal.TERM);
        simulation.run(Duration.ofHours(1));
        assertThat(log.lines).last().isEqualTo("web exit code 143 (signal 15), lingering");
        assertThat(driver.host().processes()).containsExactly("301 web, child");
        assertThat(driver.running("web")).isEqualTo(1);

        driver.signal("web", life, Signal.KILL);
        simulation.run(Duration.ZERO);
        assertThat(log.lines).last().isEqualTo("web gone");
    }

    @Test
    void lets_a_child_go_by_itself_after_its_parent() {
        open();
        driver.program("web").exitsAfter(Duration.ofSeconds(3), 0).leavesChildFor(Duration.ofSeconds(2));

        launch("web");
        simulation.run(Duration.ofMinutes(1));

        FakeLife life = driver.lives("web").get(0);
        assertThat(life.exited()).contains(Duration.ofSeconds(3));
        assertThat(life.gone()).contains(Duration.ofSeconds(5));
        assertThat(log.lines).endsWith("web exit code 0, lingering", "web gone");
    }

    @Test
    void refuses_launches_for_every_reason_as_often_as_was_said() {
        open();
        for (LaunchFailure why : LaunchFailure.values()) {
            driver.program("web").refuses(why, 1);
            launch("web");
            simulation.run(Duration.ZERO);
            assertThat(log.lines).last().isEqualTo("web refused " + why);
        }

        launch("web");
        simulation.run(Duration.ZERO);
        assertThat(log.lines).last().isEqualTo("web runs as 300");
        assertThat(driver.launches("web")).isEqualTo(1);
    }

    @Test
    void forgets_all_that_was_said_of_a_program() {
        open();
        driver.program("web")
                .startsIn(Duration.ofSeconds(1))
                .exitsAfter(Duration.ofSeconds(1), 1)
                .ignores(Signal.values())
                .stopsIn(Duration.ofHours(1))
                .stopsWith(9)
                .leavesChild()
                .leavesZombie()
                .refuses(LaunchFailure.OTHER)
                .behaves();

        Incarnation life = launch("web");
        simulation.run(Duration.ofMinutes(1));
        assertThat(driver.host().processes()).containsExactly("300 web");
        driver.signal("web", life, Signal.HUP);
        simulation.run(Duration.ZERO);

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300", "web exit code 129 (signal 1)");
    }

    // ---- the table

    @Test
    void takes_pids_upwards_and_again_from_the_bottom_when_they_are_free() {
        Simulation small = new Simulation(1);
        FakeInstanceDriver few = new FakeInstanceDriver(new FakeHost(small, 3));
        few.program("web").exitsAfter(Duration.ofSeconds(1), 0);
        open(few, small);

        for (int i = 0; i < 4; i++) {
            few.launch(InstanceSpec.of("web", "/bin/web"), new Incarnation("w" + i));
            small.run(Duration.ofSeconds(2));
        }

        assertThat(few.lives("web")).extracting(FakeLife::pid).containsExactly(300L, 301L, 302L, 300L);
    }

    @Test
    void refuses_a_launch_when_there_are_no_pids_left() {
        Simulation small = new Simulation(1);
        FakeInstanceDriver few = new FakeInstanceDriver(new FakeHost(small, 1));
        open(few, small);

        few.launch(InstanceSpec.of("web", "/bin/web"), new Incarnation("w"));
        few.launch(InstanceSpec.of("log", "/bin/log"), new Incarnation("l"));
        small.run(Duration.ZERO);

        assertThat(log.lines).endsWith("web runs as 300", "log refused NO_RESOURCES");
    }

    @Test
    void keeps_the_pid_of_a_zombie_and_does_not_count_it_as_running() {
        open();
        driver.program("web").leavesZombie();
        launch("web");
        simulation.run(Duration.ZERO);
        assertThat(driver.host().processes()).containsExactly("300 web", "301 web, zombie");

        driver.crash("web");
        assertThat(driver.host().processes())
                .as("its parent has not yet taken notice")
                .containsExactly("300 web, zombie");
        assertThat(driver.running("web")).isZero();

        simulation.run(Duration.ZERO);
        assertThat(driver.host().processes()).isEmpty();
        assertThat(log.lines).last().isEqualTo("web exit code 139 (signal 11)");
    }

    @Test
    void frees_every_pid_in_the_end() {
        open();
        int free = driver.host().freePids();
        driver.program("web").leavesChild().leavesZombie();
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);
        assertThat(driver.host().freePids()).isEqualTo(free - 3);

        driver.die();
        driver.crash("web");
        FakeInstanceDriver next = new FakeInstanceDriver(driver.host());
        open(next, simulation);
        next.signal("web", life, Signal.KILL);
        simulation.run(Duration.ZERO);

        assertThat(driver.host().freePids()).isEqualTo(free);
        assertThat(log.lines).endsWith("census 0 [web 301]", "web exit code unknown");
    }
}
