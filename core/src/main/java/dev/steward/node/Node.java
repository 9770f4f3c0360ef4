package dev.steward.node;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.steward.node.Judgement.ALIVE;
import static dev.steward.node.Judgement.ARRIVED;
import static dev.steward.node.Judgement.COMPLETED;
import static dev.steward.node.Judgement.DONE;
import static dev.steward.node.Judgement.FAULTS;
import static dev.steward.node.Judgement.MANAGED;
import static dev.steward.node.Judgement.OK;
import static dev.steward.node.Judgement.OURS;
import static dev.steward.node.Judgement.STALLED;

import dev.steward.event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A manager's view of one subordinate node: where it is, whether it is where it was asked to be, what is wrong with it, and the means to
 * ask it for something else.
 *
 * <p>Everything is answered from one {@link NodeView}, the latest as of the manager's last pass, and from what this object remembers: the
 * last request <em>made through it</em>, and whether it has set the node managed. Both are independent of what others ask of the node, and
 * are gone with the manager.
 *
 * <p><b>Asking.</b> Nothing here waits. What was asked and has no answer yet is {@linkplain #isRequestPending pending}; until then the
 * checks say nothing about it. What was not taken, or has no answer within the {@linkplain NodeManager.Options#writeLimit limit}, is a fault
 * until it is asked again, is seen to be so after all, or is {@linkplain #acknowledge acknowledged}.
 *
 * <p><b>Threads.</b> Those of its manager: one at a time. Not safe for use by many threads.
 *
 * <p>The {@code Node} of LIGO's Guardian; {@code docs/nodes.md} compares them word by word.
 */
public final class Node {
    /** The kind of all nodes on a feed; its states are the names of their states. */
    public static final Kind<String> NODE = Kind.open("node", Node::isStateName);

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final NodeManager manager;
    private final String name;
    private final Crew crew;
    private final Watch watch;

    Node(Crew crew, NodeManager manager, int index, String name, NodeChannel channel) {
        this.crew = crew;
        this.manager = manager;
        this.name = name;
        watch = new Watch(crew, this, index, channel);
        watch.refresh();
    }

    static boolean isStateName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
    }

    /** The name of the node. */
    public String name() {
        return name;
    }

    /** The latest view as of the manager's last pass. */
    public NodeView view() {
        return watch.view();
    }

    /** STATE: where it is. */
    public String state() {
        return view().state();
    }

    /** REQUEST: where it was asked to go, by whomever. */
    public String request() {
        return view().request();
    }

    /** The last request made through this object; empty if there was none. */
    public Optional<String> lastRequest() {
        return Optional.ofNullable(watch.lastRequest());
    }

    /** TARGET: the next state on its way. */
    public String target() {
        return view().target();
    }

    /** NOMINAL: where it should be in good times. */
    public String nominal() {
        return view().nominal();
    }

    /** OP: whether it runs. */
    public NodeOp op() {
        return view().op();
    }

    /** MODE: how it follows its graph. */
    public NodeMode mode() {
        return view().mode();
    }

    /** MANAGER: who manages it, or did. */
    public String manager() {
        return view().manager();
    }

    /** STATUS: what happens inside. */
    public NodeStatus status() {
        return view().status();
    }

    /** Whether ERROR is anything but false; that it has lost connections of its own counts. */
    public boolean isInError() {
        return view().connected() && view().error() != NodeError.FALSE;
    }

    /** NOTIFICATION: whether it has something to say. */
    public boolean hasNotification() {
        return view().connected() && view().notification();
    }

    /** OK: whether it says that all is well. */
    public boolean isOk() {
        return has(OK);
    }

    /** ACTIVE: whether it says that it runs and drives. */
    public boolean isActive() {
        return has(Judgement.ACTIVE);
    }

    /** Whether it is there and runs. */
    public boolean isAlive() {
        return has(ALIVE);
    }

    /** Whether it is managed, by whomever. */
    public boolean isManaged() {
        return has(MANAGED);
    }

    /** Whether it is managed by this system. */
    public boolean isManagedByUs() {
        return has(OURS);
    }

    /** Whether it is in this state: {@code nodes['X'] == 'ALIGNED'}. */
    public boolean isIn(String state) {
        return view().isIn(state);
    }

    /**
     * Whether it is in the state that was last asked for through this object. REQUEST is not looked at: a node that others have sent
     * elsewhere and that has not moved yet has arrived, and one that others have sent where it is has not.
     */
    public boolean hasArrived() {
        return has(ARRIVED);
    }

    /** Whether STATUS is DONE: the requested state, whoever asked, is complete. */
    public boolean isDone() {
        return has(DONE);
    }

    /** Whether it has arrived and is done; not while our own request has no answer, as DONE may be from before. */
    public boolean hasCompleted() {
        return has(COMPLETED);
    }

    /** Whether it has stalled, see {@link NodeView#isStalled}, for the settle time of the manager's options at least. */
    public boolean isStalled() {
        return has(STALLED);
    }

    /** Whether the manager leaves it out of every question about all. */
    public boolean isSkipped() {
        return watch.isSkipped();
    }

    /** Whether a request made through this object has no answer yet. */
    public boolean isRequestPending() {
        return watch.isPending(NodeWrite.Kind.REQUEST);
    }

    /** The states that it is known to have; empty if that is not known. */
    public Set<String> states() {
        return watch.channel().states();
    }

    /** Whether a check finds a fault; a notification is none, nor is a stall. */
    public boolean isInFault() {
        return has(FAULTS);
    }

    /** The same by the name that Guardian has for it. */
    public boolean checkFault() {
        return isInFault();
    }

    /** What is wrong with it and what is only told, in the order of the checks. */
    public List<NodeFault> faults() {
        return watch.faults();
    }

    /** The fault check of this node alone, which only tells. */
    public FaultChecker checker() {
        return manager.only(name).checker();
    }

    /**
     * The fault check of this node alone, which also names a state to go to.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public FaultChecker checker(String failState) {
        return manager.only(name).checker(failState);
    }

    /** Connects, if that has not been done; the manager's first pass does it. */
    public void init() {
        watch.init();
    }

    /** Has the node managed by this system: MANAGER and MODE. */
    public void setManaged() {
        watch.manage(true, new NodeWrite.Manage(crew.system));
    }

    /**
     * Releases the node: MODE becomes AUTO, whoever manages it. MANAGER stays as it is, unless the manager's options say otherwise; the last
     * request stays remembered.
     */
    public void release() {
        watch.manage(false, new NodeWrite.Release(crew.options.forgetManager()));
    }

    /**
     * Asks the node to go to a state, and remembers that.
     *
     * @throws IllegalArgumentException if the node is known to have no such state; then nothing is asked
     */
    public void setRequest(String state) {
        requireState(state);
        watch.request(state);
    }

    void requireState(String state) {
        checkArgument(isStateName(state), "'%s' is no name of a state, for node %s", state, name);
        Set<String> states = states();
        checkArgument(
                states.isEmpty() || states.contains(state),
                "node %s has no state '%s'; it has %s",
                name,
                state,
                states);
    }

    /**
     * Asks again for what was last asked for through this object, whatever REQUEST is now.
     *
     * @return whether anything was asked: not if this object never asked, nor while its last request has no answer
     */
    public boolean revive() {
        String last = watch.lastRequest();
        if (last == null || isRequestPending()) {
            log.atDebug()
                    .addKeyValue("node", name)
                    .log("not revived: {}", last == null ? "never asked for anything" : "no answer yet");
            return false;
        }
        watch.request(last);
        return true;
    }

    /**
     * Takes what REQUEST is for what this object has asked for last, so that nothing brings an older one back. Asks nothing of the node.
     *
     * @return whether there was anything to take: nothing of a lost node, nor while our own request has no answer, as REQUEST may be from
     *     before
     */
    public boolean adoptRequest() {
        if (!view().connected() || !isStateName(request()) || isRequestPending()) {
            return false;
        }
        watch.adopt(request());
        return true;
    }

    /** Asks the node to run, halt or stop. */
    public void operate(NodeOp op) {
        watch.write(new NodeWrite.Operate(op));
    }

    /** Asks the node to take up changed code. */
    public void load() {
        watch.write(new NodeWrite.Load());
    }

    /** Takes note of writes that have failed, so that they are no fault any more; answers whether there were any. */
    public boolean acknowledge() {
        return watch.acknowledge();
    }

    /**
     * Asks again for whatever this object has asked for, where it is not so: to be managed, then for the last request. Only if this object
     * has set the node managed, and no other manager was seen to take it since. Made for {@link NodeManager.Options#onReconnect}.
     */
    public void reassert() {
        boolean taken = watch.isTaken() || (isManaged() && !isManagedByUs());
        if (!watch.isManagedByUs() || taken) {
            return;
        }
        if (!isManagedByUs()) {
            setManaged();
        }
        String last = watch.lastRequest();
        if (last != null && !last.equals(request())) {
            watch.request(last);
        }
    }

    String explain() {
        StringBuilder text = new StringBuilder(toString());
        faults().forEach(fault -> text.append("\n- ").append(fault.message()));
        if (isRequestPending()) {
            text.append("\nnext: an answer to our request");
        } else if (isStalled()) {
            text.append("\nnext: nothing, until it is revived, asked for a state, or released");
        }
        return text.toString();
    }

    /** Whether any of these bits is set. */
    boolean has(int bits) {
        return watch.has(bits);
    }

    Watch watch() {
        return watch;
    }

    /** One line: where it is, where it was asked to be by whom, and what is wrong. */
    @Override
    public String toString() {
        String remembered = lastRequest().orElse("nothing");
        return name + " is " + (view().connected() ? "in " + state() : "not connected, was in " + state())
                + " (" + status()
                + "), TARGET " + target() + ", REQUEST " + request() + ", we asked for " + remembered + ", "
                + mode() + (manager().isEmpty() ? "" : " by " + manager())
                + (isStalled() ? ", stalled" : "")
                + (isSkipped() ? ", skipped" : "");
    }
}
