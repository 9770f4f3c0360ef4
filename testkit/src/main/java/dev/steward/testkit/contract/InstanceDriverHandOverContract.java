package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link InstanceDriverContract} about the end of a driver, and the next one that finds what is left. Extend that one, it has
 * all parts.
 */
public abstract class InstanceDriverHandOverContract extends InstanceDriverSetting {
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

    /** For subclasses. */
    protected InstanceDriverHandOverContract() {}

    // ---- children that are left

    @Test
    public final void kills_nothing_when_it_is_closed_and_tells_nothing_any_more() throws Exception {
        Incarnation life = driver.running(runsForEver("web"));

        driver.driver().close();
        driver.driver().close();

        DriverSession next = open(OnClose.LEAVE);
        assertThat(lives(next.census(0))).containsExactly(life);
        next.signal("web", life, Signal.KILL);
        next.untilOver(life);
        driver.assertQuiet();
        next.driver().close();
    }

    @Test
    public final void takes_no_orders_when_it_is_closed() throws Exception {
        Incarnation life = driver.running(runsForEver("web"));
        InstanceSpec other = runsForEver("other");

        driver.driver().close();
        order(() -> driver.launch(other));
        order(() -> driver.signal("web", life, Signal.KILL));
        order(() -> driver.driver().look(1));
        order(() -> driver.driver().measure("web", life));

        driver.assertQuiet();
        DriverSession next = open(OnClose.LEAVE);
        assertThat(lives(next.census(0))).containsExactly(life);
        next.driver().close();
    }

    @Test
    public final void finds_what_an_earlier_driver_of_the_same_owner_has_left() throws Exception {
        Incarnation web = driver.running(hasChild("web"));
        Incarnation job = driver.launch(leavesChild("job"));
        driver.next(Observation.Running.class);
        driver.next(Observation.Exited.class);
        driver.driver().close();

        DriverSession next = open(OnClose.LEAVE);

        List<Observation.Running> found = next.census(0).running();
        assertThat(found)
                .extracting(Observation.Running::name, Observation.Running::life)
                .containsExactlyInAnyOrder(tuple("web", web), tuple("job", job));
        for (Observation.Running left : found) {
            next.signal(left.name(), left.life(), Signal.TERM);
            next.untilOver(left.life());
        }
        assertThat(next.look(1).running()).isEmpty();
        next.driver().close();
    }

    @Test
    public final void shows_what_was_written_before_it_is_opened_and_after_it_is_closed() throws InterruptedException {
        driver.untilOver(driver.launch(writes("web", Output.STDOUT, List.of("one", "two"))));
        driver.driver().close();

        assertThat(driver.driver().tail("web", Output.STDOUT, 10)).containsExactly("one", "two");
        assertThat(newDriver(OnClose.LEAVE).tail("web", Output.STDOUT, 10)).containsExactly("one", "two");
    }

    // ---- children that are stopped

    @Test
    public final void stops_all_that_runs_when_it_is_closed_if_it_was_made_to() throws Exception {
        DriverSession stopping = takeOver();
        stopping.running(hasChild("web"));
        stopping.running(ignoresTerm("deaf"));
        stopping.launch(leavesChild("job"));
        stopping.next(Observation.Running.class);
        stopping.next(Observation.Exited.class);

        Duration before = elapsed();
        stopping.driver().close();
        stopping.driver().close();
        assertThat(elapsed().minus(before)).isLessThan(A_FEW_SECONDS);

        assertThat(open(OnClose.LEAVE).closeAfterCensus()).isEmpty();
        stopping.assertQuiet();
    }

    @Test
    public final void stops_what_an_earlier_driver_has_left_too() throws Exception {
        driver.running(runsForEver("web"));
        driver.launch(leavesChild("job"));
        driver.next(Observation.Running.class);
        driver.next(Observation.Exited.class);

        DriverSession stopping = takeOver();
        stopping.driver().close();

        assertThat(open(OnClose.LEAVE).closeAfterCensus()).isEmpty();
    }

