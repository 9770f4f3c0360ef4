package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.event.StateFeed;
import dev.steward.kernel.Cycle;
import dev.steward.kernel.Pass;
import dev.steward.kernel.Publisher;
import dev.steward.kernel.Schedule;
import dev.steward.loop.Hold;
import dev.steward.loop.Mode;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of one manager share. Not safe for use by many threads. */
final class Host {
    private static final Reason OBSERVES = new Reason(InstanceCause.HANDS_OFF, "the manager only observes");
    /** What is on the board of an instance that is held. */
    static final String HELD = "held";

    private static final Logger LOG = LoggerFactory.getLogger(HostManager.class);

    private final String name;
    private final boolean observes;
    private final TimeSource time;
    private final Cycle<RunState> cycle;
    private final Orders orders;
    private final Leftovers leftovers;
    private final Roster roster;
    private final Management manages;
    private final Ordering ordering;
    private final Groups groups;
    private final Restarting restarting;
    private final Survivors survivors;
    private final Memory memory;
    private boolean configured;
    private boolean inStep;
    private boolean shuttingDown;
    private int lives;

    /**
     * The parts of a manager.
     *
     * @param replies where answers are given, at the end of a pass
     */
    Host(
            HostManager.Options options,
            InstanceDriver driver,
            DriverEvents events,
            StateFeed feed,
            TimeSource time,
            Replies replies) {
        this.name = options.name();
        this.observes = options.mode() == Mode.OBSERVE;
        this.time = time;
        this.cycle =
                new Cycle<>(name, ManagedInstance.INSTANCE, LOG, feed, time, options.budget(), this::heldOtherwise);
        this.orders = new Orders(driver, events, pass(), schedule(), publisher(), text -> roster().hideSecrets(text));
        this.manages = driver.manages();
        this.leftovers = new Leftovers(this);
        this.roster = new Roster(this);
        this.ordering = new Ordering(roster);
        this.groups = new Groups(roster);
        this.restarting = new Restarting(this, replies);
        this.survivors = new Survivors(this, options.adopt());
        this.memory = options.memory().isKept() ? new StoreMemory(this, options.memory()) : Memory.NONE;
    }

    /** The manager's, as the source of its own messages. */
    String name() {
        return name;
    }

    TimeSource time() {
        return time;
    }

    /** What makes the passes. */
    Cycle<RunState> cycle() {
        return cycle;
    }

    Pass pass() {
        return cycle.pass();
    }

    Schedule schedule() {
        return cycle.schedule();
    }

    Publisher<RunState> publisher() {
        return cycle.publisher();
    }

    Orders orders() {
        return orders;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    Roster roster() {
        return roster;
    }

    Ordering ordering() {
        return ordering;
    }

    Groups groups() {
        return groups;
    }

    Restarting restarting() {
        return restarting;
    }

    Survivors survivors() {
        return survivors;
    }

    Memory memory() {
        return memory;
    }

    /** Has a task run in a pass; from any thread. */
    void post(Runnable task) {
        cycle.post(task);
    }

    /** An instance has entered another state. */
    void changed(InstanceRunner runner) {
        ordering.changed(runner);
        restarting.changed(runner);
    }

    /** Whether it is known who is configured, or that nobody will be. */
    boolean isConfigured() {
        return configured;
    }

    /** The configuration is another, or there will be none. */
    void configured(List<InstanceGroup> all) {
        configured = true;
        ordering.configured();
        groups.configured(all);
        survivors.claim();
    }

    /** Whether the driver starts and stops what is managed so. */
    boolean operates(Management management) {
        return management == manages;
    }

    /** Whether the driver has told what runs. */
    boolean isInStep() {
        return inStep;
    }

    /** Whether enough is known to decide anything: what runs, and what was decided before if that is kept. */
    boolean decides() {
        return inStep && !memory.isAwaited();
    }

    void inStep() {
        inStep = true;
    }

    /** Whether nothing at all is begun. */
    boolean observes() {
        return observes;
    }

    /** Says so if it only observes. */
    void tellMode() {
        if (observes) {
            publisher().raise(name, "mode", "only observes: nothing is launched, stopped or written");
        }
    }

    /** Who holds what is called so. */
    List<Hold> holds(String thing) {
        return cycle.holds().of(thing);
    }

    /** Why nothing is begun with what is called so, or null. Whoever shuts the host down does not ask who holds what. */
    @Nullable
    Reason handsOff(String thing) {
        if (observes) {
            return OBSERVES;
        }
        List<Hold> holders = shuttingDown ? List.of() : holds(thing);
        return holders.isEmpty() ? null : new Reason(InstanceCause.HANDS_OFF, text(holders));
    }

    private static String text(List<Hold> holders) {
        return holders.stream().map(Hold::toString).collect(Collectors.joining("; "));
    }

    private void heldOtherwise(String thing) {
        List<Hold> holders = holds(thing);
        if (holders.isEmpty()) {
            publisher().clear(thing, HELD);
            publisher().message(thing, "not held any more");
        } else if (publisher().keep(thing, HELD, text(holders))) {
            publisher().message(thing, text(holders));
        }
        InstanceRunner runner = roster.find(thing);
        if (runner != null) {
            runner.heldOtherwise();
        }
        leftovers.heldOtherwise(thing);
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    void shuttingDown() {
        memory.shuttingDown();
        shuttingDown = true;
        roster.forEach(InstanceRunner::heldOtherwise);
        leftovers.forEach(Leftovers.Leftover::heldOtherwise);
    }

    /** Keeps count of the lives that instances have. */
    void countLives(int more) {
        lives += more;
    }

    /** Whether it is known that nothing of ours runs. */
    boolean isQuiet() {
        return inStep && lives == 0 && leftovers.isEmpty() && survivors.isEmpty();
    }
}
