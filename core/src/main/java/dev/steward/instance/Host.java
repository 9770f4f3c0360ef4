package dev.steward.instance;

import dev.steward.event.StateFeed;
import dev.steward.time.TimeSource;

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
    private boolean inStep;
    private boolean shuttingDown;
    private int lives;

    Host(String name, InstanceDriver driver, DriverEvents events, StateFeed feed, TimeSource time) {
        this.name = name;
        this.time = time;
        this.pass = new Pass(time);
        this.schedule = new Schedule(time, (owner, defect) -> publisher().defect(owner.name(), defect));
        this.publisher = new Publisher(name, feed, time, pass, schedule);
        this.orders = new Orders(driver, events, pass, schedule, publisher, text -> roster().hideSecrets(text));
        this.manages = driver.manages();
        this.leftovers = new Leftovers(this);
        this.roster = new Roster(this);
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

    /** Whether the driver starts and stops what is managed so. */
    boolean operates(Management management) {
        return management == manages;
    }

    /** Whether the driver has told what runs; nothing is decided before. */
    boolean isInStep() {
        return inStep;
    }

    void inStep() {
        inStep = true;
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    void shuttingDown() {
        shuttingDown = true;
    }

    /** Keeps count of the lives that instances have. */
    void countLives(int more) {
        lives += more;
    }

    /** Whether it is known that nothing of ours runs. */
    boolean isQuiet() {
        return inStep && lives == 0 && leftovers.isEmpty();
    }
}
