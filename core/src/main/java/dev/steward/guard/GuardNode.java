package dev.steward.guard;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.notify.NotificationView;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link GuardSystem} in-process, one cycle per due pass, and is the channel by which managers see it.
 *
 * <p>A cycle makes at most one call of the user's code. A pass that comes early, because something was asked, shows the new request and
 * target at once and leaves the user's code to its rate. A node that does not run, for OP or for an error, is parked and costs nothing.
 *
 * <p><b>Errors.</b> What a state or a check throws is held: ERROR is shown, with the text among the messages, and nothing is called until
 * the node is asked again or loaded. What a feed, a listener, a manager or an answer throws hurts nobody. Only an error of the machine
 * itself, such as a lack of memory, comes out of a pass, and then ERROR is held too.
 *
 * <p><b>Threads.</b> As any {@link ControlLoop}; everything else here is safe for use by many threads. What is asked is done in the next
 * pass. Answers and hints come at its end, on its thread, in this order: events, answers, hints.
 *
 * <p>Follows the nodes of Guardian; {@code docs/compatibility.md} says where not.
 */
public final class GuardNode implements ControlLoop, NodeChannel {
    private final String name;
    private final Mailbox mailbox = new Mailbox();
    private final PassGuard guard = new PassGuard();
    private final TimeSource time;
    private final Notices notices = new Notices();
    private final Teller teller;
    private final Machine machine;
    private final Showcase showcase;
    private final Companions companions;
    private final Orders orders;
    private volatile GuardSystem system;

    /**
     * How a node begins, and how it runs.
     *
     * @param period how often {@code run} is called; more than zero
     * @param callLimit how long a call of the user's code may last before the view says so; more than zero
     * @param managers loops that are run before each pass of the node, woken with it and closed by it: its managers of other nodes
     * @param restartsOnRequest whether a request for the state that the node is in, and was asked for before, begins that state anew
     * @param op whether it runs at first
     * @param mode how it follows its graph at first
     * @param manager who manages it at first; empty = nobody
     */
    public record Options(
            Duration period,
            Duration callLimit,
            List<ControlLoop> managers,
            boolean restartsOnRequest,
            NodeOp op,
            NodeMode mode,
            String manager) {
        /** @throws IllegalArgumentException if the period or the limit is not more than zero */
        public Options {
            checkArgument(!period.isNegative() && !period.isZero(), "the period of a node is %s", period);
            checkArgument(
                    !callLimit.isNegative() && !callLimit.isZero(), "the limit of a call of a node is %s", callLimit);
            managers = List.copyOf(managers);
            checkNotNull(op, "op");
            checkNotNull(mode, "mode");
            checkNotNull(manager, "manager");
        }

        /** 16 cycles a second, 10 s for a call, no managers, no restart, EXEC and AUTO. */
        public static Options defaults() {
            return new Options(
                    Duration.ofNanos(62_500_000),
                    Duration.ofSeconds(10),
                    List.of(),
                    false,
                    NodeOp.EXEC,
                    NodeMode.AUTO,
                    "");
        }

        /** The same with another period. */
        public Options withPeriod(Duration other) {
            return new Options(other, callLimit, managers, restartsOnRequest, op, mode, manager);
        }

        /** The same with another limit for a call. */
        public Options withCallLimit(Duration other) {
            return new Options(period, other, managers, restartsOnRequest, op, mode, manager);
        }

        /** The same with these managers. */
        public Options withManagers(ControlLoop... other) {
            return new Options(period, callLimit, List.of(other), restartsOnRequest, op, mode, manager);
        }

        /** The same with or without a restart of a state that is requested again, as Guardian had it in 2015. */
        public Options withRestartOnRequest(boolean other) {
            return new Options(period, callLimit, managers, other, op, mode, manager);
        }

        /** The same with another OP at first. */
        public Options withOp(NodeOp other) {
            return new Options(period, callLimit, managers, restartsOnRequest, other, mode, manager);
        }

        /** The same with another MODE at first. */
        public Options withMode(NodeMode other) {
            return new Options(period, callLimit, managers, restartsOnRequest, op, other, manager);
        }

        /** The same, managed by this system at first. */
        public Options withManager(String other) {
            return new Options(period, callLimit, managers, restartsOnRequest, op, NodeMode.MANAGED, other);
        }
    }

    /**
     * A call of the user's code that has not returned yet.
     *
     * @param state the state whose call it is
     * @param method {@code new}, {@code check}, {@code main} or {@code run}
     * @param since when the cycle of the call began, by the wall clock
     */
    public record Call(String state, String method, Instant since) {
        /** None is null. */
        public Call {
            checkNotNull(state, "state");
            checkNotNull(method, "method");
            checkNotNull(since, "since");
        }
    }

    /** A node with the default options that tells no feed. */
    public GuardNode(String name, GuardSystem system, TimeSource time) {
        this(name, system, time, Options.defaults());
    }

    /** A node that tells no feed. */
    public GuardNode(String name, GuardSystem system, TimeSource time, Options options) {
        this(options, name, system, time, null);
    }

    /** A node with the default options. */
    public GuardNode(String name, GuardSystem system, TimeSource time, StateFeed feed) {
        this(name, system, time, feed, Options.defaults());
    }

    /**
     * A node that has not begun: the first pass enters INIT.
     *
     * @param name the name of the node, its loop, and its events; not empty
     * @param feed told of each state that is entered
     */
    public GuardNode(String name, GuardSystem system, TimeSource time, StateFeed feed, Options options) {
        this(options, name, system, time, checkNotNull(feed, "feed"));
    }

