package dev.steward.guard;

import dev.steward.guard.StateResult.Jump;
import dev.steward.node.NodeCause;
import dev.steward.node.NodeError;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.WriteOutcome;
import dev.steward.time.TimeSource;

/**
 * The node's rules: what becomes of what is asked of it, and its cycle. What it decides stands in {@link Records} until the pass shows it.
 * Not safe for use by many threads.
 */
final class Machine {
    private static final long NOT_BY_ITSELF = Long.MAX_VALUE;
    private static final String ERROR = "error";

    private final String node;
    private final TimeSource time;
    private final Teller teller;
    private final Notices notices;
    private final UserCode code;
    private final Records records;
    private final Course course;
    private final Pace pace = new Pace();
    private final long periodNanos;
    private final boolean restartsOnRequest;
    private GuardSystem system;
    private CurrentVisit visit;
    private long now;
    private boolean isStarted;
    private boolean isRecovering; // from an error: main is called before anything else

    Machine(
            String node,
            GuardSystem system,
            TimeSource time,
            GuardNode.Options options,
            Teller teller,
            Notices notices) {
        this.node = node;
        this.system = system;
        this.time = time;
        this.teller = teller;
        this.notices = notices;
        this.code = new UserCode(time, options.callLimit());
        this.records = new Records(options, system, time.now());
        this.course = new Course(records, notices);
        this.periodNanos = TimeSource.saturatedNanos(options.period());
        this.restartsOnRequest = options.restartsOnRequest();
        this.visit = new CurrentVisit(this, system.declared(records.state));
        course.retarget(system);
    }

    // what is asked

    WriteOutcome request(String state) {
        if (!system.has(state)) {
            return WriteOutcome.refused("no state " + state + " in " + system.states());
        }
        boolean isThere = isStarted && state.equals(records.state);
        boolean isDirect = records.mode == NodeMode.MANUAL && !isThere;
        boolean isAgain = restartsOnRequest
                && isThere
                && state.equals(records.request)
                && records.error == NodeError.FALSE
                && !visit.isFresh();
        records.request = state;
        course.requested(isDirect, isAgain);
        if (records.error != NodeError.FALSE && isDirect) {
            clearError(); // it is left for another state, and not entered once more
        }
        recover();
        course.retarget(system);
        return WriteOutcome.accepted();
    }

    WriteOutcome manage(String by) {
        records.manager = by;
        return mode(NodeMode.MANAGED);
    }

    WriteOutcome release(boolean forgetManager) {
        if (forgetManager) {
            records.manager = "";
        }
        return mode(NodeMode.AUTO);
    }

    WriteOutcome mode(NodeMode mode) {
        boolean isNew = mode != records.mode;
        records.mode = mode;
        course.modeSet(isNew);
        course.retarget(system);
        return WriteOutcome.accepted();
    }

    WriteOutcome operate(NodeOp op) {
        records.op = op;
        if (op == NodeOp.STOP) {
            stop();
        }
        return WriteOutcome.accepted();
    }

    WriteOutcome load(GuardSystem other) {
        if (!other.has(records.request)) {
            return WriteOutcome.refused("the requested state " + records.request + " has vanished");
        }
        if (!other.has(records.state)) {
            if (isStarted) {
                return WriteOutcome.refused("the state " + records.state + " has vanished");
            }
            records.state = GuardSystem.INIT; // where it begins anyway
        }
        system = other;
        records.nominal = other.nominal().orElse("");
        visit.reload(other.declared(records.state));
        recover();
        course.retarget(system);
        return WriteOutcome.accepted();
    }

    /** Clears an error, and begins the state anew. */
    private void recover() {
        if (records.error != NodeError.FALSE) {
            clearError();
            enter(records.state, NodeCause.AGAIN, "after an error", course.isStalled());
            isRecovering = true;
        }
    }

    private void clearError() {
        records.error = NodeError.FALSE;
        records.status = NodeStatus.MAIN;
        notices.clear(ERROR);
    }

    private void stop() {
        isStarted = false;
        isRecovering = false;
        clearError();
        records.status = NodeStatus.INIT;
        visit.end();
        notices.beginCycle();
        course.breakOff();
        course.retarget(system);
    }

    // the cycle

