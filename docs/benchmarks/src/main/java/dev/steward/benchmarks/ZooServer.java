package dev.steward.benchmarks;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;

/** One ZooKeeper server in this JVM, on the loopback, with its data on disk. Safe for use by many threads. */
final class ZooServer implements AutoCloseable {
    /** By which the server counts sessions: one ends up to so much later than its time-out says. */
    static final int TICK_MILLIS = 200;

    private static final String LOOPBACK = "127.0.0.1";
    private static final int RETRY_MILLIS = 10;

    private final TestingServer server;

    ZooServer() throws Exception {
        server = new TestingServer(
                new InstanceSpec(
                        null,
                        -1,
                        -1,
                        -1,
                        true,
                        1,
                        TICK_MILLIS,
                        -1,
                        Map.of("clientPortAddress", LOOPBACK, "maxSessionTimeout", "30000"),
                        LOOPBACK),
                true);
    }

    String connectString() {
        return server.getConnectString();
    }

    /** The number of the last transaction. */
    long zxid() throws IOException, SSLContextException {
        return Long.decode(ask(server.getPort()).getOrDefault("Zxid", "?"));
    }

    /** What the server at a port of the loopback says of itself. */
    static Map<String, String> ask(int port) throws IOException, SSLContextException {
        String answer = FourLetterWordMain.send4LetterWord(LOOPBACK, port, "srvr");
        return Splitter.on('\n')
                .splitToStream(answer)
                .filter(line -> line.contains(": "))
                .map(line -> Splitter.on(": ").limit(2).splitToList(line))
                .collect(Collectors.toMap(line -> line.get(0), line -> line.get(1), (first, second) -> first));
    }

    /** A connection that asks again at once when it has lost its server. */
    static CuratorFramework connect(String connectString, int sessionMillis) {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(connectString)
                .sessionTimeoutMs(sessionMillis)
                .connectionTimeoutMs(sessionMillis)
                .ensembleTracker(false)
                .retryPolicy(new RetryForever(RETRY_MILLIS))
                .build();
        client.start();
        return client;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
