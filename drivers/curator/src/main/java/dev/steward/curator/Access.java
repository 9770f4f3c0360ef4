package dev.steward.curator;

import java.util.List;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * The access list of what Curator makes over a connection of the store's own, which is that of the records: settled once the store has
 * found out whether the connection is authenticated. Safe for use by many threads.
 */
final class Access implements ACLProvider {
    private final List<ACL> before;
    private volatile @Nullable List<ACL> settled;

    Access(CuratorOptions options) {
        List<ACL> usual = options.logins().isEmpty() ? ZooDefs.Ids.OPEN_ACL_UNSAFE : ZooDefs.Ids.CREATOR_ALL_ACL;
        before = options.acl().isEmpty() ? usual : options.acl();
    }

    void settle(List<ACL> acl) {
        settled = acl;
    }

    boolean isSettled() {
        return settled != null;
    }

    @Override
    public List<ACL> getDefaultAcl() {
        List<ACL> now = settled;
        return now == null ? before : now;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
        return getDefaultAcl();
    }
}