    @Test
    public final void tells_what_it_stops_to_terminate_before_it_kills() throws Exception {
        DriverSession stopping = takeOver();
        stopping.running(signsOff("web", "bye"));

        stopping.driver().close();

        assertThat(stopping.driver().tail("web", Output.STDOUT, 1)).containsExactly("bye");
    }

    @Test
    public final void leaves_nothing_of_a_launch_that_is_under_way_when_it_stops_all() throws Exception {
        DriverSession stopping = takeOver();

        stopping.launch(runsForEver("web"));
        stopping.driver().close();

        assertThat(open(OnClose.LEAVE).closeAfterCensus()).isEmpty();
    }

    /** In the place of the first driver, one that stops what runs when it is closed. */
    private DriverSession takeOver() throws InterruptedException {
        driver.driver().close();
        driver = open(OnClose.STOP);
        driver.census(0);
        return driver;
    }

    // ---- who runs, and since when

    @Test
    public final void says_for_how_long_each_life_has_run() throws Exception {
        Duration ordered = elapsed();
        Incarnation life = driver.running(runsForEver("web"));
        Duration up = elapsed();
        Observation told = driver.of(life).get(0);
        assertAge(((Observation.Running) told).age(), Duration.ZERO, up.minus(ordered));
        driver.assertQuiet();

        Duration asked = elapsed();
        Observation.Running seen = in(driver.look(1), life);

        assertAge(seen.age(), asked.minus(up), elapsed().minus(ordered));
    }

    @Test
    public final void says_for_how_long_each_survivor_has_run() throws Exception {
        Duration ordered = elapsed();
        Incarnation life = driver.running(runsForEver("web"));
        Duration up = elapsed();
        driver.assertQuiet();
        driver.driver().close();

        Duration asked = elapsed();
        DriverSession next = open(OnClose.LEAVE);
        Observation.Running seen = in(next.census(0), life);
        next.driver().close();

        assertAge(seen.age(), asked.minus(up), elapsed().minus(ordered));
    }

    private void assertAge(Duration age, Duration least, Duration most) {
        assertThat(age).isBetween(least.minus(precision()), most.plus(precision()));
    }

    @Test
    public final void says_which_lives_have_lost_their_first_process() throws Exception {
        Incarnation web = driver.running(hasChild("web"));
        Incarnation job = driver.launch(leavesChild("job"));
        Observation.Running begun = driver.next(Observation.Running.class);
        driver.next(Observation.Exited.class);

        Observation.Running led = in(driver.look(1), web);
        Observation.Running lost = in(driver.look(2), job);

        assertThat(led.led()).as("whether %s is led", led).isTrue();
        assertThat(lost.led()).as("whether %s is led", lost).isFalse();
        assertThat(lost.pid()).as("another pid than that of %s", begun).isNotEqualTo(begun.pid());
    }

    @Test
    public final void finds_out_which_survivors_have_lost_their_first_process() throws Exception {
        Incarnation web = driver.running(hasChild("web"));
        long pid = ((Observation.Running) driver.of(web).get(0)).pid();
        Incarnation job = driver.launch(leavesChild("job"));
        driver.next(Observation.Running.class);
        driver.next(Observation.Exited.class);
        driver.driver().close();

        DriverSession next = open(OnClose.LEAVE);
        List<Observation.Running> found = next.closeAfterCensus();

        assertThat(found)
                .extracting(Observation.Running::life, Observation.Running::led)
                .containsExactlyInAnyOrder(tuple(web, true), tuple(job, false));
        assertThat(found)
                .filteredOn(Observation.Running::led)
                .extracting(Observation.Running::pid)
                .containsExactly(pid);
    }

    /** Gives an order to a closed driver, which may refuse it or pay no attention. */
    private static void order(Runnable order) {
        try {
            order.run();
        } catch (IllegalStateException refused) {
            // as good as nothing done
        }
    }
}
