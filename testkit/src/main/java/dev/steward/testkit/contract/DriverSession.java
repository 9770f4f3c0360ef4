package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One driver, open, with all that it has told, taken one by one. A driver may tell from any thread; the rest is for the thread of the test. */
final class DriverSession implements DriverEvents {
    private final InstanceDriverSetting setting;
    private final InstanceDriver driver;
    private final String session = UUID.randomUUID().toString();
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final List<Object> taken = new ArrayList<>();

    private int lives;

    /** Opens {@code driver}. */
    DriverSession(InstanceDriverSetting setting, InstanceDriver driver) {
        this.setting = setting;
        this.driver = driver;
        driver.open(this);
    }

    // ---- asking

    InstanceDriver driver() {
        return driver;
    }

    Incarnation launch(InstanceSpec spec) {
        Incarnation life = new Incarnation(session + "-" + ++lives);
        driver.launch(spec, life);
        return life;
    }

    /** Launches a program and waits until it has set itself up. */
    Incarnation running(InstanceSpec spec) throws Exception {
        Incarnation life = launch(spec);
        assertThat(next(Observation.Running.class).life()).isEqualTo(life);
        setting.awaitReady(spec);
        return life;
    }

    Census look(long ticket) throws InterruptedException {
        driver.look(ticket);
        return census(ticket);
    }

    /** What runs by the first census, after which the driver is closed. */
    List<Observation.Running> closeAfterCensus() throws InterruptedException {
        List<Observation.Running> running = census(0).running();
        driver.close();
        return running;
    }

    void signal(String name, Incarnation life, Signal signal) {
        driver.signal(name, life, signal);
    }

    // ---- being told

    @Override
    public void observed(Observation news) {
        arrived.add(news);
    }

    @Override
    public void census(Census census) {
        arrived.add(census);
    }

    /** What is told next, be it an observation or a census. */
    Object next() throws InterruptedException {
        Object next = take(setting.patience());
        assertThat(next).as("what is told after %s", taken).isNotNull();
        return next == null ? "nothing" : next;
    }

    /** What is told next, which must be of this type. */
    <T> T next(Class<T> type) throws InterruptedException {
        Object next = next();
        assertThat(next)
                .as("what is told after %s", taken.subList(0, taken.size() - 1))
                .isInstanceOf(type);
        return type.cast(next);
    }

    /** The census of a look, whatever is told before it. */
    Census census(long ticket) throws InterruptedException {
        while (true) {
            if (next() instanceof Census census) {
                assertThat(census.ticket()).as("the ticket of %s", census).isEqualTo(ticket);
                assertThat(census.trouble()).as("the trouble of %s", census).isEmpty();
                return census;
            }
        }
    }

    /** Takes news until the end of a life has been told. */
    void untilOver(Incarnation life) throws InterruptedException {
        while (of(life).stream().noneMatch(DriverSession::isEnd)) {
            next();
        }
    }

    /** Fails if anything is told within a while, or if something of a life is told that is over. */
    void assertQuiet() throws InterruptedException {
        assertThat(take(setting.quiet())).as("what is told after %s", taken).isNull();
    }

    /** What has been told of a life and taken, in order. */
    List<Observation> of(Incarnation life) {
        List<Observation> told = new ArrayList<>();
        for (Object news : taken) {
            if (news instanceof Observation observation && observation.life().equals(life)) {
                told.add(observation);
            }
        }
        return told;
    }

    /** How a life has ended, which must have been told once. */
    ExitStatus exit(Incarnation life) {
        List<ExitStatus> told = new ArrayList<>();
        for (Observation news : of(life)) {
            if (news instanceof Observation.Exited exited) {
                told.add(exited.exit());
            }
        }
        assertThat(told).as("exits in %s", taken).hasSize(1);
        return told.get(0);
    }

    private static boolean isEnd(Observation news) {
        return news instanceof Observation.Gone || (news instanceof Observation.Exited exited && !exited.lingering());
    }

    private @Nullable Object take(Duration limit) throws InterruptedException {
        Object next = setting.poll(arrived, limit);
        if (next != null) {
            taken.add(next);
        }
        return next;
    }
}
