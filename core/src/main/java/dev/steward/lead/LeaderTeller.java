package dev.steward.lead;

import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordWriter;
import dev.steward.store.Versioned;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a process is for a role, and why: in its status, on the feed and in the log. Only the status is safe for use by many threads. */
final class LeaderTeller {
    private static final Logger log = LoggerFactory.getLogger(LeaderLoop.class);

    private final String role;
    private final String holder;
    private final String fenceKey;
    private final RecordCache cache;
    private final RecordWriter writer;
    private final StateFeed feed;
    private volatile LeaderStatus status;
    private long fenceSaid; // the revision of the fence that the status tells of; 0: none

    LeaderTeller(String role, String holder, RecordCache cache, RecordWriter writer, StateFeed feed) {
        this.role = role;
        this.holder = holder;
        this.cache = cache;
        this.writer = writer;
        this.feed = feed;
        fenceKey = Fence.TYPE.key(role);
        Reason none = new Reason(LeaderCause.NEW, "nothing has happened yet");
        status = new LeaderStatus(role, holder, LeaderPhase.FOLLOWING, none, Optional.empty(), Optional.empty());
    }

    LeaderStatus status() {
        return status;
    }

    /** The phase has changed. */
    void moved(LeaderPhase from, LeaderPhase to, LeaderCause cause, String text) {
        boolean ofACommit =
                to == LeaderPhase.COMMITTING || (from == LeaderPhase.COMMITTING && to == LeaderPhase.LEADING);
        say(to, cause, text);
        if (!ofACommit) {
            feed.publish(StateChange.entered(LeaderPhase.ROLE, role, to).because(status.cause()));
            log.atInfo()
                    .addKeyValue("role", role)
                    .addKeyValue("from", from)
                    .addKeyValue("to", to)
                    .log("{}", text);
        }
    }

    /** Something keeps it in its phase. */
    void say(LeaderPhase phase, LeaderCause cause, String text) {
        Optional<Versioned> fence = cache.get(fenceKey);
        Optional<Leadership> leader = Fence.read(fence).map(it -> new Leadership(role, it.term(), it.holder()));
        fenceSaid = revisionOf(fence);
        status = new LeaderStatus(role, holder, phase, new Reason(cause, text), leader, trouble());
    }

    private static long revisionOf(Optional<Versioned> fence) {
        return fence.isPresent() ? fence.get().revision() : 0;
    }

    private Optional<CommitAnswer> trouble() {
        Optional<CommitAnswer> own = writer.isReady() ? Optional.empty() : writer.trouble();
        return own.or(cache::trouble);
    }

    /** A pass is over: says what has changed without a move. */
    void endOfPass(LeaderPhase phase, Advice advice) {
        Reason cause = status.cause();
        boolean idle = phase == LeaderPhase.FOLLOWING && !advice.lead() && cause.code() != LeaderCause.SUPERSEDED;
        String text = idle && !advice.reason().isEmpty() ? advice.reason() : cause.text();
        boolean same = text.equals(cause.text()) && status.trouble().equals(trouble());
        if (!same || fenceSaid != revisionOf(cache.get(fenceKey))) {
            say(phase, idle ? LeaderCause.NOT_ADVISED : (LeaderCause) cause.code(), text);
        }
    }
}
