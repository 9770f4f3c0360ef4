package dev.steward.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jspecify.annotations.Nullable;

/** A candidate by Curator's latch alone, with a connection of its own. Belongs to one thread. */
final class BareLatch implements AutoCloseable {
    private static final String PATH = "/bare-latch";

    private final CuratorFramework client;
    private @Nullable LeaderLatch latch;
    private volatile CompletableFuture<Long> leads = new CompletableFuture<>();

    BareLatch(String connectString, int sessionMillis) {
        client = ZooServer.connect(connectString, sessionMillis);
    }

    CuratorFramework client() {
        return client;
    }

    /** Begins to stand in line. */
    void stand() throws Exception {
        leads = new CompletableFuture<>();
        LeaderLatch made = new LeaderLatch(client, PATH);
        made.addListener(new LeaderLatchListener() {
            @Override
            public void isLeader() {
                leads.complete(System.nanoTime());
            }

            @Override
            public void notLeader() {
                leads = new CompletableFuture<>();
            }
        });
        made.start();
        latch = made;
    }

    /** When it began to lead. */
    CompletableFuture<Long> leads() {
        return leads;
    }

    boolean isLeading() {
        return latch != null && latch.hasLeadership();
    }

    /** How many stand in line. */
    int candidates() {
        try {
            return requireNonNull(latch).getParticipants().size();
        } catch (Exception changing) {
            return -1; // one has left while they were counted
        }
    }

    /** Leaves the line. */
    void retire() throws IOException {
        requireNonNull(latch).close();
        latch = null;
    }

    @Override
    public void close() throws IOException {
        if (latch != null) {
            retire();
        }
        client.close();
    }
}
