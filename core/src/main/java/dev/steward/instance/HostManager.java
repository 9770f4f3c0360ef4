package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateFeed;
import dev.steward.kernel.Cycle;
import dev.steward.kernel.Holds;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mode;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.notify.LoggedMessage;
import dev.steward.notify.Notification;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the programs of one host in their wanted state, and tells the feed of every change.
 *
 * <p>What runs is known from the driver alone: nothing is decided before its first look. What an earlier manager left behind is taken over
 * then, or stopped where it is not wanted, and never does a second copy of an instance run. A pass costs what is due or has changed; one in
 * which nothing is costs nothing.
 *
 * <p><b>Threads.</b> As any {@link ControlLoop}; everything else here may be called from any thread. A request is carried out in the next
 * pass, and its future is completed at the end of that, on the thread of the pass: what depends on it should be quick, or run elsewhere.
 *
 * <p><b>Errors.</b> What a driver, a feed or a configuration throws is told in {@link #messages()} and hurts nobody else. A driver's call
 * that throws counts as an order whose outcome nobody knows.
 *
 * <p><b>End.</b> {@link #die} takes everything down first, in order; {@link #close} alone lets the driver go, whose {@link OnClose} says what
 * becomes of children that still run.
 *
 * <p>Follows the HostManager of the OCS, and does otherwise where that has defects.
 */
public final class HostManager implements ControlLoop {
    private final TimeSource time;
    private final InstanceDriver driver;
    private final Options options;
    private final Host host;
    private final Asking asking;
    private final Cycle.Work work = new Work();
    private final News news;
    private final Updates updates;
    private final Shutdown shutdown;
    private final Replies replies = new Replies();
    private boolean started;

    /**
     * What a manager does when it starts, and how it behaves.
     *
     * @param name of the loop, and the source of the manager's own messages; not empty
     * @param startRequests carried out once, after the first configuration has been loaded, and so above each instance's start target
     * @param reloadOnStart whether the first pass loads the configuration; if not, there are no instances until an update asks for it
     * @param adopt whether what an earlier manager left running is taken over by the instance of its name; if not, it is stopped first
     * @param budget how long one pass may go on taking new instances; more than zero
     * @param memory what outlives the manager, and where
     * @param mode whether anything is carried out at all. A manager that only observes loads, looks, takes over and explains as any other,
     *     and begins nothing: every instance is as if it were held. It writes nothing to its memory, and leaves what runs when it ends
     */
    public record Options(
            String name,
            List<TargetRequest> startRequests,
            boolean reloadOnStart,
            boolean adopt,
            Duration budget,
            HostMemory memory,
            Mode mode) {
        /** @throws IllegalArgumentException if the name is empty or the budget is not more than zero */
        public Options {
            checkArgument(!name.isEmpty(), "a manager has no name");
            startRequests = List.copyOf(startRequests);
            checkNotNull(memory, "memory");
            checkNotNull(mode, "mode");
            checkArgument(!budget.isNegative() && !budget.isZero(), "the budget of a pass is %s", budget);
        }

        /** The name {@code host}, no requests, a reload on start, adoption, a budget of 10 ms, no memory, and all is carried out. */
        public static Options defaults() {
            return new Options("host", List.of(), true, true, Duration.ofMillis(10), HostMemory.none(), Mode.ACT);
        }

        /** The same with another name. */
        public Options withName(String other) {
            return new Options(other, startRequests, reloadOnStart, adopt, budget, memory, mode);
        }

        /** The same with these requests at the start. */
        public Options withStartRequests(List<TargetRequest> other) {
            return new Options(name, other, reloadOnStart, adopt, budget, memory, mode);
        }

        /** The same with or without a reload on start. */
        public Options withReloadOnStart(boolean other) {
            return new Options(name, startRequests, other, adopt, budget, memory, mode);
        }

        /** The same with or without adoption. */
        public Options withAdopt(boolean other) {
            return new Options(name, startRequests, reloadOnStart, other, budget, memory, mode);
        }

        /** The same with another budget. */
        public Options withBudget(Duration other) {
            return new Options(name, startRequests, reloadOnStart, adopt, other, memory, mode);
        }

        /** The same with another memory. */
        public Options withMemory(HostMemory other) {
            return new Options(name, startRequests, reloadOnStart, adopt, budget, other, mode);
        }

        /** The same with another mode. */
        public Options withMode(Mode other) {
            return new Options(name, startRequests, reloadOnStart, adopt, budget, memory, other);
        }
    }

    /** A manager with the default options. */
    public HostManager(ConfigSource site, InstanceDriver driver, StateFeed feed, TimeSource time) {
        this(site, driver, feed, time, Options.defaults());
    }

    /** A manager that has not begun: the first pass loads the configuration and opens the driver. */
    public HostManager(ConfigSource site, InstanceDriver driver, StateFeed feed, TimeSource time, Options options) {
        this.time = checkNotNull(time, "time");
        this.driver = checkNotNull(driver, "driver");
        this.options = checkNotNull(options, "options");
        this.host = new Host(
                options,
                driver,
                new Arrivals(this::post, this::isOver, this::news),
                checkNotNull(feed, "feed"),
                time,
                replies);
        this.asking = new Asking(host, replies);
        this.news = new News(host);
        this.updates = new Updates(host, checkNotNull(site, "site"), options.startRequests());
        this.shutdown = new Shutdown(host);
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        host.cycle().wakeWith(wakeUp);
        host.memory().wakes(this, wakeUp);
    }

    @Override
    public Step manageOnce() {
        return manageOnce(false);
    }

    /**
     * Makes one pass.
     *
     * @param force whether to look at every instance, and not only at what is due or has changed: for those who want to be sure. It changes
     *     nothing that a later pass would not have changed
     */
    public Step manageOnce(boolean force) {
        return host.cycle().pass(work, force);
    }

    /** What a pass of this manager is. */
    private final class Work implements Cycle.Work {
        @Override
        public boolean isOver() {
            return asking.isOver();
        }

        @Override
        public void begin(long now) {
            host.memory().poll(now);
            if (!started) {
                started = true;
                host.tellMode();
                updates.carryOut(List.of(), options.reloadOnStart(), false);
                host.orders().open();
            }
        }

        @Override
        public void beforeTurns(boolean force) {
            host.roster().sendSignals();
            if (force) {
                host.roster().readyAll();
            }
        }

        @Override
        public void afterTurns(long now) {
            host.roster().endOfPass();
            asking.ended(shutdown.endOfPass());
            host.memory().endOfPass();
        }

        @Override
        public void end() {
            asking.answer();
        }

        @Override
        public Step next(long now) {
            return host.memory().next();
        }
    }

    private boolean isOver() {
        return asking.isOver();
    }

    private News news() {
        return news;
    }

    private void post(Runnable task) {
        if (!isOver()) {
            host.post(task);
        }
    }

    /**
     * Asks for targets, and for a reload of the configuration before that, in the next pass. A bad request changes nothing and stops none
     * of the others.
     *
     * @return what became of it; refused at once if the manager is closed or shutting down
     */
    public CompletableFuture<UpdateAnswer> update(List<TargetRequest> requests, boolean reload) {
        return update(requests, reload, false);
    }

    /**
     * The same; if {@code strict}, all of it is checked first, and if any request is bad, nothing at all is changed.
     *
     * <p>The ids are checked against the configuration that is loaded for this, if a reload is asked for.
     */
    public CompletableFuture<UpdateAnswer> update(List<TargetRequest> requests, boolean reload, boolean strict) {
        List<TargetRequest> asked = List.copyOf(requests);
        return asking.ask(() -> Updates.closed(asked), future -> {
            UpdateAnswer answer = updates.carryOut(asked, reload, strict);
            replies.add(future, answer);
        });
    }

    /**
     * Asks for one target of every instance.
     *
     * @throws IllegalArgumentException if the target is passive, which nobody can ask for
     */
    public CompletableFuture<UpdateAnswer> requestAll(TargetState target) {
        checkArgument(target != TargetState.PASSIVE, "cannot be asked for: %s", target);
        String all = TargetRequest.ALL;
        return update(List.of(target == TargetState.UP ? TargetRequest.up(all) : TargetRequest.down(all)), false);
    }

    /**
     * Has instances stopped, each with its own stop plan, and started again; what was given up or has completed is started too.
     *
     * @param names of instances; a name that stands there twice counts once
     * @return what became of each, once all are settled: up again, or not
     */
    public CompletableFuture<RestartAnswer> restart(List<String> names, RestartOrder order) {
        List<String> asked = List.copyOf(names);
        checkNotNull(order, "order");
        return asking.ask(
                () -> Restarting.closed(asked), future -> host.restarting().begin(asked, order, future));
    }

    /**
     * Sends a signal to all processes of an instance, in the next pass. What ends by it has ended like any other: its restart policy decides.
     *
     * @return what became of it
     */
    public CompletableFuture<SignalAnswer> signal(String name, Signal signal) {
        checkNotNull(name, "name");
        checkNotNull(signal, "signal");
        return asking.ask(
                () -> SignalAnswer.CLOSED,
                future -> host.roster().signal(name, signal, answer -> replies.add(future, answer)));
    }

    /**
     * Holds instances, from the next pass on: they are looked at and decided about, and nothing is begun with them until nobody holds them any
     * more. None is launched, stopped or restarted, and what was left behind under its name is left alone. A stop that has begun goes on
     * to the end of its plan; a {@link #signal} is sent all the same. A request for a target is taken, and carried out when the hold is
     * over; one for a restart is refused. {@link #die} asks nobody who holds what. A hold ends with this manager.
     *
     * @param names of instances, also of some that are not there yet
     * @param holder who holds them; said again by the same, the last word counts
     * @param reason for whoever asks
     * @param length after which the hold ends by itself; more than zero
     * @throws IllegalArgumentException if there is no name, one is empty, the holder is empty, or the length is not above zero
     */
    public void hold(Collection<String> names, String holder, String reason, Duration length) {
        List<String> held = List.copyOf(names);
        Holds.check(held, holder, length);
        checkNotNull(reason, "reason");
        post(() -> held.forEach(name -> host.cycle().holds().hold(name, holder, reason, length)));
    }

    /** Ends what a holder has said of instances; what is due for those that nobody else holds is carried out at once. */
    public void release(Collection<String> names, String holder) {
        List<String> free = List.copyOf(names);
        checkNotNull(holder, "holder");
        post(() -> free.forEach(name -> host.cycle().holds().release(name, holder)));
    }

    /**
     * The last complete lines that an instance has written, the oldest first, without its secrets and with what could do harm on a terminal
     * made visible. Reads what it has to on the caller's thread, so this is not for a pass.
     *
     * @param most lines; at least 1
     * @throws java.io.UncheckedIOException if there are some and they cannot be read
     */
    public List<String> tail(String name, Output output, int most) {
        checkNotNull(name, "name");
        checkNotNull(output, "output");
        checkArgument(most >= 1, "%s lines of '%s'", most, name);
        return host.roster().harmless(name, driver.tail(name, output, most));
    }

    /**
     * Takes everything down and ends, whoever holds what: the loop is finished once nothing of ours runs, or the limit has passed, whichever
     * is first. A manager that only observes leaves everything as it is, and ends at once. No requests are taken from now on. Said
     * again, the nearer limit counts.
     *
     * @param limit zero or more
     * @return what became of it; what is left, if anything, is also named in events
     */
    public CompletableFuture<ShutdownAnswer> die(Duration limit) {
        checkArgument(!limit.isNegative(), "the limit of a shutdown is negative: %s", limit);
        return asking.die(shutdown, limit);
    }

    /**
     * Lets go: closes the driver and takes no requests any more. What becomes of children that still run was said when the driver was made,
     * as {@link OnClose}.
     */
    @Override
    public void close() {
        if (!asking.isClosed()) {
            host.cycle().exclusively("close", this::letGo);
        }
    }

    private void letGo() {
        asking.close(shutdown);
        host.restarting().close();
        host.orders().close();
        host.memory().close(this);
        host.cycle().drain();
        host.publisher().endOfPass();
        asking.answer();
    }

    /** All instances, in the order in which they came, as of the last pass. */
    public List<ManagedInstance> instances() {
        return host.roster().shown().values().asList();
    }

    /** The instance of this name. */
    public Optional<ManagedInstance> instance(String name) {
        return Optional.ofNullable(host.roster().shown().get(name));
    }

    /** What became of the last attempt to load the configuration; empty before the first. */
    public Optional<ConfigStatus> configStatus() {
        return updates.status();
    }

    /** What has happened lately, the oldest first: one message for each change of state, and what else operators may want to read. */
    public List<LoggedMessage> messages() {
        return host.publisher().board().messages();
    }

    /** What operators should know as long as it lasts, such as a process that refuses to die. */
    public List<Notification> notifications() {
        return host.publisher().board().notifications();
    }

    /** Of how many instances the {@link HostMemory} does not have the latest yet. No answer to a request waits for that. */
    public int notYetKept() {
        return host.memory().unwritten();
    }

    /** Why an instance is as it is, what is next and when: a few lines for people. */
    public String explain(String name) {
        return Explanation.of(name, instance(name), host.publisher().board(), time.nanos());
    }
}
