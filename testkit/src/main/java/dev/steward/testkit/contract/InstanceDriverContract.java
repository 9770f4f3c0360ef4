package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.instance.Census;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link InstanceDriver} must do. To test one, extend this class and say how to make it and what programs there are.
 *
 * <p>News are awaited for {@link #patience} at most; where a rule says that no news come, the test listens for {@link #quiet}. A driver on
 * virtual time overrides {@link #poll}. What a test leaves running is killed after it.
 */
@SuppressWarnings("NullAway.Init") // the driver is made before each test
public abstract class InstanceDriverContract {
    private DriverSession driver;

    /** For subclasses. */
    protected InstanceDriverContract() {}

    // ---- what an implementation says

    /** A new driver that is not open; all of one test have the same owner and host. */
    protected abstract InstanceDriver newDriver();

    /** A program that runs until a signal ends it, and heeds all of them. */
    protected abstract InstanceSpec runsForEver(String name);

    /** A program that ends by itself, soon, with this code. */
    protected abstract InstanceSpec exits(String name, int code);

    /** A program that runs until a signal ends it, and ignores {@link Signal#TERM}. */
    protected abstract InstanceSpec ignoresTerm(String name);

    /** A program that runs until a signal ends it, with a child that does the same. */
    protected abstract InstanceSpec hasChild(String name);

    /** A program that ends by itself, soon, with code 0, and leaves a child that runs until a signal ends it. */
    protected abstract InstanceSpec leavesChild(String name);

    /** A program that cannot be launched. */
    protected abstract InstanceSpec cannotStart(String name, LaunchFailure why);

    /** Returns when a program that runs has done what it does first: its signal handlers stand, its child is there. */
    protected void awaitReady(InstanceSpec running) throws Exception {}

    /** Takes the next of {@code news} as soon as it is there, or null if there is none within {@code limit}. */
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) throws InterruptedException {
        return news.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long news may take; at first 20 s. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** How long to listen where no news may come; at first 300 ms. */
    protected Duration quiet() {
        return Duration.ofMillis(300);
    }

    // ---- the rules

    /** Every test begins with an open driver that is in step. */
    @BeforeEach
    public final void openDriver() throws InterruptedException {
        driver = open();
        assertThat(driver.next()).isEqualTo(Census.of(0, List.of()));
    }

    /** Nothing is left running. */
    @AfterEach
    public final void leaveNothing() throws InterruptedException {
        driver.driver().close();
        DriverSession last = open();
        for (Observation.Running left : last.census(0).running()) {
            last.signal(left.name(), left.life(), Signal.KILL);
            last.untilOver(left.life());
        }
        last.driver().close();
    }

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
        driver.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_PROGRAM", "NOT_EXECUTABLE", "NO_DIRECTORY"})
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
        assertThat(census.running())
                .allSatisfy(seen -> assertThat(driver.of(seen.life())).containsExactly(seen));
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

    @Test
    public final void kills_nothing_when_it_is_closed_and_tells_nothing_any_more() throws Exception {
        Incarnation life = driver.running(runsForEver("web"));

        driver.driver().close();
        driver.driver().close();

        DriverSession next = open();
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

        driver.assertQuiet();
        DriverSession next = open();
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

        DriverSession next = open();

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

    private DriverSession open() {
        return new DriverSession(this, newDriver());
    }

    private static List<Incarnation> lives(Census census) {
        return census.running().stream().map(Observation.Running::life).collect(Collectors.toList());
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
