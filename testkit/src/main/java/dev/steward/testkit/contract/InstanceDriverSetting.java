package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Census;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link InstanceDriverContract} need to be told about an implementation. Extend that one, it has all parts. */
@SuppressWarnings("NullAway.Init") // the driver is made before each test
public abstract class InstanceDriverSetting {
    /** Of the test that runs. */
    DriverSession driver;

    /** For subclasses. */
    protected InstanceDriverSetting() {}

    // ---- what an implementation says

    /** A new driver that is not open; all of one test have the same owner and host. */
    protected abstract InstanceDriver newDriver(OnClose onClose);

    /** A program that runs until a signal ends it, and heeds all of them. */
    protected abstract InstanceSpec runsForEver(String name);

    /** A program that ends by itself, soon, with this code. */
    protected abstract InstanceSpec exits(String name, int code);

    /** A program that writes these lines, and ends by itself, soon, with code 0. */
    protected abstract InstanceSpec writes(String name, Output output, List<String> lines);

    /** A program that runs until a signal ends it, and ignores {@link Signal#TERM}. */
    protected abstract InstanceSpec ignoresTerm(String name);

    /** A program that runs until a signal ends it; if that is {@link Signal#TERM}, it writes {@code line} to its standard output and ends. */
    protected abstract InstanceSpec signsOff(String name, String line);

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

    /** How much time has passed since some fixed instant, on the clock that the programs run by. */
    protected Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }

    /** How long news may take; at first 20 s. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** How long to listen where no news may come, and how old the lives are whose age is looked at; at first 300 ms. */
    protected Duration quiet() {
        return Duration.ofMillis(300);
    }

    /** How far the age of a life may be out; at first 100 ms. */
    protected Duration precision() {
        return Duration.ofMillis(100);
    }

    /** Whether the driver can tell how much memory a life uses; at first it can. */
    protected boolean canMeasure() {
        return true;
    }

    // ---- for the rules

    /** Every test begins with an open driver that is in step. */
    @BeforeEach
    public final void openDriver() throws InterruptedException {
        driver = open(OnClose.LEAVE);
        assertThat(driver.next()).isEqualTo(Census.of(0, List.of()));
    }

    /** Nothing is left running. */
    @AfterEach
    public final void leaveNothing() throws InterruptedException {
        driver.driver().close();
        DriverSession last = open(OnClose.LEAVE);
        for (Observation.Running left : last.census(0).running()) {
            last.signal(left.name(), left.life(), Signal.KILL);
            last.untilOver(left.life());
        }
        last.driver().close();
    }

    final DriverSession open(OnClose onClose) {
        return new DriverSession(this, newDriver(onClose));
    }

    static List<Incarnation> lives(Census census) {
        return census.running().stream().map(Observation.Running::life).collect(Collectors.toList());
    }

    /** What a census says of a life, which it must have once. */
    static Observation.Running in(Census census, Incarnation life) {
        List<Observation.Running> found = census.running().stream()
                .filter(seen -> seen.life().equals(life))
                .collect(Collectors.toList());
        assertThat(found).as("life %s in %s", life.id(), census).hasSize(1);
        return found.get(0);
    }
}
