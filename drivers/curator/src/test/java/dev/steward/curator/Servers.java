package dev.steward.curator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** The one server that most tests share, each on ground of its own; begun with the first of them, ended with the process. */
final class Servers {
    private static final AtomicInteger GROUNDS = new AtomicInteger();
    private static final TestingServer SHARED = begin();

    private Servers() {}

    private static TestingServer begin() {
        try {
            return server();
        } catch (Exception failed) {
            throw new IllegalStateException("no server", failed);
        }
    }

    /** A server on the loopback and a free port, which looks for ended sessions often. */
    static TestingServer server() throws Exception {
        Path folder = Files.createTempDirectory("steward-zookeeper");
        return new TestingServer(spec(folder), true);
    }

    static InstanceSpec spec(Path folder) {
        return new InstanceSpec(folder.toFile(), -1, -1, -1, true, -1, 100, -1, Map.of(), "127.0.0.1");
    }

    static TestingServer shared() {
        return SHARED;
    }

    /** A root where nothing has ever been written. */
    static String ground() {
        return "/test-" + GROUNDS.incrementAndGet();
    }

    /** Options for that root. */
    static CuratorOptions options(String root) {
        return CuratorOptions.defaults().withRoot(root);
    }

    /** Ends a session as if it had timed out: a second connection takes it over, and closes it. */
    static void endSession(ZooKeeper zk, String connectString) throws IOException, InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        ZooKeeper twin = new ZooKeeper(
                connectString,
                2_000,
                event -> {
                    if (event.getState() != Watcher.Event.KeeperState.Disconnected) {
                        taken.countDown(); // or it had ended already
                    }
                },
                zk.getSessionId(),
                zk.getSessionPasswd());
        if (!taken.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the session was not taken over");
        }
        twin.close();
    }
}