    private GuardNode(Options options, String name, GuardSystem system, TimeSource time, @Nullable StateFeed feed) {
        checkArgument(!name.isEmpty(), "a node has no name");
        this.name = name;
        this.system = checkNotNull(system, "system");
        this.time = checkNotNull(time, "time");
        this.teller = new Teller(name, feed, time, notices);
        this.machine = new Machine(name, system, time, checkNotNull(options, "options"), teller, notices);
        this.showcase = new Showcase(time, machine.records());
        this.companions = new Companions(options.managers(), notices, teller);
        this.orders = new Orders(mailbox, machine, teller);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String node() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        mailbox.wakeWith(wakeUp);
        companions.wakeWith(wakeUp);
    }

    @Override
    public Step manageOnce() {
        guard.enter(name);
        try {
            if (orders.isClosed()) {
                return Step.finished();
            }
            long now = time.nanos();
            mailbox.drain();
            Step wish = companions.refresh();
            long left;
            try {
                left = machine.cycle(now);
            } catch (VirtualMachineError fatal) { // whoever runs the node may stop for it: let its error be seen
                tell();
                throw fatal;
            }
            left = Math.min(left, tell());
            return mailbox.isEmpty() ? wish.earliest(Step.afterNanos(left)) : Step.again();
        } finally {
            guard.exit();
        }
    }

    /** Ends a pass: what has happened is shown, then told. Answers the nanoseconds until a feed that takes none is tried again. */
    private long tell() {
        system = machine.system();
        show();
        long retry = teller.flush();
        show(); // what the feed's trouble has changed; there may be no other pass soon
        orders.answer();
        showcase.hint(teller);
        teller.publish();
        return retry;
    }

    private void show() {
        List<String> messages = notices.all();
        teller.raise(messages);
        showcase.show(machine.records(), messages);
    }

    /** The latest view; if a call has lasted longer than its limit, with a message about that. */
    @Override
    public NodeView view() {
        NodeView view = showcase.view();
        return machine.code().overdue().map(text -> withMessage(view, text)).orElse(view);
    }

    private static NodeView withMessage(NodeView view, String text) {
        List<String> messages = new ArrayList<>(view.messages());
        messages.add(text);
        return view.toBuilder().messages(messages).build();
    }

    @Override
    public Listening listen(Runnable changed) {
        return showcase.listen(checkNotNull(changed, "changed"));
    }

    @Override
    public Set<String> states() {
        return system.states();
    }

    /** The system that the node runs, as of its last pass. */
    public GuardSystem system() {
        return system;
    }

    /** {@inheritDoc} A load without a system takes the same again, which clears an error. */
    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        checkNotNull(done, "done");
        orders.post(order(write), done);
    }

    private static Function<Machine, WriteOutcome> order(NodeWrite write) {
        if (write instanceof NodeWrite.Request request) {
            return machine -> machine.request(request.state());
        }
        if (write instanceof NodeWrite.Manage manage) {
            return machine -> machine.manage(manage.by());
        }
        if (write instanceof NodeWrite.Release release) {
            return machine -> machine.release(release.forgetManager());
        }
        if (write instanceof NodeWrite.Operate operate) {
            return machine -> machine.operate(operate.op());
        }
        if (write instanceof NodeWrite.Load) {
            return machine -> machine.load(machine.system());
        }
        throw new IllegalArgumentException("a write of an unknown kind: " + write);
    }

    /** Asks for a state. A request for one that the node does not have changes nothing, and is told in {@link #messages()}. */
    public void request(String state) {
        write(new NodeWrite.Request(state), refusalsToMessages("request " + state));
    }

    /** Sets MODE; MANAGER stays as it is. */
    public void setMode(NodeMode mode) {
        checkNotNull(mode, "mode");
        orders.post(machine -> machine.mode(mode), refusalsToMessages("MODE " + mode));
    }

    /** Sets OP. */
    public void operate(NodeOp op) {
        write(new NodeWrite.Operate(op), refusalsToMessages("OP " + op));
    }

    /** Runs another system from the next call on. A refusal is told in {@link #messages()}. */
    public void load(GuardSystem other) {
        load(other, refusalsToMessages("load " + other.name()));
    }

    /**
     * Runs another system from the next call on, without interrupting the state: the visit goes on, with its timers, and if the state is
     * made in another way now, with a new object <b>that has not seen {@code main}</b>; asked again, the node begins the state anew where
     * that ends in an error. An error is cleared.
     *
     * @param done told how it ended, at the end of the pass; refused if the state or the requested state is not in the system
     */
    public void load(GuardSystem other, Consumer<WriteOutcome> done) {
        checkNotNull(other, "system");
        checkNotNull(done, "done");
        orders.post(machine -> machine.load(other), done);
    }

    private Consumer<WriteOutcome> refusalsToMessages(String what) {
        return outcome -> {
            if (outcome.kind() == WriteOutcome.Kind.REFUSED) { // then this is the thread of the pass
                teller.warn(what + " was " + outcome);
            }
        };
    }

    /** What the node has to say now, and its latest messages: states entered, errors, refusals, what its states have logged. */
    public NotificationView messages() {
        return teller.board();
    }

    /** The call of the user's code that is under way, if one is: one that hangs shows here while nothing else of the node moves. */
    public Optional<Call> callUnderWay() {
        return machine.code().underWay();
    }

    /** Ends the node: its view is not connected any more, and what is asked is not sent. Its managers are closed. */
    @Override
    public void close() {
        guard.enter("close", name);
        try {
            if (!orders.isClosed()) {
                orders.close();
                companions.close();
                showcase.lose();
                showcase.hint(teller);
                teller.publish();
            }
        } finally {
            guard.exit();
        }
    }
}
