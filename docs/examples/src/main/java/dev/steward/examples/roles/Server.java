package dev.steward.examples.roles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/** A ZooKeeper server of its own for the example, on a free port of this machine; real ones run elsewhere, three or five of them. */
final class Server implements AutoCloseable {
    private final ZooKeeperServerEmbedded server;

    private Server(ZooKeeperServerEmbedded server) {
        this.server = server;
    }

    static Server start(Path folder) throws Exception {
        Properties settings = new Properties();
        settings.setProperty(
                "dataDir", Files.createDirectories(folder.resolve("data")).toString());
        settings.setProperty("clientPortAddress", "127.0.0.1");
        settings.setProperty("clientPort", "0");
        settings.setProperty("tickTime", "200");
        settings.setProperty("admin.enableServer", "false");
        ZooKeeperServerEmbedded server = ZooKeeperServerEmbedded.builder()
                .baseDir(folder)
                .configuration(settings)
                .exitHandler(ExitHandler.LOG_ONLY)
                .build();
        server.start();
        return new Server(server);
    }

    String address() throws Exception {
        return server.getConnectionString();
    }

    @Override
    public void close() {
        server.close();
    }
}
