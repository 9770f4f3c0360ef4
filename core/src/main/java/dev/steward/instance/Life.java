package dev.steward.instance;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One life of an instance that is not known to be over, as far as the manager knows it: ordered, running, or its first process gone and
 * others of it lingering. And how far its stop plan has got. Not safe for use by many threads.
 */
final class Life {
    private static final int NOT_TOLD_TO_STOP = -1;

    private final Incarnation id;
    private final long ticket;
    private final @Nullable LaunchSpec launched;
    private long pid;
    private boolean leaderGone;
    private OptionalLong memory = OptionalLong.empty();
    private int round = NOT_TOLD_TO_STOP;
    private boolean refused;
    private boolean adopted;
    private long since;

    /**
     * A life that has been ordered or was just found.
     *
     * @param ticket of the last look that was asked for before: only a census of a later one can tell that this life is over
     * @param launched with what; null if somebody else launched it
     * @param pid 0 if it is not known
     */
    Life(Incarnation id, long ticket, @Nullable LaunchSpec launched, long pid) {
        this.id = id;
        this.ticket = ticket;
        this.launched = launched;
        this.pid = pid;
    }

    Incarnation id() {
        return id;
    }

    long ticket() {
        return ticket;
    }

    long pid() {
        return pid;
    }

    /** Since when it runs, on the monotonic clock; of meaning once it has been seen running. */
    long since() {
        return since;
    }

    void began(long nanos) {
        since = nanos;
    }

    /** An earlier manager has launched it. */
    void adopted() {
        adopted = true;
    }

    boolean isAdopted() {
        return adopted;
    }

    /** The text without the secrets that this life was launched with. */
    String hide(String text) {
        return launched == null ? text : Secret.hideAll(launched, text);
    }

    void seenRunning(long seen) {
        pid = seen;
    }

    void measured(long bytes) {
        memory = OptionalLong.of(bytes);
    }

    /** As last measured. */
    OptionalLong memory() {
        return memory;
    }

    /** Its first process has ended, and others of it have not. */
    void lingers() {
        leaderGone = true;
    }

    boolean isRunning() {
        return pid != 0 && !leaderGone;
    }

    boolean isLingering() {
        return leaderGone;
    }

    /** Whether its whole stop plan has not helped. */
    boolean hasRefused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    /** What to begin a stop with: the first of the plan, or the last if the whole plan was tried before. */
    StopPlan.Round firstRound(StopPlan plan) {
        round = refused ? plan.signals().size() - 1 : 0;
        return plan.signals().get(round);
    }

    boolean hasNextRound(StopPlan plan) {
        return round < plan.signals().size() - 1;
    }

    /** What to go on with; only while there {@link #hasNextRound}. */
    StopPlan.Round nextRound(StopPlan plan) {
        return plan.signals().get(++round);
    }

    /** {@code pid 12}, or what to say while the pid is not known. */
    String describe() {
        return pid == 0 ? "life " + id.id() : "pid " + pid;
    }
}
