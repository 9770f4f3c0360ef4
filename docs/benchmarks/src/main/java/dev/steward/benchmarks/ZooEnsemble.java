package dev.steward.benchmarks;

import java.io.IOException;
import java.util.Collection;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;

/** Three ZooKeeper servers in this JVM, on the loopback, with their data on disk. Belongs to one thread. */
final class ZooEnsemble implements AutoCloseable {
    private static final int SERVERS = 3;

    private final TestingCluster cluster;

    ZooEnsemble() throws Exception {
        cluster = new TestingCluster(SERVERS);
        cluster.start();
        awaitWhole();
    }

    String connectString() {
        return cluster.getConnectString();
    }

    private Collection<InstanceSpec> servers() {
        return cluster.getInstances();
    }

    /** Waits until all servers serve. */
    void awaitWhole() {
        Await.until(
                "an ensemble of " + SERVERS,
                () -> servers().stream().filter(one -> !mode(one).isEmpty()).count() == SERVERS);
    }

    /** Kills the server that leads; answers which it was. */
    InstanceSpec killLeader() throws Exception {
        for (InstanceSpec one : servers()) {
            if (mode(one).equals("leader")) {
                cluster.killServer(one);
                return one;
            }
        }
        throw new IllegalStateException("no server leads");
    }

    /** Starts one that was killed. */
    void restart(InstanceSpec killed) throws Exception {
        cluster.restartServer(killed);
        awaitWhole();
    }

    private static String mode(InstanceSpec one) {
        try {
            return ZooServer.ask(one.getPort()).getOrDefault("Mode", "");
        } catch (Exception notServing) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
