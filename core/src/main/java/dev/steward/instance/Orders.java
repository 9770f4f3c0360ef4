package dev.steward.instance;

import dev.steward.kernel.Due;
import dev.steward.kernel.Moment;
import dev.steward.kernel.Pass;
import dev.steward.kernel.Publisher;
import dev.steward.kernel.Schedule;
import dev.steward.kernel.Texts;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a manager tells its driver, and what it asks.
 *
 * <p>A call that throws is nobody else's trouble: it is told, and its order counts as one whose outcome nobody knows. A look is asked for
 * again until there is an answer. Not safe for use by many threads.
 */
final class Orders implements Due {
    private static final long LOOK_LIMIT = Timer.START_LIMIT.reference().toNanos();
    private static final long LOOK_RETRY = Timer.START_RETRY.reference().toNanos();

    private final InstanceDriver driver;
    private final Schedule schedule;
    private final Publisher<RunState> publisher;
    private final Pass pass;
    private final DriverEvents events;
    private final UnaryOperator<String> hide;
    private String session;
    private final int slot;
    private boolean open;
    private boolean looking;
    private boolean silent; // no answer yet, not even a bad one
    private long ticket;
    private long at;
    private long launches;

    /** @param hide takes the secrets out of what a driver says */
    Orders(
            InstanceDriver driver,
            DriverEvents events,
            Pass pass,
            Schedule schedule,
            Publisher<RunState> publisher,
            UnaryOperator<String> hide) {
        this.driver = driver;
        this.hide = hide;
        this.events = events;
        this.schedule = schedule;
        this.publisher = publisher;
        this.pass = pass;
        this.slot = schedule.add(this);
        Moment made = pass.moment();
        this.session = word(made.wall().toEpochMilli()) + "-" + word(made.nanos()) + "-";
    }

    private static String word(long number) {
        return Long.toUnsignedString(number, Character.MAX_RADIX).toLowerCase(Locale.ROOT);
    }

    /** Opens the driver, which answers with its first census. */
    void open() {
        try {
            driver.open(events);
            open = true;
            looking = true;
            silent = true;
            publisher.clear("driver", "open");
            again(LOOK_LIMIT);
        } catch (RuntimeException error) {
            publisher.raise("driver", "open", "the driver cannot be opened: " + hide.apply(Texts.thrown(error)));
            again(LOOK_RETRY);
        }
    }

    /** A life that is about to be launched. */
    Life newLife(InstanceSpec spec) {
        return new Life(new Incarnation(session + ++launches), ticket, spec.launch(), 0);
    }

    /**
     * A life that was just found.
     *
     * @param launched what it was most likely launched with, for its secrets; null if nobody knows
     */
    Life found(Observation.Running seen, @Nullable LaunchSpec launched) {
        while (seen.life().id().startsWith(session)) {
            session = "again-" + session; // of a manager that began in the same instant
        }
        return new Life(seen.life(), ticket, launched, seen.pid());
    }

    /** Orders a launch; answers what went wrong, or null. */
    @Nullable
    String launch(InstanceSpec spec, Life life) {
        try {
            driver.launch(spec, life.id());
            return null;
        } catch (RuntimeException error) {
            return hide.apply(life.hide(Texts.thrown(error)));
        }
    }

    /** Orders a signal. */
    void signal(String name, Life life, Signal signal) {
        try {
            driver.signal(name, life.id(), signal);
        } catch (RuntimeException error) {
            publisher.message(
                    name,
                    signal + " could not be sent to " + life.describe() + ": "
                            + hide.apply(life.hide(Texts.thrown(error))));
        }
    }

    /** Asks how much memory a life uses. */
    void measure(String name, Life life) {
        try {
            driver.measure(name, life.id());
        } catch (RuntimeException error) {
            publisher.message(name, "cannot be measured: " + hide.apply(life.hide(Texts.thrown(error))));
        }
    }

    /** Asks for a census that can tell whether {@code life} is over, unless one is under way, or there is none. */
    void lookFor(@Nullable Life life) {
        if (life != null && (!looking || ticket <= life.ticket())) {
            look();
        }
    }

    /** Lets the driver go. */
    void close() {
        try {
            driver.close();
        } catch (RuntimeException error) {
            String trouble = hide.apply(Texts.thrown(error));
            publisher.raise("driver", "close", "the driver failed to close: " + trouble);
        }
    }

    private void look() {
        looking = true;
        ticket++;
        try {
            silent = true;
            driver.look(ticket);
            again(LOOK_LIMIT);
        } catch (RuntimeException error) {
            silent = false;
            publisher.raise("driver", "look", "the driver cannot look: " + hide.apply(Texts.thrown(error)));
            again(LOOK_RETRY);
        }
    }

    private void again(long nanos) {
        at = pass.now() + nanos;
        schedule.at(slot, at);
    }

    /** Takes the answer to a look; says whether it may be believed. */
    boolean answered(Census census) {
        if (census.isFailed()) {
            if (looking && census.ticket() == ticket) {
                silent = false;
                publisher.raise("driver", "look", "the driver cannot look: " + hide.apply(census.trouble()));
                again(LOOK_RETRY);
            }
            return false;
        }
        if (census.ticket() == ticket) {
            looking = false;
            schedule.cancel(slot);
            publisher.clear("driver", "look");
        }
        return true;
    }

    /** A look was not answered in time, or not well. */
    @Override
    public void run(long now) {
        if (now - at < 0) {
            return;
        }
        if (!open) {
            open();
        } else if (looking) {
            if (silent) {
                publisher.raise("driver", "look", "the driver has not answered a look yet");
            }
            look();
        }
    }

    @Override
    public String name() {
        return "driver";
    }
}
