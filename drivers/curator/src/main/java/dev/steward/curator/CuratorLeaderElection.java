package dev.steward.curator;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Advises the candidate who has stood in line the longest, by Curator's latch: a node of each candidate, tied to its session.
 *
 * <p>It is advice, as all elections are: just after a session has ended two candidates may be advised at once. While the connection is
 * suspended nobody here is; once it is back, the candidate stands in line again by itself. Another one is advised at once when this one
 * resigns or closes, and after the session's time-out, which the connection was made with, when its process dies or is cut off.
 *
 * <p>Closing it and resigning send the removal of its node at once and do not wait for it; whoever closes the connection or the store
 * that it came from does so after that removal, since a session's requests keep their order.
 *
 * <p>The connection belongs to whoever made it. Threads: as {@link LeaderElection}; the wake-up comes from a thread of Curator's.
 */
public final class CuratorLeaderElection implements LeaderElection {
    private static final Logger log = LoggerFactory.getLogger(CuratorLeaderElection.class);
    private static final Advice LEAD = new Advice(true, Step.after(Duration.ofSeconds(1)));
    private static final Advice WAIT = new Advice(false, Step.after(Duration.ofSeconds(1)));
    private static final Advice LEAD_UNWOKEN = new Advice(true, Step.after(Duration.ofMillis(50)));
    private static final Advice WAIT_UNWOKEN = new Advice(false, Step.after(Duration.ofMillis(50)));
    private static final Advice NEVER = new Advice(false, Step.parked());

    private final CuratorFramework client;
    private final String path;
    private final String holder;
    private final BooleanSupplier ready;
    private volatile @Nullable WakeUp wakeUp;
    private @Nullable LeaderLatch latch;
    private boolean closed;

    /**
     * A candidate; begins to stand in line with the first {@link #poll}.
     *
     * @param client a started connection; its {@code ACLProvider} says what access the nodes give
     * @param path a node of the role's own, made if it is absent, below which the candidates are
     * @param holder what people see of the candidate
     */
    public CuratorLeaderElection(CuratorFramework client, String path, String holder) {
        this(client, path, holder, () -> true);
    }

    /** @param ready whether it may stand in line yet */
    CuratorLeaderElection(CuratorFramework client, String path, String holder, BooleanSupplier ready) {
        this.client = checkNotNull(client, "client");
        PathUtils.validatePath(path);
        this.path = path;
        this.holder = checkNotNull(holder, "holder");
        this.ready = ready;
    }

    @Override
    public Advice poll() {
        if (closed) {
            return NEVER;
        }
        if (latch == null && ready.getAsBoolean()) {
            latch = standInLine();
        }
        boolean lead = latch != null && latch.hasLeadership();
        if (wakeUp == null || latch == null) {
            return lead ? LEAD_UNWOKEN : WAIT_UNWOKEN;
        }
        return lead ? LEAD : WAIT;
    }

    private @Nullable LeaderLatch standInLine() {
        LeaderLatch made = new LeaderLatch(client, path, holder);
        made.addListener(new LeaderLatchListener() {
            @Override
            public void isLeader() {
                wake();
            }

            @Override
            public void notLeader() {
                wake();
            }
        });
        try {
            made.start();
            return made;
        } catch (Exception failed) { // the connection is closed, or was never started
            log.atWarn().addKeyValue("path", path).setCause(failed).log("cannot stand in line");
            return null;
        }
    }

    private void wake() {
        WakeUp now = wakeUp;
        if (now != null) {
            now.wake();
        }
    }

    @Override
    public void resign() {
        leaveLine();
    }

    private void leaveLine() {
        LeaderLatch left = latch;
        latch = null;
        if (left != null) {
            try {
                left.close();
            } catch (IOException | IllegalStateException failed) {
                // a closed connection has taken the node with it
                log.atLevel(client.getState() == CuratorFrameworkState.STARTED ? Level.WARN : Level.DEBUG)
                        .addKeyValue("path", path)
                        .setCause(failed)
                        .log("left the line, perhaps late");
            }
        }
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        this.wakeUp = checkNotNull(wakeUp, "wakeUp");
    }

    @Override
    public void close() {
        closed = true;
        leaveLine();
    }
}
