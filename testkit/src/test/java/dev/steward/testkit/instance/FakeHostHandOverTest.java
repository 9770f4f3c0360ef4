package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.OnClose;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeInstanceDriver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a driver on a fake host, and what the next one finds. */
class FakeHostHandOverTest extends FakeHostScene {
    @Test
    void outlives_its_driver_and_tells_the_next_one() {
        open();
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.die();
        simulation.run(Duration.ofMinutes(1));
        FakeInstanceDriver next = new FakeInstanceDriver(driver.host());
        open(next, simulation);
        next.exit("web", 4);
        simulation.run(Duration.ZERO);

        assertThat(next.lives("web").get(0).life()).isEqualTo(life);
        assertThat(next.lives("web").get(0).exit()).contains(ExitStatus.of(4));
        assertThat(log.lines).as("nobody is told the code of another's child").endsWith("web exit code unknown");
        next.assertInvariants();
    }

    @Test
    void tells_the_next_driver_the_code_of_anothers_child_if_the_host_remembers() {
        driver.host().remembersExitCodes(true);
        open();
        launch("web");
        launch("log");
        launch("job");
        simulation.run(Duration.ZERO);
        driver.die();
        driver.exit("log", 5);
        FakeInstanceDriver next = new FakeInstanceDriver(driver.host());
        open(next, simulation);
        next.exit("web", 4);
        next.host().remembersExitCodes(false);
        next.exit("job", 6);
        simulation.run(Duration.ZERO);

        assertThat(log.lines).as("log ended while there was no driver").doesNotContain("log exit code 5");
        assertThat(log.lines).endsWith("census 0 [web 300, job 302]", "web exit code 4", "job exit code unknown");
    }

    @Test
    void tells_a_census_before_the_end_of_what_ends_while_it_is_told() {
        open();
        launch("web");
        simulation.run(Duration.ZERO);
        driver.die();
        simulation.faults().on("driver.census.slow", 1);
        FakeInstanceDriver next = new FakeInstanceDriver(driver.host());
        open(next, simulation);
        next.crash("web");
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).endsWith("census 0 [web 300]", "web exit code unknown");
    }

    @Test
    void lists_each_life_once_for_the_next_driver_answered_or_not() {
        open();
        launch("web");
        driver.program("log").startsIn(Duration.ofSeconds(5));
        driver.program("box").leavesChild().exitsAfter(Duration.ofSeconds(1), 0);
        launch("box");
        simulation.run(Duration.ofSeconds(1));
        launch("log");
        simulation.run(Duration.ofSeconds(1));
        simulation.faults().on("driver.launch.orphaned", 1);
        launch("job");
        launch("odd");

        driver.die();
        FakeInstanceDriver next = new FakeInstanceDriver(driver.host());
        open(next, simulation);
        next.look(1);
        simulation.run(Duration.ofMinutes(1));

        String all = "[web 300, box 302, log 303, job 304]";
        assertThat(log.lines).endsWith("census 0 " + all, "census 1 " + all);
        assertThat(driver.launches("odd")).as("lost with the driver").isZero();
        driver.exit("job", 1);
        simulation.run(Duration.ZERO);
        assertThat(log.lines).last().isEqualTo("job exit code unknown");
        next.assertInvariants();
    }

    // ---- the end of a driver

    @Test
    void stops_what_runs_in_the_instant_in_which_it_is_closed() {
        FakeInstanceDriver stopping = new FakeInstanceDriver(driver.host(), OnClose.STOP);
        open(stopping, simulation);
        stopping.program("web").stopsIn(Duration.ofSeconds(2)).stopsWith(0);
        stopping.program("log").stopsIn(Duration.ofSeconds(3)).stopsWith(0);
        stopping.program("job").ignores(Signal.TERM).leavesChild(Signal.TERM);
        for (String name : List.of("web", "log", "job")) {
            stopping.launch(InstanceSpec.of(name, "/bin/" + name), new Incarnation(name));
        }
        simulation.run(Duration.ofSeconds(1));
        Duration closed = simulation.elapsed();
        int told = log.lines.size();

        stopping.close();

        assertThat(driver.host().processes()).isEmpty();
        assertThat(driver.host().lives())
                .extracting(life -> life.exit().orElseThrow())
                .containsExactly(ExitStatus.of(0), ExitStatus.of(137), ExitStatus.of(137));
        assertThat(driver.host().lives())
                .allSatisfy(life -> assertThat(life.gone()).contains(closed));
        simulation.run(Duration.ofHours(1));
        assertThat(log.lines).hasSize(told);
        stopping.assertInvariants();
    }

    @Test
    void leaves_at_its_close_what_hangs_in_the_kernel_and_what_is_not_its_own() {
        open();
        launch("web");
        simulation.run(Duration.ZERO);
        FakeInstanceDriver other = new FakeInstanceDriver(driver.host(), "other", Management.HOST, OnClose.STOP);
        open(other, simulation);
        other.program("log").ignores(Signal.values());
        other.launch(InstanceSpec.of("log", "/bin/log"), new Incarnation("l"));
        simulation.run(Duration.ZERO);

        other.close();

        assertThat(driver.host().processes()).containsExactly("300 web", "301 log");
        assertThat(simulation.report()).contains("log is left alive at the close of its driver");
    }

    @Test
    void stops_nothing_when_it_dies() {
        FakeInstanceDriver stopping = new FakeInstanceDriver(driver.host(), OnClose.STOP);
        open(stopping, simulation);
        stopping.launch(InstanceSpec.of("web", "/bin/web"), new Incarnation("w"));
        simulation.run(Duration.ZERO);

        stopping.die();
        stopping.close();

        assertThat(driver.running("web")).isEqualTo(1);
    }

    @Test
    void loses_orders_under_way_when_it_dies() {
        open();
        simulation.faults().on("driver.launch.slow", 1);
        launch("web");

        driver.die();
        simulation.run(Duration.ofMinutes(1));

        assertThat(driver.launches("web")).isZero();
    }

    @Test
    void sees_nothing_of_another_owner() {
        open();
        launch("web");
        FakeInstanceDriver other = new FakeInstanceDriver(driver.host(), "somebody else", Management.HOST);

        open(other, simulation);

        assertThat(log.lines).last().isEqualTo("census 0 []");
    }
}
