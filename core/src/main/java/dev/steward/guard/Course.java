package dev.steward.guard;

import dev.steward.node.NodeCause;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is going from the state that it is in, whether it may leave, and why it would. It sets TARGET, and STATUS once a state has
 * begun. Not safe for use by many threads.
 */
final class Course {
    private static final String NO_WAY = "no way";

    private final Records records;
    private final Notices notices;
    private boolean isComplete; // the last call of this visit has said so
    private boolean isStalled;
    private boolean isEntryAsked; // in MANUAL
    private boolean isAgainAsked;
    private String servedRequest; // what the state that runs is on its way for
    private String servedTarget;

    Course(Records records, Notices notices) {
        this.records = records;
        this.notices = notices;
        this.servedRequest = records.request;
        this.servedTarget = records.target;
    }

    /** A new visit has begun. */
    void begin(boolean stalls) {
        isComplete = false;
        isStalled = stalls;
        isEntryAsked = false;
        isAgainAsked = false;
    }

    /** The visit is broken off, by an error or a stop; a stall stays, and so does what was asked in MANUAL. */
    void breakOff() {
        boolean asked = isEntryAsked;
        begin(isStalled);
        isEntryAsked = asked;
    }

    /** The request is another, or the same once more. */
    void requested(boolean isDirect, boolean isAgain) {
        isStalled = false;
        isEntryAsked = isDirect;
        isAgainAsked = isAgain;
    }

    /** MODE is set, perhaps to what it is. */
    void modeSet(boolean isNew) {
        isEntryAsked &= !isNew;
        isStalled &= records.mode != NodeMode.AUTO;
    }

    /** A call has answered. */
    void answered(boolean complete) {
        isComplete = complete;
        records.status = progress();
        complain();
    }

    /** The state that is called now knows of the request and the target. */
    void serve() {
        servedRequest = records.request;
        servedTarget = records.target;
    }

    boolean isStalled() {
        return isStalled;
    }

    boolean isEntryAsked() {
        return isEntryAsked;
    }

    /** Why the state is left before its next call; null = it is not. */
    @Nullable
    NodeCause departure(Declared state) {
        if (records.mode == NodeMode.MANUAL) {
            return isEntryAsked ? NodeCause.MANUAL : isAgainAsked ? NodeCause.AGAIN : null;
        }
        if (isComplete && mayTakeEdge()) {
            return NodeCause.EDGE;
        }
        if (isAgainAsked && (isComplete || !state.isProtected())) {
            return NodeCause.AGAIN;
        }
        return isRedirected() && !state.isProtected() ? NodeCause.REDIRECT : null;
    }

    /** Whether a state that is complete goes on. */
    boolean mayTakeEdge() {
        return records.mode.followsGraph() && !records.target.equals(records.state);
    }

    /** Whether the request has changed the way since the state was last called, and not just the end of the way. */
    private boolean isRedirected() {
        return mayTakeEdge() && !records.request.equals(servedRequest) && !records.target.equals(servedTarget);
    }

    /** Works TARGET out anew, after anything that it depends on has changed. */
    void retarget(GuardSystem system) {
        if (isOnItsOwn()) {
            records.target = system.next(records.state, records.request).orElse(records.state);
        } else {
            records.target = isEntryAsked ? records.request : records.state;
        }
        if (records.status == NodeStatus.DONE || records.status == NodeStatus.RUN) {
            records.status = progress();
        }
        complain();
    }

    private NodeStatus progress() {
        return isComplete && records.isAtRequest() ? NodeStatus.DONE : NodeStatus.RUN;
    }

    private boolean isOnItsOwn() {
        return records.mode.followsGraph() && !isStalled;
    }

    /** A state without a way to the request is told; INIT only once it is complete, as it mostly jumps. */
    private void complain() {
        boolean isLost = isOnItsOwn()
                && !records.isAtRequest()
                && records.target.equals(records.state)
                && (isComplete || !records.state.equals(GuardSystem.INIT));
        if (isLost) {
            notices.trouble(NO_WAY, "no way from " + records.state + " to " + records.request);
        } else {
            notices.clear(NO_WAY);
        }
    }
}
