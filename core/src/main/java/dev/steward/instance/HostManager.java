package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.notify.LoggedMessage;
import dev.steward.notify.Notification;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final Mailbox mailbox = new Mailbox();
    private final PassGuard guard = new PassGuard();
    private final Host host;
    private final News news;
    private final Updates updates;
    private final Shutdown shutdown;
    private final Replies replies = new Replies();
    private boolean started;
    private volatile boolean closed;
    private volatile boolean refusing;
    private volatile @Nullable ShutdownAnswer end;

    /**
     * What a manager does when it starts, and how it behaves.
     *
     * @param name of the loop, and the source of the manager's own messages; not empty
     * @param startRequests carried out once, after the first configuration has been loaded, and so above each instance's start target
     * @param reloadOnStart whether the first pass loads the configuration; if not, there are no instances until an update asks for it
     * @param adopt whether what an earlier manager left running is taken over by the instance of its name; if not, it is stopped first
     * @param budget how long one pass may go on taking new instances; more than zero
     * @param memory what outlives the manager, and where
     */
    public record Options(
            String name,
            List<TargetRequest> startRequests,
            boolean reloadOnStart,
            boolean adopt,
            Duration budget,
            HostMemory memory) {
        /** @throws IllegalArgumentException if the name is empty or the budget is not more than zero */
        public Options {
            checkArgument(!name.isEmpty(), "a manager has no name");
            startRequests = List.copyOf(startRequests);
            checkNotNull(memory, "memory");
            checkArgument(!budget.isNegative() && !budget.isZero(), "the budget of a pass is %s", budget);
        }

        /** The name {@code host}, no requests, a reload on start, adoption, a budget of 10 ms, and no memory. */
        public static Options defaults() {
            return new Options("host", List.of(), true, true, Duration.ofMillis(10), HostMemory.none());
        }

        /** The same with another name. */
        public Options withName(String other) {
            return new Options(other, startRequests, reloadOnStart, adopt, budget, memory);
        }

        /** The same with these requests at the start. */
        public Options withStartRequests(List<TargetRequest> other) {
            return new Options(name, other, reloadOnStart, adopt, budget, memory);
        }

        /** The same with or without a reload on start. */
        public Options withReloadOnStart(boolean other) {
            return new Options(name, startRequests, other, adopt, budget, memory);
        }

        /** The same with or without adoption. */
        public Options withAdopt(boolean other) {
            return new Options(name, startRequests, reloadOnStart, other, budget, memory);
        }

        /** The same with another budget. */
        public Options withBudget(Duration other) {
            return new Options(name, startRequests, reloadOnStart, adopt, other, memory);
        }

        /** The same with another memory. */
        public Options withMemory(HostMemory other) {
            return new Options(name, startRequests, reloadOnStart, adopt, budget, other);
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
                options.name(),
                options.adopt(),
                options.memory(),
                driver,
                new Arrivals(this::post, () -> closed || end != null, this::news),
                checkNotNull(feed, "feed"),
                time,
                this::post,
                replies);
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
        mailbox.wakeWith(wakeUp);
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
        guard.enter(name());
        try {
            if (closed || end != null) {
                return Step.finished();
            }
            long now = host.pass().begin();
            host.memory().poll(now);
            if (!started) {
                started = true;
                updates.carryOut(List.of(), options.reloadOnStart(), false);
                host.orders().open();
            }
            mailbox.drain();
            host.roster().sendSignals();
            if (force) {
                host.roster().readyAll();
            }
            host.schedule().run(now, force ? Long.MAX_VALUE : TimeSource.saturatedNanos(options.budget()));
            host.roster().endOfPass();
            end = shutdown.endOfPass();
            if (end != null) {
                mailbox.drain(); // whoever posts from now on finds the end
            }
            host.memory().endOfPass();
            host.publisher().endOfPass();
            replies.give(end);
            return end != null ? Step.finished() : mailbox.isEmpty() ? host.next(now) : Step.again();
        } finally {
            guard.exit();
        }
    }

    private News news() {
        return news;
    }

    private void post(Runnable task) {
        mailbox.post(() -> {
            try {
                task.run();
            } catch (RuntimeException defect) {
                host.publisher().defect(name(), defect);
            }
        });
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
        return ask(() -> Updates.closed(asked), future -> {
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
        return ask(() -> Restarting.closed(asked), future -> host.restarting().begin(asked, order, future));
    }

    /**
     * Sends a signal to all processes of an instance, in the next pass. What ends by it has ended like any other: its restart policy decides.
     *
     * @return what became of it
     */
    public CompletableFuture<SignalAnswer> signal(String name, Signal signal) {
        checkNotNull(name, "name");
        checkNotNull(signal, "signal");
        return ask(
                () -> SignalAnswer.CLOSED,
                future -> host.roster().signal(name, signal, answer -> replies.add(future, answer)));
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

    /** Has a request carried out in the next pass; if there will be none for it any more, the future says so. */
    private <T> CompletableFuture<T> ask(Supplier<T> refusal, Consumer<CompletableFuture<T>> request) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (refusing) {
            future.complete(refusal.get());
            return future;
        }
        post(() -> {
            if (closed || host.isShuttingDown()) {
                replies.add(future, refusal.get());
            } else {
                try {
                    request.accept(future);
                } catch (RuntimeException defect) {
                    future.completeExceptionally(defect);
                    throw defect;
                }
            }
        });
        if (closed || end != null) {
            future.complete(refusal.get()); // the last look into the mailbox may be over
        }
        return future;
    }

    /**
     * Takes everything down and ends: the loop is finished once nothing of ours runs, or the limit has passed, whichever is first. No
     * requests are taken from now on. Said again, the nearer limit counts.
     *
     * @param limit zero or more
     * @return what became of it; what is left, if anything, is also named in events
     */
    public CompletableFuture<ShutdownAnswer> die(Duration limit) {
        checkArgument(!limit.isNegative(), "the limit of a shutdown is negative: %s", limit);
        CompletableFuture<ShutdownAnswer> future = new CompletableFuture<>();
        post(() -> {
            replies.atTheEnd(future);
            if (end == null) {
                shutdown.begin(host.pass().now(), limit);
            }
        });
        refusing = true;
        ShutdownAnswer over = end;
        if (over != null) {
            future.complete(over);
        }
        return future;
    }

    /**
     * Lets go: closes the driver and takes no requests any more. What becomes of children that still run was said when the driver was made,
     * as {@link OnClose}.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        guard.enter("close", name());
        try {
            letGo();
        } finally {
            guard.exit();
        }
    }

    private void letGo() {
        refusing = true;
        closed = true;
        if (end == null) {
            end = shutdown.abandon();
        }
        host.restarting().close();
        host.orders().close();
        host.memory().close(this);
        mailbox.drain();
        host.publisher().endOfPass();
        replies.give(end);
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
