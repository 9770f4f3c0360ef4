package dev.steward.curator;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordKeys;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.common.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on ZooKeeper, 3.9 or later, through Curator.
 *
 * <p><b>How.</b> Each record is a node; a batch is one transaction, and its zxid is the revision. A recursive watch feeds a copy of all
 * records in this process, from which {@link #changes} is answered; {@link #read} asks the servers to bring this process up to date
 * first. So both show every commit that was answered before they were called, by whatever process for {@code read}, by this one for
 * {@code changes}.
 *
 * <p><b>Connection.</b> Opening never waits. While the connection is suspended or lost, calls are answered as unavailable, and batches
 * that were sent but not answered as unknown; when it is back, the records are read anew, which takes some seconds for 100,000 of them,
 * and followers go on where they were. The session's end loses nothing, for no record is tied to it.
 *
 * <p><b>Limits.</b> A request takes 1 MiB unless {@code jute.maxbuffer} says otherwise; a batch that takes more is refused by name. The
 * names of one folder are listed in one answer of that size, so a folder should not hold more than about 50,000 records: spread them
 * over folders. 10,000 calls may wait for answers; one more is answered as unavailable. A page of changes ends with the commit that
 * takes it over 4 MiB.
 *
 * <p><b>Threads.</b> Safe for use by many threads. Has one daemon thread, on which answers and hints are told; they should not take long.
 */
public final class CuratorRecordStore implements RecordStore {
    private static final Logger log = LoggerFactory.getLogger(CuratorRecordStore.class);
    private static final long ANSWERS = TimeUnit.SECONDS.toNanos(3); // which a store that is being closed waits for
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(4);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CuratorFramework client;
    private final boolean own;
    private final Layout roles; // as the client is asked, which puts its namespace before it
    private final StoreThread thread;
    private final Keeper keeper;
    private final Link link;
    private final Desk desk;
    private final Access access;
    private volatile long closedAt;
    private boolean ended; // by the store's thread

    /**
     * A store on a connection of the host's, which it starts and closes; it may be used for other things too. Its namespace, if it has
     * one, and the chroot of its connect string, which must exist, stand before the root. What access the nodes of {@link #election}
     * give is the business of its {@code ACLProvider}.
     */
    public CuratorRecordStore(CuratorFramework client, CuratorOptions options) {
        this(client, options, TimeSource.system(), "", false);
    }

    CuratorRecordStore(CuratorFramework client, CuratorOptions options, TimeSource time, String chroot, boolean own) {
        this(client, options, time, chroot, own, new Access(options));
    }

    /** @param access what the client asks for access lists, if it is the store's own */
    CuratorRecordStore(
            CuratorFramework client,
            CuratorOptions options,
            TimeSource time,
            String chroot,
            boolean own,
            Access access) {
        this.client = checkNotNull(client, "client");
        this.own = own;
        this.access = access;
        String namespace = client.getNamespace();
        String before = namespace == null || namespace.isEmpty() ? chroot : chroot + '/' + namespace;
        Layout layout = new Layout(before + options.root());
        roles = own ? layout : new Layout(options.root());
        thread = new StoreThread();
        desk = new Desk(thread);
        keeper = new Keeper(layout, options, time, thread, access);
        link = new Link(client, time, keeper);
        thread.begin(this::tick);
        link.begin();
    }

    /**
     * A store on a connection of its own.
     *
     * @param connectString hosts and ports with commas between them, and a chroot if wanted, which is made if it is absent
     */
    public static CuratorRecordStore connect(String connectString, CuratorOptions options) {
        int slash = connectString.indexOf('/');
        String chroot = slash < 0 || slash == connectString.length() - 1 ? "" : connectString.substring(slash);
        if (!chroot.isEmpty()) {
            PathUtils.validatePath(chroot);
        }
        Access access = new Access(options);
        CuratorFramework client =
                client(slash < 0 ? connectString : connectString.substring(0, slash), options, access);
        client.start();
        return new CuratorRecordStore(client, options, TimeSource.system(), chroot, true, access);
    }

    static CuratorFramework client(String hosts, CuratorOptions options) {
        return client(hosts, options, new Access(options));
    }

    static CuratorFramework client(String hosts, CuratorOptions options, Access access) {
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(hosts)
                .ensembleTracker(false)
                .sessionTimeoutMs(Math.toIntExact(options.sessionTimeout().toMillis()))
                .connectionTimeoutMs(Math.toIntExact(options.sessionTimeout().toMillis()))
                .retryPolicy(new ExponentialBackoffRetry(100, 10))
                .aclProvider(access);
        if (!options.logins().isEmpty()) {
            builder.authorization(options.logins());
        }
        return builder.build();
    }

    /**
     * A candidate for a role, over the connection of this store, which must outlive it. If the connection is the store's own, it stands
     * in line once the store is open, and its nodes give the same access as the records.
     */
    public CuratorLeaderElection election(String role, String holder) {
        return new CuratorLeaderElection(client, roles.role(role), holder, () -> !own || access.isSettled());
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        checkNotNull(batch, "batch");
        Consumer<CommitAnswer> answer = desk.enter(then);
        desk.post(() -> keeper.commit(batch, answer), answer);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        checkNotNull(query, "query");
        Consumer<ChangesAnswer> answer = desk.enter(then);
        desk.post(() -> keeper.changes(query, answer), answer);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        keys.forEach(RecordKeys::check);
        Set<String> asked = Set.copyOf(keys);
        Consumer<ReadAnswer> answer = desk.enter(then);
        desk.post(() -> keeper.read(asked, answer), answer);
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        checkNotNull(hint, "hint");
        Object tie = new Object();
        if (!desk.isClosed()) {
            keeper.hints().put(tie, hint);
        }
        return () -> keeper.hints().remove(tie);
    }

    /**
     * As {@link RecordStore#close}: what was asked before is sent and its answers are awaited, for 3 s at most; then the connection is
     * closed if it is the store's own, which tells the servers that the session has ended. Waits until all this is done, for 5 s at
     * most, unless it is called by an answer or a hint. A thread of ZooKeeper's or Curator's should not call it, since answers come by
     * these.
     */
    @Override
    public void close() {
        synchronized (desk) {
            if (!desk.isClosed()) {
                closedAt = System.nanoTime();
                desk.close(this::end);
            }
        }
        if (!thread.awaitEnd(PATIENCE)) {
            log.atWarn().addKeyValue("root", keeper.layout().root()).log("is still being closed");
        }
    }

    private void tick() {
        link.tick();
        long closing = desk.isClosed() ? System.nanoTime() - closedAt : 0;
        if (closing >= ANSWERS) {
            end();
        }
        if (closing >= LONGEST) {
            thread.end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            keeper.close();
            link.end(own, thread::end);
        }
    }
}
