package dev.steward.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.data.Stat;

/** Nodes set through Curator, one or a hundred for each transaction; each expects the version that it left. */
final class BareZooKeeper implements BareWrites {
    private static final int SESSION_MILLIS = 20_000;
    private static final String PARENT = "/bare";

    private final CuratorFramework client;
    private final int[] versions;
    private int next;

    /** Makes so many nodes. */
    BareZooKeeper(String connectString, int nodes) throws Exception {
        client = ZooServer.connect(connectString, SESSION_MILLIS);
        versions = new int[nodes];
        client.create().forPath(PARENT);
        for (int i = 0; i < nodes; i++) {
            client.create().forPath(path(i), BareWrites.value(i));
        }
    }

    private static String path(int node) {
        return PARENT + "/thing-" + node;
    }

    @Override
    public void one() throws Exception {
        int node = next++ % versions.length;
        Stat left = client.setData().withVersion(versions[node]).forPath(path(node), BareWrites.value(next));
        versions[node] = left.getVersion();
    }

    @Override
    public void hundred() throws Exception {
        List<CuratorOp> all = new ArrayList<>(HUNDRED);
        for (int i = 0; i < HUNDRED; i++) {
            int node = next++ % versions.length;
            all.add(client.transactionOp()
                    .setData()
                    .withVersion(versions[node]++)
                    .forPath(path(node), BareWrites.value(next)));
        }
        client.transaction().forOperations(all);
    }

    @Override
    public void close() {
        client.close();
    }
}
