package dev.steward.node;

import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.internal.Agenda;
import dev.steward.loop.Mailbox;
import dev.steward.notify.NotificationBoard;
import dev.steward.time.TimeSource;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the nodes of one manager share. Belongs to the loop's thread, but for the mailbox and the wakers. */
final class Crew {
    private static final Logger log = LoggerFactory.getLogger(NodeManager.class);
    private static final long RETRY_NANOS = 1_000_000_000L;

    final String system;
    final NodeManager.Options options;
    final TimeSource time;
    final Mailbox mailbox = new Mailbox();
    final Agenda agenda;
    final Tallies tallies;
    final NotificationBoard board;
    private final @Nullable StateFeed feed;
    private final int feedSlot;
    private BitSet untold = new BitSet();
    private boolean feedFails;
    private boolean feedRests;
    private boolean passing;
    private long passNanos;

    Crew(String system, int size, @Nullable StateFeed feed, TimeSource time, NodeManager.Options options) {
        this.system = system;
        this.feed = feed;
        this.time = time;
        this.options = options;
        feedSlot = size + 1; // behind those of the nodes and of the resync
        agenda = new Agenda(time.nanos());
        tallies = new Tallies(size);
        board = new NotificationBoard(time);
    }

    /** Reads the clock, unless that was done; answers whether. */
    boolean beginPass() {
        if (passing) {
            return false;
        }
        passNanos = time.nanos();
        passing = true;
        return true;
    }

    void endPass() {
        passing = false;
        board.publish();
    }

    /** One reading of the clock for a whole pass; a fresh one for what the host does in between. */
    long nanos() {
        return passing ? passNanos : time.nanos();
    }

    /** Raises what is told of a node now, and clears what was told before and is over. */
    void tell(String name, List<NodeFault> before, List<NodeFault> told) {
        for (NodeFault fault : before) {
            if (text(told, fault.check()).isEmpty()) {
                board.clear(name, fault.check().key());
            }
        }
        for (NodeFault fault : told) {
            board.raise(name, fault.check().key(), text(told, fault.check()));
        }
    }

    /** All that one check has found; empty if that is nothing. */
    private static String text(List<NodeFault> faults, NodeFault.Check check) {
        String text = "";
        for (NodeFault fault : faults) {
            if (fault.check() == check) {
                text = text.isEmpty() ? fault.message() : text + "; " + fault.message();
            }
        }
        return text;
    }

    /** Whether there is a feed. */
    boolean publishes() {
        return feed != null;
    }

    /**
     * Publishes where a node is and who manages it, as far as it is not what was told {@code before}; answers what has been told by now.
     * What the feed does not take is offered again after a second, as it is by then.
     */
    NodeView publish(int index, String name, NodeView before, NodeView view) {
        boolean moved =
                !view.state().equals(before.state()) || !view.stateSince().equals(before.stateSince());
        if (moved
                && Node.isStateName(view.state())
                && !publish(StateChange.entered(Node.NODE, name, view.state())
                        .because(new Reason(NodeCause.SEEN, "seen by " + system)))) {
            untold.set(index);
            return before;
        }
        Management now = Management.of(view, system);
        boolean first = before.version() == 0 && !before.connected();
        if (first || now != Management.of(before, system) || !view.manager().equals(before.manager())) {
            String text = view.manager().isEmpty() ? "no manager" : "MANAGER is " + view.manager();
            if (!publish(StateChange.entered(NodeManager.MANAGEMENT, system + "/" + name, now)
                    .because(new Reason(now, text)))) {
                untold.set(index);
                return before.toBuilder()
                        .state(view.state())
                        .stateSince(view.stateSince())
                        .build();
            }
        }
        return view;
    }

    /** The nodes of which the feed has not taken all; it may be tried again. */
    BitSet takeUntold() {
        BitSet taken = untold;
        untold = new BitSet();
        feedRests = false;
        return taken;
    }

    /** Answers whether the feed has taken it; one that has thrown is left alone for a while. */
    private boolean publish(StateChange change) {
        if (feed == null || feedRests) {
            return feed == null;
        }
        try {
            feed.publish(change);
            feedFails = false;
            return true;
        } catch (RuntimeException failed) {
            if (!feedFails) {
                log.atError().addKeyValue("change", change).setCause(failed).log("the feed takes no events");
            }
            feedFails = true;
            feedRests = true;
            agenda.scheduleIn(feedSlot, nanos(), RETRY_NANOS);
            return false;
        }
    }
}