    /** Makes the cycle if it is due; answers the nanoseconds until the next one. */
    long cycle(long at) {
        now = at;
        if (records.op != NodeOp.EXEC) {
            return NOT_BY_ITSELF;
        }
        if (!isStarted) {
            start();
        }
        if (records.error != NodeError.FALSE) {
            return NOT_BY_ITSELF;
        }
        long left = pace.nanosLeft(at, period());
        if (left > 0) {
            return left;
        }
        pace.ran(at, period(), periodNanos);
        notices.beginCycle();
        turn();
        return records.error == NodeError.FALSE ? pace.nanosLeft(at, period()) : NOT_BY_ITSELF;
    }

    /** Begins at INIT; what was asked in MANUAL meanwhile is entered from there. */
    private void start() {
        boolean isEntryAsked = course.isEntryAsked() && !records.request.equals(GuardSystem.INIT);
        isStarted = true;
        pace.restart();
        enter(GuardSystem.INIT, NodeCause.STARTED, "", false);
        if (isEntryAsked) {
            course.requested(true, false);
            course.retarget(system);
        }
        course.serve();
    }

    /** How often {@code run} is called here; what is to be entered or left does not wait for a state that runs seldom. */
    private long period() {
        long own = visit.declared().periodNanos();
        if (own == 0) {
            return periodNanos;
        }
        boolean isLeft = course.departure(visit.declared()) != null;
        return visit.isFresh() || isLeft ? Math.min(own, periodNanos) : own;
    }

    private void turn() {
        if (!isRecovering || course.isEntryAsked()) {
            leaveIfAsked();
            course.serve();
        }
        isRecovering = false;
        StateResult result = code.call(visit, now);
        if (result == null) {
            Throwable thrown = code.thrown();
            fail(Thrown.text(thrown));
            teller.defect(code.lastMethod() + " of " + records.state, thrown);
            Thrown.rethrowFatal(thrown);
        } else if (result instanceof Jump jump) {
            jump(jump.state());
        } else if (result == StateResult.DONE) {
            course.answered(true);
            if (course.mayTakeEdge()) {
                move(records.target, NodeCause.EDGE, false);
            }
        } else if (result == StateResult.GO_ON) {
            course.answered(false);
        } else {
            throw new IllegalStateException("an answer of a new kind: " + result);
        }
    }

    private void leaveIfAsked() {
        NodeCause cause = course.departure(visit.declared());
        if (cause == NodeCause.AGAIN) {
            enter(records.state, cause, "asked for again", false);
        } else if (cause != null) {
            move(records.target, cause, false);
        }
    }

    private void jump(String to) {
        if (system.has(to)) {
            boolean stalls = records.mode != NodeMode.AUTO && !to.equals(records.request);
            move(to, stalls ? NodeCause.STALL : NodeCause.JUMP, stalls);
        } else {
            String text = "a jump to " + to + ", which is no state";
            fail(text);
            teller.warn(code.lastMethod() + " of " + records.state + ": " + text);
        }
    }

    private void fail(String text) {
        course.breakOff();
        records.error = NodeError.TRUE;
        records.status = records.status == NodeStatus.DONE ? NodeStatus.RUN : records.status;
        visit.end();
        visit = new CurrentVisit(this, visit.declared());
        notices.trouble(ERROR, code.lastMethod() + " of " + records.state + ": " + text);
    }

    private void move(String to, NodeCause cause, boolean stalls) {
        String from = "from " + records.state;
        enter(to, cause, stalls ? from + ", the request stays " + records.request : from, stalls);
        course.serve();
    }

    private void enter(String state, NodeCause cause, String why, boolean stalls) {
        visit.end();
        visit = new CurrentVisit(this, system.declared(state));
        records.state = state;
        records.status = NodeStatus.MAIN;
        records.stateSince = time.now();
        isRecovering = false;
        course.begin(stalls);
        course.retarget(system);
        teller.entered(state, cause, why);
    }

    // what its parts ask

    String node() {
        return node;
    }

    GuardSystem system() {
        return system;
    }

    Records records() {
        return records;
    }

    Notices notices() {
        return notices;
    }

    UserCode code() {
        return code;
    }

    long now() {
        return now;
    }

    void log(String message) {
        teller.line(records.state, code.method(), message);
    }
}
