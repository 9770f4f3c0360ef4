package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Census;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link InstanceDriver} must do. To test one, extend this class and say how to make it and what programs there are.
 *
 * <p>News are awaited for {@link #patience} at most; where a rule says that no news come, the test listens for {@link #quiet}. A driver on
 * virtual time overrides {@link #poll}. What a test leaves running is killed after it.
 */
public abstract class InstanceDriverContract extends InstanceDriverHandOverContract {
    /** For subclasses. */
    protected InstanceDriverContract() {}

    @Test
    public final void tells_the_first_census_by_itself_and_no_other() throws InterruptedException {
        driver.assertQuiet(); // the first came in the set-up
    }

    @Test
    public final void refuses_to_be_opened_twice() {
        assertThatIllegalStateException().isThrownBy(() -> driver.driver().open(driver));
    }

    @Test
    public final void refuses_to_be_opened_when_it_is_closed() {
        driver.driver().close();

        assertThatIllegalStateException().isThrownBy(() -> driver.driver().open(driver));
    }

    @Test
    public final void answers_a_launch_once_with_running() throws InterruptedException {
        Incarnation life = driver.launch(runsForEver("web"));

        Observation.Running running = driver.next(Observation.Running.class);
        assertThat(running.name()).isEqualTo("web");
        assertThat(running.life()).isEqualTo(life);
        assertThat(running.pid()).isPositive();
        assertThat(running.led()).isTrue();
        driver.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_PROGRAM", "NOT_EXECUTABLE", "NO_DIRECTORY", "NO_OUTPUT", "NOT_POSSIBLE"})
    public final void answers_a_launch_that_fails_once_with_the_reason(LaunchFailure why) throws InterruptedException {
        Incarnation life = driver.launch(cannotStart("web", why));

        Observation.Refused refused = driver.next(Observation.Refused.class);
        assertThat(refused.name()).isEqualTo("web");
        assertThat(refused.life()).isEqualTo(life);
        assertThat(refused.why().code()).isEqualTo(why);
        assertThat(driver.look(1).running()).isEmpty();
        driver.assertQuiet();
    }

    @Test
    public final void refuses_what_can_never_succeed_for_the_same_reason_every_time() throws InterruptedException {
        for (int attempt = 1; attempt <= 3; attempt++) {
            driver.launch(cannotStart("web", LaunchFailure.NO_PROGRAM));

            LaunchFailure why =
                    (LaunchFailure) driver.next(Observation.Refused.class).why().code();
            assertThat(why).as("attempt %s", attempt).isEqualTo(LaunchFailure.NO_PROGRAM);
        }
    }

    @Test
    public final void launches_what_comes_after_a_launch_that_fails() throws InterruptedException {
        driver.launch(cannotStart("web", LaunchFailure.NO_PROGRAM));
        Incarnation life = driver.launch(runsForEver("web"));

        driver.next(Observation.Refused.class);
        assertThat(driver.next(Observation.Running.class).life()).isEqualTo(life);
    }

    @Test
    public final void tells_an_exit_once_with_its_code() throws InterruptedException {
        Incarnation life = driver.launch(exits("web", 3));

        driver.next(Observation.Running.class);
        Observation.Exited exited = driver.next(Observation.Exited.class);
        assertThat(exited.name()).isEqualTo("web");
        assertThat(exited.life()).isEqualTo(life);
        assertThat(exited.exit()).isEqualTo(ExitStatus.of(3));
        assertThat(exited.lingering()).isFalse();
        assertThat(driver.look(1).running()).isEmpty();
        driver.assertQuiet();
    }

    @Test
    public final void tells_a_life_that_a_signal_ended_with_the_signal() throws Exception {
        Incarnation life = driver.running(runsForEver("web"));

        driver.signal("web", life, Signal.TERM);

        driver.untilOver(life);
        assertThat(driver.exit(life)).isEqualTo(ExitStatus.of(143));
        driver.assertQuiet();
    }

    @Test
    public final void leaves_a_life_alone_that_ignores_a_signal() throws Exception {
        Incarnation life = driver.running(ignoresTerm("web"));

        driver.signal("web", life, Signal.TERM);
        driver.assertQuiet();
        assertThat(lives(driver.look(1))).containsExactly(life);

        driver.signal("web", life, Signal.KILL);
        driver.untilOver(life);
        assertThat(driver.exit(life)).isEqualTo(ExitStatus.of(137));
    }

    @Test
    public final void sends_a_signal_to_the_whole_tree_of_a_life() throws Exception {
        Incarnation life = driver.running(hasChild("web"));

        driver.signal("web", life, Signal.TERM);

        driver.untilOver(life);
        assertThat(driver.look(1).running()).isEmpty();
        driver.assertQuiet();
    }

    @Test
    public final void tells_what_lingers_and_when_it_is_gone() throws Exception {
        Incarnation life = driver.launch(leavesChild("web"));

        driver.next(Observation.Running.class);
        Observation.Exited exited = driver.next(Observation.Exited.class);
        assertThat(exited.exit()).isEqualTo(ExitStatus.of(0));
        assertThat(exited.lingering()).isTrue();
        assertThat(lives(driver.look(1))).containsExactly(life);
        driver.assertQuiet();

        driver.signal("web", life, Signal.TERM);
        assertThat(driver.next()).isEqualTo(new Observation.Gone("web", life));
        assertThat(driver.look(2).running()).isEmpty();
        driver.assertQuiet();
    }

    @Test
    public final void sends_no_signal_for_a_life_that_is_gone() throws Exception {
        Incarnation first = driver.launch(exits("web", 0));
        driver.next(Observation.Running.class);
        driver.untilOver(first);
        Incarnation second = driver.running(runsForEver("web"));

        driver.signal("web", first, Signal.KILL);

        driver.assertQuiet();
        assertThat(lives(driver.look(1))).containsExactly(second);
    }

    @Test
    public final void sends_no_signal_to_the_life_of_another_instance() throws Exception {
        Incarnation web = driver.running(runsForEver("web"));
        Incarnation log = driver.running(runsForEver("log"));

        driver.signal("web", web, Signal.KILL);

        driver.untilOver(web);
        driver.assertQuiet();
        assertThat(lives(driver.look(1))).containsExactly(log);
    }

    @Test
    public final void answers_each_look_with_its_ticket_in_order() throws InterruptedException {
        driver.driver().look(17);
        driver.driver().look(4);

        assertThat(driver.next()).isEqualTo(Census.of(17, List.of()));
        assertThat(driver.next()).isEqualTo(Census.of(4, List.of()));
        driver.assertQuiet();
    }

    @Test
    public final void looks_at_no_earlier_time_than_the_orders_before_it() throws InterruptedException {
        Incarnation life = driver.launch(runsForEver("web"));
        Census census = driver.look(1);

        assertThat(lives(census)).containsExactly(life);
    }

    @Test
    public final void lists_what_runs_and_nothing_else() throws Exception {
        Incarnation web = driver.running(runsForEver("web"));
        Incarnation log = driver.running(hasChild("log"));
        Incarnation job = driver.launch(exits("job", 0));
        driver.next(Observation.Running.class);
        driver.untilOver(job);
        driver.launch(cannotStart("odd", LaunchFailure.NO_PROGRAM));
        driver.next(Observation.Refused.class);

        Census census = driver.look(1);

        assertThat(lives(census)).containsExactlyInAnyOrder(web, log);
        for (Observation.Running seen : census.running()) {
            Observation told = driver.of(seen.life()).get(0);
            assertThat(told).usingRecursiveComparison().ignoringFields("age").isEqualTo(seen);
        }
    }

    @Test
    public final void carries_orders_out_in_the_order_given() throws InterruptedException {
        List<Incarnation> asked = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            asked.add(driver.launch(runsForEver(name)));
        }

        for (Incarnation life : asked) {
            assertThat(driver.next(Observation.Running.class).life()).isEqualTo(life);
        }
    }

    @Test
    public final void tells_each_life_in_the_order_of_what_happened() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            Incarnation life = driver.launch(exits("job-" + i, i));
            driver.untilOver(life);

            assertThat(driver.exit(life)).isEqualTo(ExitStatus.of(i));
            assertThat(driver.of(life)).hasSize(2).first().isInstanceOf(Observation.Running.class);
        }
    }

    // ---- what it writes

    @Test
    public final void shows_the_last_lines_that_an_instance_has_written_the_oldest_first() throws InterruptedException {
        driver.untilOver(driver.launch(writes("web", Output.STDOUT, List.of("one", "two", "three"))));

        assertThat(tail("web", Output.STDOUT, 10)).containsExactly("one", "two", "three");
        assertThat(tail("web", Output.STDOUT, 3)).containsExactly("one", "two", "three");
        assertThat(tail("web", Output.STDOUT, 2)).containsExactly("two", "three");
        assertThat(tail("web", Output.STDOUT, 1)).containsExactly("three");
    }

    @Test
    public final void keeps_the_streams_of_each_instance_apart() throws InterruptedException {
        driver.untilOver(driver.launch(writes("web", Output.STDOUT, List.of("out"))));
        driver.untilOver(driver.launch(writes("log", Output.STDERR, List.of("err"))));

        assertThat(tail("web", Output.STDOUT, 10)).containsExactly("out");
        assertThat(tail("web", Output.STDERR, 10)).isEmpty();
        assertThat(tail("log", Output.STDOUT, 10)).isEmpty();
        assertThat(tail("log", Output.STDERR, 10)).containsExactly("err");
        assertThat(tail("job", Output.STDOUT, 10)).isEmpty();
    }

    @Test
    public final void shows_what_earlier_lives_have_written_too() throws InterruptedException {
        driver.untilOver(driver.launch(writes("web", Output.STDERR, List.of("first"))));
        driver.untilOver(driver.launch(writes("web", Output.STDERR, List.of("second"))));

        assertThat(tail("web", Output.STDERR, 10)).containsExactly("first", "second");
    }

    @Test
    public final void shows_at_least_one_line_or_refuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> tail("web", Output.STDOUT, 0));
    }

    private List<String> tail(String name, Output output, int most) {
        return driver.driver().tail(name, output, most);
    }

    // ---- how much it uses

    @Test
    public final void answers_each_measurement_of_what_runs_once() throws Exception {
        assumeTrue(canMeasure(), "this driver cannot measure");
        Incarnation web = driver.running(runsForEver("web"));
        Incarnation log = driver.running(hasChild("log"));

        driver.driver().measure("log", log);
        driver.driver().measure("web", web);

        for (Incarnation life : List.of(log, web)) {
            Observation.Measured measured = driver.next(Observation.Measured.class);
            assertThat(measured.life()).isEqualTo(life);
            assertThat(measured.name()).isEqualTo(life.equals(web) ? "web" : "log");
            assertThat(measured.memory()).isPositive();
        }
        driver.assertQuiet();
    }

    @Test
    public final void answers_no_measurement_of_what_is_gone() throws InterruptedException {
        Incarnation gone = driver.launch(exits("web", 0));
        driver.untilOver(gone);
        driver.driver().measure("web", gone);

        driver.assertQuiet();
    }
}
