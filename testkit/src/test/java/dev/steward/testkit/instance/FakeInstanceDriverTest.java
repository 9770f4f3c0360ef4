package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeInstanceDriverTest extends FakeHostScene {
    // ---- faults

    @Test
    void launches_without_an_answer() {
        simulation.faults().on("driver.launch.lost", 1);
        open();

        launch("web");
        driver.look(1);
        simulation.run(Duration.ofMinutes(1));
        driver.crash("web");
        simulation.run(Duration.ZERO);

        assertThat(log.lines).containsExactly("census 0 []", "census 1 [web 300]", "web exit code 139 (signal 11)");
    }

    @Test
    void gives_neither_launch_nor_answer() {
        simulation.faults().on("driver.launch.dropped", 1);
        open();

        launch("web");
        driver.look(1);
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).containsExactly("census 0 []", "census 1 []");
    }

    @Test
    void keeps_the_order_of_what_is_late() {
        simulation
                .faults()
                .on("driver.launch.slow", 1)
                .on("driver.news.late", 1)
                .on("driver.census.slow", 2);
        open();

        launch("web");
        driver.look(1);
        launch("log");
        driver.look(2);
        simulation.run(Duration.ZERO);
        assertThat(log.lines).containsExactly("census 0 []");
        simulation.run(Duration.ofMinutes(2));

        assertThat(log.lines)
                .containsExactly(
                        "census 0 []",
                        "web runs as 300",
                        "census 1 [web 300]",
                        "log runs as 301",
                        "census 2 [web 300, log 301]");
    }

    @Test
    void tells_a_slow_census_as_of_its_beginning() {
        open();
        launch("web");
        simulation.run(Duration.ZERO);
        simulation.faults().on("driver.census.slow", 1);

        driver.look(1);
        simulation.run(Duration.ZERO);
        driver.crash("web");
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).endsWith("census 1 [web 300]", "web exit code 139 (signal 11)");
    }

    @Test
    void loses_signals_and_fails_to_look() {
        simulation.faults().on("driver.signal.lost", 1);
        simulation.faults().on("driver.census.failed", 2).on("driver.census.lost", 1);
        open();
        Incarnation life = launch("web");
        simulation.run(Duration.ofMinutes(1));

        driver.signal("web", life, Signal.KILL);
        driver.look(1);
        driver.look(2);
        driver.look(3);
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines)
                .containsExactly(
                        "census 0 []",
                        "web runs as 300",
                        "census 1 fake: the table cannot be read",
                        "census 3 [web 300]");
    }

    @Test
    void loses_a_measurement() {
        simulation.faults().on("driver.measure.lost", 1).chance("driver.news.twice", 1);
        open();
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);

        driver.measure("web", life);
        driver.measure("web", life);
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300", "web uses 1048576");
    }

    @Test
    void tells_an_end_again_when_the_next_life_may_have_begun() {
        simulation.faults().on("driver.news.twice", 1);
        open();
        launch("web");
        simulation.run(Duration.ZERO);
        driver.exit("web", 1);
        simulation.run(Duration.ZERO);
        launch("web");
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines)
                .containsExactly(
                        "census 0 []", "web runs as 300", "web exit code 1", "web runs as 301", "web exit code 1");
    }

    @Test
    void says_nothing_of_a_silenced_instance_but_in_a_census() {
        open();
        launch("web");
        simulation.run(Duration.ZERO);

        driver.silence("web");
        driver.crash("web");
        driver.look(1);
        simulation.run(Duration.ofMinutes(1));
        driver.endSilence("web");
        launch("web");
        simulation.run(Duration.ofMinutes(1));

        assertThat(log.lines).containsExactly("census 0 []", "web runs as 300", "census 1 []", "web runs as 301");
    }

    // ---- a manager's mistakes

    @Test
    void finds_a_second_copy() {
        open();
        launch("web");
        launch("web");
        simulation.run(Duration.ZERO);

        assertThatThrownBy(driver::assertInvariants)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 7")
                .hasMessageContaining("I10 one copy: 'web' was started while web [life life-1, pid 300,");
        assertThat(driver.running("web")).isEqualTo(2);
    }

    @Test
    void finds_a_copy_beside_what_lingers() {
        open();
        driver.program("web").leavesChild().exitsAfter(Duration.ofSeconds(1), 0);
        launch("web");
        simulation.run(Duration.ofSeconds(2));

        launch("web");
        simulation.run(Duration.ZERO);

        assertThat(driver.host().violations()).singleElement().asString().contains("I10 one copy");
    }

    @Test
    void finds_a_signal_to_a_stranger() {
        open();
        driver.signal("web", new Incarnation("nobody"), Signal.KILL);

        assertThat(driver.host().violations())
                .singleElement()
                .asString()
                .contains("I12 no stranger: KILL to life nobody");
    }

    @Test
    void finds_a_signal_to_what_the_manager_knows_to_be_gone() {
        open();
        Incarnation life = launch("web");
        simulation.run(Duration.ZERO);
        driver.crash("web");
        driver.signal("web", life, Signal.TERM); // the news are still under way: no mistake
        assertThat(driver.host().violations()).isEmpty();

        simulation.run(Duration.ZERO);
        driver.signal("web", life, Signal.KILL);

        assertThat(driver.host().violations()).singleElement().asString().contains("known to be gone");
    }

    @Test
    void finds_an_order_after_the_end() {
        open();
        driver.close();

        launch("web");
        driver.look(1);

        assertThat(driver.host().violations()).hasSize(2).allMatch(line -> line.contains("I4 nothing after the end"));
        assertThat(driver.running("web")).isZero();
    }

    @Test
    void finds_a_launch_before_the_first_census() {
        driver.open(log);
        launch("web");

        assertThat(driver.host().violations()).singleElement().asString().contains("in step first");
    }

    @Test
    void finds_a_life_that_is_used_again() {
        open();
        Incarnation life = new Incarnation("once");
        driver.launch(InstanceSpec.of("web", "/bin/web"), life);
        driver.launch(InstanceSpec.of("log", "/bin/log"), life);

        assertThat(driver.host().violations()).singleElement().asString().contains("second launch of life once");
    }

    @Test
    void takes_no_order_before_it_is_open() {
        assertThatIllegalStateException().isThrownBy(() -> launch("web"));
    }

    @Test
    void crashes_only_what_runs() {
        assertThatIllegalStateException().isThrownBy(() -> driver.crash("web")).withMessageContaining("'web'");
    }
}
