package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the programs of a fake host write, and the memory that they use. */
class FakeHostOutputTest extends FakeHostScene {
    @Test
    void keeps_what_a_program_writes_when_it_begins_runs_is_stopped_and_ends() {
        open();
        driver.program("web").writes("ready").signsOff("bye").complains("2 clients left");
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);
        driver.write("web", Output.STDOUT, "served 1", "served 2");
        driver.write("web", Output.STDERR, "slow");

        driver.signal("web", life, Signal.TERM);
        simulation.run(Duration.ZERO);

        assertThat(driver.tail("web", Output.STDOUT, 10)).containsExactly("ready", "served 1", "served 2", "bye");
        assertThat(driver.tail("web", Output.STDERR, 10)).containsExactly("slow", "2 clients left");
        assertThat(log.stderr).containsExactly("slow", "2 clients left");
    }

    @Test
    void signs_off_once_and_never_when_it_is_killed() {
        open();
        driver.program("web").signsOff("bye").stopsIn(Duration.ofSeconds(5));
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);
        driver.signal("web", life, Signal.INT);
        driver.signal("web", life, Signal.TERM);
        driver.signal("web", life, Signal.KILL);
        simulation.run(Duration.ZERO);
        driver.signal("web", launch("web"), Signal.KILL);
        simulation.run(Duration.ZERO);

        assertThat(driver.tail("web", Output.STDOUT, 10)).containsExactly("bye");
    }

    @Test
    void tells_with_an_exit_what_that_life_has_complained_about_and_no_other() {
        open();
        driver.program("web").complains("first");
        launch("web");
        simulation.run(Duration.ZERO);
        driver.crash("web");
        simulation.run(Duration.ZERO);
        log.stderr.clear();

        driver.program("web").complains("second");
        launch("web");
        simulation.run(Duration.ZERO);
        driver.crash("web");
        simulation.run(Duration.ZERO);

        assertThat(log.stderr).containsExactly("second");
        assertThat(driver.tail("web", Output.STDERR, 10)).containsExactly("first", "second");
    }

    @Test
    void keeps_the_last_thousand_lines() {
        open();
        launch("web");
        simulation.run(Duration.ZERO);
        for (int i = 1; i <= 1_500; i++) {
            driver.write("web", Output.STDOUT, "line " + i);
        }

        assertThat(driver.tail("web", Output.STDOUT, 2_000))
                .hasSize(1_000)
                .startsWith("line 501")
                .endsWith("line 1500");
    }

    @Test
    void measures_what_is_used_as_time_passes() {
        open();
        driver.program("web").usesMemory(100).leaks(10);
        Incarnation life = launch("web");
        driver.measure("web", life);
        simulation.run(Duration.ofMillis(2_999));
        driver.measure("web", life);
        simulation.run(Duration.ofMillis(1));
        driver.measure("web", life);
        simulation.run(Duration.ZERO);
        driver.usesMemory("web", 7);
        simulation.run(Duration.ofMinutes(1));
        driver.measure("web", life);
        simulation.run(Duration.ZERO);

        assertThat(log.lines)
                .containsExactly(
                        "census 0 []", "web runs as 300", "web uses 100", "web uses 120", "web uses 130", "web uses 7");
        assertThat(driver.measurements()).isEqualTo(4);
        assertThat(driver.calls()).containsExactly("launch web");
    }

    @Test
    void measures_nothing_before_it_has_said_that_it_runs() {
        open();
        driver.program("web").startsIn(Duration.ofSeconds(2));
        driver.measure("web", launch("web"));
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300");
    }
}
