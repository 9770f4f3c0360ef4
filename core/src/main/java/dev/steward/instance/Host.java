package dev.steward.instance;

import dev.steward.event.StateFeed;
import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.function.Consumer;

/** What the parts of one manager share. Not safe for use by many threads. */
final class Host {
    private final String name;
    private final TimeSource time;
    private final Pass pass;
    private final Schedule schedule;
    private final Publisher publisher;
    private final Orders orders;
    private final Leftovers leftovers;
    private final Roster roster;
    private final Management manages;
    private final Ordering ordering;
    private final Groups groups;
    private final Restarting restarting;
    private final Survivors survivors;
    private final Memory memory;
    private final Consumer<Runnable> mail;
    private boolean configured;
    private boolean inStep;
    private boolean shuttingDown;
    private int lives;

    /**
     * The parts of a manager.
     *
     * @param adopt whether survivors are taken over
     * @param kept what outlives the manager
     * @param mail where tasks are posted from any thread, to run in a pass
     * @param replies where answers are given, at the end of a pass
     */
    Host(
            String name,
            boolean adopt,
            HostMemory kept,
            InstanceDriver driver,
            DriverEvents events,
            StateFeed feed,
            TimeSource time,
            Consumer<Runnable> mail,
            Replies replies) {
        this.name = name;
        this.time = time;
        this.mail = mail;
        this.pass = new Pass(time);
        this.schedule = new Schedule(time, (owner, defect) -> publisher().defect(owner.name(), defect));
        this.publisher = new Publisher(name, feed, time, pass, schedule);
        this.orders = new Orders(driver, events, pass, schedule, publisher, text -> roster().hideSecrets(text));
        this.manages = driver.manages();
        this.leftovers = new Leftovers(this);
        this.roster = new Roster(this);
        this.ordering = new Ordering(roster);
        this.groups = new Groups(roster);
        this.restarting = new Restarting(this, replies);
        this.survivors = new Survivors(this, adopt);
        this.memory = kept.isKept() ? new StoreMemory(this, kept) : Memory.NONE;
    }

    /** The manager's, as the source of its own messages. */
    String name() {
        return name;
    }

    TimeSource time() {
        return time;
    }

    Pass pass() {
        return pass;
    }

    Schedule schedule() {
        return schedule;
    }

    Publisher publisher() {
        return publisher;
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

    /** When the next pass is wanted, if nothing wakes the manager. */
    Step next(long now) {
        return Step.afterNanos(schedule.nanosToNext(now)).earliest(memory.next());
    }

    /** Has a task run in a pass; from any thread. */
    void post(Runnable task) {
        mail.accept(task);
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

    boolean isShuttingDown() {
        return shuttingDown;
    }

    void shuttingDown() {
        memory.shuttingDown();
        shuttingDown = true;
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
