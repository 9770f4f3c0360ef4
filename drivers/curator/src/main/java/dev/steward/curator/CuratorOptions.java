package dev.steward.curator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.AuthInfo;
import org.apache.zookeeper.common.PathUtils;
import org.apache.zookeeper.data.ACL;

/**
 * How a store uses ZooKeeper. Immutable; {@link #toString} leaves the credentials out.
 *
 * @param root the node that everything stands below, made with its parents if it is absent; by default {@code /steward}. All processes
 *     of a store name the same one
 * @param acl who may do what with the nodes that this process makes, also above the root, and those of elections if the connection is
 *     made by {@link CuratorRecordStore#connect}; empty, the default: the creator alone if the connection is authenticated, else
 *     everybody, which is logged as a warning
 * @param remembered how long a deletion is remembered, by the servers' clock and by that of each process; an hour by default, and at
 *     least a minute and three times {@code sessionTimeout}
 * @param patience how long a call waits while the store is being opened, before it is answered as unavailable; 5 s by default. A
 *     connection that is known to be lost is answered at once
 * @param mostBytes the most bytes of one request; 0, the default: what {@code jute.maxbuffer} is in this process, else 1 MiB. Set it if
 *     the servers take less
 * @param sessionTimeout after how long the servers give up a process that they do not hear; {@link CuratorRecordStore#connect} only, 10 s
 *     by default
 * @param logins the credentials; {@link CuratorRecordStore#connect} only, none by default
 */
public record CuratorOptions(
        String root,
        List<ACL> acl,
        Duration remembered,
        Duration patience,
        int mostBytes,
        Duration sessionTimeout,
        List<AuthInfo> logins) {
    private static final Duration LEAST_REMEMBERED = Duration.ofMinutes(1); // longer than any batch is on its way
    private static final CuratorOptions DEFAULTS = new CuratorOptions(
            "/steward", List.of(), Duration.ofHours(1), Duration.ofSeconds(5), 0, Duration.ofSeconds(10), List.of());

    /** @throws IllegalArgumentException if the root is no path or is the root of all, or a figure is out of range */
    public CuratorOptions {
        PathUtils.validatePath(root);
        checkArgument(root.length() > 1, "the root of a store cannot be that of all nodes: %s", root);
        acl = List.copyOf(acl);
        checkArgument(!patience.isNegative(), "patience is below zero: %s", patience);
        checkArgument(mostBytes == 0 || mostBytes >= 4_096, "mostBytes is below 4096: %s", mostBytes);
        checkArgument(
                isPositive(sessionTimeout) && sessionTimeout.compareTo(Duration.ofHours(1)) <= 0,
                "sessionTimeout is not within an hour: %s",
                sessionTimeout);
        checkArgument(remembered.compareTo(LEAST_REMEMBERED) >= 0, "remembered is below a minute: %s", remembered);
        checkArgument(
                remembered.compareTo(sessionTimeout.multipliedBy(3)) >= 0,
                "remembered is below three times the sessionTimeout of %s: %s",
                sessionTimeout,
                remembered);
        logins = List.copyOf(logins);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** What fits most. */
    public static CuratorOptions defaults() {
        return DEFAULTS;
    }

    /** These, with another root. */
    public CuratorOptions withRoot(String other) {
        return new CuratorOptions(other, acl, remembered, patience, mostBytes, sessionTimeout, logins);
    }

    /** These, with an access list of the host's own. */
    public CuratorOptions withAcl(List<ACL> other) {
        return new CuratorOptions(root, other, remembered, patience, mostBytes, sessionTimeout, logins);
    }

    /** These, with another memory of deletions. */
    public CuratorOptions withRemembered(Duration other) {
        return new CuratorOptions(root, acl, other, patience, mostBytes, sessionTimeout, logins);
    }

    /** These, with another patience. */
    public CuratorOptions withPatience(Duration other) {
        return new CuratorOptions(root, acl, remembered, other, mostBytes, sessionTimeout, logins);
    }

    /** These, with another limit for one request. */
    public CuratorOptions withMostBytes(int other) {
        return new CuratorOptions(root, acl, remembered, patience, other, sessionTimeout, logins);
    }

    /** These, with another time until the servers give up a silent process. */
    public CuratorOptions withSessionTimeout(Duration other) {
        return new CuratorOptions(root, acl, remembered, patience, mostBytes, other, logins);
    }

    /** These, with one login more, such as {@code digest} and the bytes of {@code user:password}. */
    public CuratorOptions withLogin(String scheme, byte[] credentials) {
        List<AuthInfo> more = new ArrayList<>(logins);
        more.add(new AuthInfo(checkNotNull(scheme, "scheme"), credentials.clone()));
        return new CuratorOptions(root, acl, remembered, patience, mostBytes, sessionTimeout, more);
    }

    /** All but the credentials. */
    @Override
    public String toString() {
        return "CuratorOptions[root=" + root + ", acl=" + acl + ", remembered=" + remembered + ", patience=" + patience
                + ", mostBytes=" + mostBytes + ", sessionTimeout=" + sessionTimeout + ", logins=" + logins.size() + "]";
    }
}
