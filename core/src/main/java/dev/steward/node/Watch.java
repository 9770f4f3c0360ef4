package dev.steward.node;

import static com.google.common.base.Preconditions.checkNotNull;
import static dev.steward.node.Judgement.MANAGEMENT_CHANGED;
import static dev.steward.node.Judgement.OURS;
import static dev.steward.node.Judgement.SKIPPED;
import static dev.steward.node.Judgement.TOLD;

import dev.steward.internal.Agenda;
import dev.steward.node.Errands.Errand;
import dev.steward.node.NodeChannel.Listening;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inside of a {@link Node}: its tie to the channel, what is remembered, and the judgement of both, which is made anew whenever one of
 * them changes. Whatever changes here changes the manager's books at once. Belongs to the loop's thread.
 */
final class Watch {
    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int PATIENCE = 15;
    private static final long REVIVAL_NANOS = 1_000_000_000L;

    private final Crew crew;
    private final Node node;
    private final int index;
    private final NodeChannel channel;
    private final Agenda.Waker waker;
    private Errands errands = Errands.NONE;
    private @Nullable Listening listening;
    private boolean failing;
    private boolean closed;
    private NodeView view = NodeView.unseen();
    private NodeView published = NodeView.unseen();
    private long version;
    private boolean connected;
    private boolean looked;
    private @Nullable String lastRequest;
    private @Nullable NodeView viewAsked;
    private int askedInVain;
    private long askedAt;
    private boolean managedByUs;
    private boolean taken;
    private boolean skipped;
    private boolean stalling;
    private boolean settled;
    private long settledAt;
    private boolean scheduled;
    private int bits;
    private List<NodeFault> told = List.of();

    Watch(Crew crew, Node node, int index, NodeChannel channel) {
        this.crew = crew;
        this.node = node;
        this.index = index;
        this.channel = channel;
        waker = crew.agenda.waker(index);
    }

    NodeChannel channel() {
        return channel;
    }

    NodeView view() {
        return view;
    }

    @Nullable
    String lastRequest() {
        return lastRequest;
    }

    boolean isManagedByUs() {
        return managedByUs;
    }

    /** Whether another manager was seen to have it since we set it managed, and we were not seen to have it back. */
    boolean isTaken() {
        return taken;
    }

    boolean isSkipped() {
        return skipped;
    }

    boolean isPending(NodeWrite.Kind kind) {
        return errands.isPending(kind);
    }

    /** Whether it has one of these bits, also while it is skipped. */
    boolean has(int any) {
        return ((skipped ? ownBits() : bits) & any) != 0;
    }

    List<NodeFault> faults() {
        return faults(skipped ? ownBits() | SKIPPED : bits);
    }

    /** What of it concerns whoever asks about all nodes: of one that is skipped, only that. */
    List<NodeFault> shared() {
        return faults(bits);
    }

    private List<NodeFault> faults(int of) {
        return Judgement.faults(of, node.name(), view, lastRequest, errands);
    }

    /** Begins to listen, if that has not been done; where the channel does not let us, that is tried again later. */
    void init() {
        if (listening == null && !closed) {
            try {
                listening = checkNotNull(channel.listen(waker), "the channel of %s has answered null", node.name());
                look();
            } catch (RuntimeException failed) {
                troubled("does not take a listener", failed);
                looked = true; // it counts as one that is not connected
                refresh();
            }
        }
    }

    void close() {
        closed = true;
        waker.retire();
        try {
            if (listening != null) {
                listening.close();
            }
        } catch (RuntimeException thrown) {
            troubled("has thrown at the end of listening", thrown);
        }
    }

    /** Remembers whether this manager has set it managed, and asks. */
    void manage(boolean managed, NodeWrite write) {
        managedByUs = managed;
        taken = false;
        write(write);
    }

    /**
     * Whether it may be asked again by whoever asks after each pass. An answer that moves nothing brings the next pass, and that the next
     * question: so one that was asked often enough without having moved is asked once a second.
     */
    boolean isRevivalDue() {
        return askedInVain < PATIENCE || hasMovedSinceAsked() || crew.nanos() - askedAt >= REVIVAL_NANOS;
    }

    private boolean hasMovedSinceAsked() {
        return viewAsked == null || hasMoved(viewAsked, view);
    }

    private static boolean hasMoved(NodeView before, NodeView now) {
        return !now.state().equals(before.state())
                || !now.stateSince().equals(before.stateSince())
                || !now.target().equals(before.target())
                || !now.request().equals(before.request())
                || now.mode() != before.mode()
                || now.op() != before.op()
                || now.error() != before.error();
    }

    /** Remembers a request, and asks. */
    void request(String state) {
        lastRequest = state;
        askedInVain = hasMovedSinceAsked() ? 0 : askedInVain + 1;
        viewAsked = view;
        askedAt = crew.nanos();
        write(new NodeWrite.Request(state));
    }

