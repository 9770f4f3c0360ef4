package dev.steward.testkit;

import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One write that was asked of a {@link FakeNode}, and what became of it so far. Safe for use by many threads. */
public final class FakeNodeWrite {
    private final NodeWrite write;
    private final Duration at;
    private volatile boolean done;
    private volatile @Nullable WriteOutcome answer;

    FakeNodeWrite(NodeWrite write, Duration at) {
        this.write = write;
        this.at = at;
    }

    /** What was asked. */
    public NodeWrite write() {
        return write;
    }

    /** When it was asked, since the fake was made. */
    public Duration at() {
        return at;
    }

    /** Whether the node has carried it out, whatever was answered. */
    public boolean isDone() {
        return done;
    }

    /** What was answered; empty if nothing was so far. */
    public Optional<WriteOutcome> answer() {
        return Optional.ofNullable(answer);
    }

    void done() {
        done = true;
    }

    void answered(WriteOutcome outcome) {
        answer = outcome;
    }

    @Override
    public String toString() {
        WriteOutcome said = answer;
        return write.text() + " at " + Trace.seconds(at.toNanos()) + ": " + (said == null ? "no answer" : said)
                + (done ? ", done" : ", not done");
    }
}
