package dev.steward.curator;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a store does: its calls, one session after the other, and what of them waits for what. Belongs to the store's thread, but for
 * {@link #post} and the hints.
 */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final int USUAL_MOST = 0xfffff;
    private static final int SLACK = 1_024;

    /** A look that waits until what was heard of before it is shown. */
    private record Look(long revision, Runnable go, Consumer<? super StoreTrouble> refuse) {}

    private final Layout layout;
    private final CuratorOptions options;
    private final StoreThread thread;
    private final Access access;
    private final ServerClock clock;
    private final Gate gate;
    private final Mirror mirror = new Mirror();
    private final Map<Object, WakeUp> hints = new ConcurrentHashMap<>();
    private final Deque<Look> looks = new ArrayDeque<>();
    private final Set<Flight> flights = new HashSet<>();
    private final List<Flight> unclear = new ArrayList<>();
    private @Nullable Session session;
    private boolean settling;
    private boolean hintFailed;
    private String warned = "";

    Keeper(Layout layout, CuratorOptions options, TimeSource time, StoreThread thread, Access access) {
        this.layout = layout;
        this.options = options;
        this.thread = thread;
        this.access = access;
        clock = new ServerClock(time, options.remembered());
        gate = new Gate(time, options.patience());
    }

    Layout layout() {
        return layout;
    }

    Mirror mirror() {
        return mirror;
    }

    Gate gate() {
        return gate;
    }

    Map<Object, WakeUp> hints() {
        return hints;
    }

    void post(Runnable task) {
        thread.post(task);
    }

    /** The most bytes that a request may take. */
    long mostBytes(ZooKeeper zk) {
        long most = options.mostBytes() > 0
                ? options.mostBytes()
                : zk.getClientConfig().getInt("jute.maxbuffer", USUAL_MOST);
        return most - SLACK;
    }

    // ---- calls

    void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        gate.enter(
                () -> {
                    Session now = current();
                    now.sweep().begin(options.remembered());
                    Flight flight = new Flight(batch, then, now, this);
                    flights.add(flight);
                    fly(flight);
                },
                then);
    }

    /** Sends a batch, now or when it is clear what to expect. */
    void fly(Flight flight) {
        if (flight.isUnclear()) {
            unclear.add(flight);
        } else {
            flight.send();
        }
    }

    /** A batch is about to be answered; false if it was already. */
    boolean landed(Flight flight) {
        return flights.remove(flight);
    }

    /** A transaction of ours was applied. */
    void wrote(Stat marker, Transaction transaction) {
        long revision = marker.getMzxid();
        clock.observe(marker.getMtime());
        mirror.heard(revision);
        transaction.left().forEach((key, znode) -> mirror.know(key, znode.at(revision, marker.getMtime())));
    }

    void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        gate.enter(() -> whenShown(() -> then.accept(mirror.table().changes(query)), then), then);
    }

    void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        gate.enter(() -> readSynced(keys, then, current()), then);
    }

    private void readSynced(Set<String> keys, Consumer<? super ReadAnswer> then, Session asked) {
        asked.zk()
                .sync(
                        layout.root(),
                        (rc, path, context) -> post(() -> {
                            Code code = Failure.code(rc);
                            if (code == Code.OK && !asked.isOver()) {
                                whenShown(() -> then.accept(find(keys)), then);
                            } else {
                                then.accept(new StoreTrouble.Unavailable("not connected to ZooKeeper: " + code));
                            }
                        }),
                        null);
    }

    private ReadAnswer find(Set<String> keys) {
        List<Versioned> found = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            Znode znode = mirror.table().get(key);
            if (znode != null && znode.kind() == Znode.Kind.UNREADABLE) {
                return new StoreTrouble.Refused(layout.path(key) + ": holds something that no store has written");
            }
            if (znode != null && znode.isRecord()) {
                found.add(new Versioned(key, znode.revision(), znode.value()));
            }
        }
        return new ReadAnswer.Found(found, mirror.table().asOf());
    }

    /** Does something once all is shown that has been heard of by now. */
    private void whenShown(Runnable go, Consumer<? super StoreTrouble> refuse) {
        if (mirror.isShown()) {
            go.run();
        } else {
            looks.add(new Look(mirror.newest(), go, refuse));
            settleSoon();
        }
    }

    // ---- sessions

    @Nullable
    Session session() {
        return session;
    }

    private Session current() {
        if (session == null) {
            throw new IllegalStateException("open without a session");
        }
        return session;
    }

    /** Begins to use a connection. */
    void begin(ZooKeeper zk, Watcher watcher) {
        session = new Session(zk, watcher, layout, options.acl(), mirror, this, clock);
        session.begin();
    }

    /** The session is of no use any more. What was sent is answered by ZooKeeper's client; what was not is answered here. */
    void sessionLost(Session lost, String why) {
        if (lost == session && !lost.isOver()) {
            warn(why);
            end(new StoreTrouble.Unavailable("not connected to ZooKeeper: " + why));
        }
    }

    /** The store must not be used as it is. */
    void refused(StoreTrouble.Refused why) {
        warn(why.reason());
        end(why);
    }

    private void warn(String why) {
        if (!why.equals(warned)) {
            log.atWarn().addKeyValue("root", layout.root()).log("out of use: {}", why);
        }
        warned = why;
    }

    private void end(StoreTrouble why) {
        if (session != null) {
            session.end();
        }
        mirror.interrupt();
        gate.shut(why);
        List<Look> refusedLooks = new ArrayList<>(looks);
        looks.clear();
        refusedLooks.forEach(look -> look.refuse.accept(why));
        List<Flight> unsent = new ArrayList<>(unclear);
        unclear.clear();
        unsent.forEach(flight -> flight.answer(why));
    }

    /** Ends for good; what is not answered is answered. */
    void close() {
        end(new StoreTrouble.Refused("the store is closed"));
        new ArrayList<>(flights).forEach(flight -> flight.answer(new StoreTrouble.Unknown("the store was closed")));
        hints.clear();
    }

    // ---- what follows from news

    /** Draws the consequences of what was heard, once for all that is waiting to be heard. */
    void settleSoon() {
        if (!settling) {
            settling = true;
            post(this::settle);
        }
    }

    private void settle() {
        settling = false;
        if (session == null || session.isOver()) {
            return;
        }
        boolean shown = mirror.show();
        clock.seen(mirror.table().asOf());
        if (shown && !gate.isOpen()) {
            log.atInfo()
                    .addKeyValue("root", layout.root())
                    .addKeyValue("nodes", mirror.table().size())
                    .log("in use");
            warned = "";
            access.settle(session.acl());
            gate.open();
        }
        while (!looks.isEmpty() && looks.peek().revision <= mirror.table().asOf()) {
            looks.remove().go.run();
        }
        List<Flight> again = new ArrayList<>(unclear);
        unclear.clear();
        again.forEach(this::fly);
        if (shown) {
            hint();
        }
    }

    void hint() {
        for (WakeUp each : hints.values()) {
            try {
                each.wake();
            } catch (RuntimeException | Error thrown) { // a defect of whoever gave it, which touches nobody else
                log.atLevel(hintFailed ? Level.DEBUG : Level.ERROR)
                        .setCause(thrown)
                        .log("a hint failed");
                hintFailed = true; // once is enough, for hints are given all the time
            }
        }
    }

    void sweep() {
        if (gate.isOpen()) {
            current().sweep().begin(options.remembered());
        }
    }
}