    /** Remembers a request without asking. */
    void adopt(String state) {
        lastRequest = state;
        errands.forget(NodeWrite.Kind.REQUEST);
        changed();
    }

    boolean acknowledge() {
        boolean had = errands.forgetTroubles();
        changed();
        return had;
    }

    void skip(boolean skip) {
        skipped = skip;
        changed();
    }

    void write(NodeWrite write) {
        long now = crew.nanos();
        if (errands == Errands.NONE) {
            errands = new Errands();
        }
        Errand errand = errands.begin(write, view, now + crew.options.writeLimitNanos());
        if (closed) {
            errands.answer(errand, WriteOutcome.notSent("manager " + crew.system + " is closed"));
        }
        changed();
        if (closed) {
            return;
        }
        try {
            channel.write(write, outcome -> crew.mailbox.post(() -> answered(errand, outcome)));
        } catch (RuntimeException thrown) {
            troubled("has thrown at a write", thrown);
            answered(errand, WriteOutcome.unknown(thrown.toString()));
        }
    }

    private void answered(Errand errand, @Nullable WriteOutcome given) {
        WriteOutcome outcome = given != null ? given : WriteOutcome.unknown("the channel has answered null");
        if (errands.answer(errand, outcome)) {
            if (!outcome.isAccepted()) {
                log.atWarn().addKeyValue("node", node.name()).log("{} {}", errand.write.text(), outcome);
            }
            look();
        }
    }

    /** Takes in what the channel shows now, or tries again to be told of it. */
    void look() {
        if (closed) {
            return;
        }
        if (listening == null) {
            if (failing) {
                init();
            } else {
                refresh();
            }
            return;
        }
        NodeView before = view;
        try {
            NodeView seen = channel.view();
            failing = false;
            if (seen.version() >= version) {
                version = seen.version();
                view = seen;
            }
        } catch (RuntimeException thrown) {
            view = view.toBuilder().connected(false).build();
            troubled("cannot be looked at", thrown);
        }
        settle(before);
        refresh();
        if (crew.publishes() && (view.version() != before.version() || view.connected() != before.connected())) {
            publish();
        }
        boolean isBack = view.connected() && !connected && looked;
        connected = view.connected();
        looked = true;
        if (isBack && !skipped) {
            reconnected();
        }
    }

    /** Tells the feed what it has not been told of; what a node shows while it is lost was told before, or is not known. */
    void publish() {
        if (view.connected()) {
            published = crew.publish(index, node.name(), published, view);
        }
    }

    private void reconnected() {
        try {
            crew.options.onReconnect().accept(node);
        } catch (RuntimeException thrown) {
            log.atError()
                    .addKeyValue("node", node.name())
                    .setCause(thrown)
                    .log("what is done at a reconnect has thrown");
        }
    }

    /** A stall other than before has its settle time before it. */
    private void settle(NodeView before) {
        if (!view.isStalled()) {
            stalling = false;
            settled = false;
        } else if (!stalling
                || !before.state().equals(view.state())
                || !before.stateSince().equals(view.stateSince())) {
            stalling = true;
            settledAt = crew.nanos() + crew.options.settleNanos();
            settled = crew.options.settleNanos() == 0;
        }
    }

    /** Judges anew after a change of our own, and has the runner hear of new deadlines. */
    private void changed() {
        refresh();
        waker.run();
    }

    /** Judges anew, and changes the manager's books by the difference. */
    void refresh() {
        long now = crew.nanos();
        errands = errands.settle(view, now);
        if (stalling && !settled && now - settledAt >= 0) {
            settled = true;
        }
        int before = bits;
        int own = ownBits();
        bits = skipped ? SKIPPED : own;
        if ((own & (MANAGEMENT_CHANGED | OURS)) != 0) {
            taken = (own & OURS) == 0 && (taken || view.isManaged());
        }
        if (bits != before) {
            crew.tallies.change(index, before, bits);
        }
        if (((before | bits) & TOLD) != 0) {
            tell(shared());
        }
        schedule(now);
    }

    private void tell(List<NodeFault> faults) {
        if (!faults.equals(told)) {
            crew.tell(node.name(), told, faults);
            told = faults;
        }
    }

    private void schedule(long now) {
        long next = errands.nanosToLimit(now);
        if (stalling && !settled) {
            next = Math.min(next, settledAt - now);
        }
        if (failing) {
            next = Math.min(next, RETRY.toNanos());
        }
        if (next != Long.MAX_VALUE) {
            crew.agenda.scheduleIn(index, now, next);
        } else if (scheduled) {
            crew.agenda.cancel(index);
        }
        scheduled = next != Long.MAX_VALUE;
    }

    private int ownBits() {
        return Judgement.of(view, lastRequest, managedByUs, crew.system, errands, settled, crew.options.tellsStalls());
    }

    private void troubled(String what, RuntimeException thrown) {
        if (!failing) {
            log.atError().addKeyValue("node", node.name()).setCause(thrown).log("the channel {}", what);
        }
        failing = true;
    }
}
