package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateFeed;
import dev.steward.kernel.Cycle;
import dev.steward.kernel.Holds;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.LeaderStatus;
import dev.steward.loop.Calls;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Mode;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.notify.LoggedMessage;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps many things as a {@link Reconciler} wants them: a controller of your own.
 *
 * <p>Each thing is looked at, decided about, and acted upon, one at a time: no second action begins with a thing before the outcome of the
 * first is known (by the process that has begun it), and if nobody knows it, the thing is looked at before anything else. What does not go well is tried again, later each time.
 * A pass costs what is due or has changed; things that are content cost one look a {@linkplain ReconcileOptions#period period}.
 *
 * <p><b>With a {@link Role}</b> the same loop may run in many processes, of which one at a time acts. What a plan writes is committed before
 * anything follows from it, in batches that only the leader can commit; a leader that takes over looks at everything anew, and finds in the
 * records what is owed. A thing exists while it has a record or is {@linkplain #add named}.
 *
 * <p><b>Threads.</b> As any {@link ControlLoop}; everything else here may be called from any thread, and is carried out in the next pass.
 *
 * <p><b>Errors.</b> A thing whose reconciler throws is left alone for a while and told to the {@linkplain ReconcileOptions#observer observer}; no
 * other is hurt. What a pass throws is a defect of a feed, an election or a store.
 *
 * @param <T> what is seen of a thing
 * @param <S> the states that things are told to be in
 */
public final class ReconcileLoop<T, S> implements ControlLoop {
    private static final Logger log = LoggerFactory.getLogger(ReconcileLoop.class);

    private final String name;
    private final ReconcileOptions options;
    private final Calls calls;
    private final Cycle<S> cycle;
    private final Desk<T, S> desk;
    private final Things<T, S> things;
    private final @Nullable RecordCache cache;
    private final boolean ownsCache;
    private final Optional<LeaderElection> idle; // of a loop that only observes
    private final @Nullable LeaderLoop leader;
    private final Work work = new Work();
    private final Mailbox answers = new Mailbox();
    private volatile boolean closed;

    /** A loop without things, alone, with the default options. */
    public ReconcileLoop(String name, Reconciler<T, S> reconciler, StateFeed feed, TimeSource time) {
        this(name, reconciler, feed, time, ReconcileOptions.defaults());
    }

    /**
     * A loop without things, alone: it is the only one that acts upon them.
     *
     * @throws IllegalArgumentException if the name is empty, or the reconciler has records, for which there is no store
     */
    public ReconcileLoop(
            String name, Reconciler<T, S> reconciler, StateFeed feed, TimeSource time, ReconcileOptions options) {
        this(name, reconciler, feed, time, options, null);
    }

    /**
     * A loop that shares its things with those of the same role in other processes.
     *
     * @throws IllegalArgumentException if the name is empty, or the cache of the role does not follow what it has to
     */
    public static <T, S> ReconcileLoop<T, S> elected(
            String name,
            Reconciler<T, S> reconciler,
            Role role,
            StateFeed feed,
            TimeSource time,
            ReconcileOptions options) {
        return new ReconcileLoop<>(name, reconciler, feed, time, options, checkNotNull(role, "role"));
    }

    private ReconcileLoop(
            String name,
            Reconciler<T, S> reconciler,
            StateFeed feed,
            TimeSource time,
            ReconcileOptions options,
            @Nullable Role role) {
        checkArgument(!name.isEmpty(), "a loop has no name");
        this.name = name;
        this.options = checkNotNull(options, "options");
        List<RecordType<?>> types = List.copyOf(reconciler.records());
        checkArgument(role != null || types.isEmpty(), "%s: records %s, and no store to keep them", name, types);
        calls = new Calls(answers, time);
        cycle = new Cycle<>(
                name, reconciler.kind(), log, checkNotNull(feed, "feed"), time, options.budget(), this::holdsChanged);
        cache = role == null ? null : role.cache(prefixes(types), time);
        ownsCache = role != null && role.ownsCache();
        Records<T> records = new Records<>(types, cache);
        desk = new Desk<>(this, reconciler, options, cycle, calls, records, time);
        boolean leads = role != null && options.mode() == Mode.ACT;
        things = new Things<>(desk, role == null ? any -> true : role::keeps, leads);
        leader = role == null || cache == null || !leads
                ? null
                : new LeaderLoop(
                        role.name(),
                        role.holder(),
                        role.election(),
                        cache,
                        new Elected<>(desk, things, work::budget),
                        feed,
                        time);
        if (role != null && !leads) {
            things.ids(() -> "an-id"); // of something that is never done
        }
        idle = leader == null ? Optional.ofNullable(role).map(Role::election) : Optional.empty();
        records.follow(things::recordsChanged);
    }

    private static Set<String> prefixes(List<RecordType<?>> types) {
        Set<String> prefixes = new TreeSet<>(Set.of("lead/"));
        types.forEach(type -> prefixes.add(type.prefix()));
        return prefixes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        cycle.wakeWith(wakeUp);
        answers.wakeWith(wakeUp);
        if (leader != null) {
            leader.wakeWith(wakeUp);
        } else if (cache != null) {
            cache.wakes(this, wakeUp);
        }
    }

    @Override
    public Step manageOnce() {
        return manageOnce(false);
    }

    /**
     * Makes one pass.
     *
     * @param force whether to give every thing a turn, and not only what is due or has changed
     */
    public Step manageOnce(boolean force) {
        return cycle.pass(work, force);
    }

    /** What is done in a pass besides the turns of the cycle itself. */
    private final class Work implements Cycle.Work {
        private Step wanted = Step.parked();
        private boolean forced;

        private long budget() {
            return forced ? Long.MAX_VALUE : TimeSource.saturatedNanos(options.budget());
        }

        @Override
        public boolean isOver() {
            return closed;
        }

        @Override
        public void beforeTurns(boolean force) {
            forced = force;
            answers.drain();
            calls.expire();
            if (force) {
                things.readyAll();
            }
        }

        @Override
        public void afterTurns(long now) {
            if (leader != null) {
                wanted = leader.manageOnce();
                return;
            }
            if (cache != null) {
                cache.poll();
            }
            if (cache != null && !cache.isLoaded()) {
                wanted = cache.next(); // what would be done without records is not what would be done
                return;
            }
            desk.turns().run(now, budget());
            Step follows = cache == null ? Step.parked() : cache.next();
            wanted = Step.afterNanos(desk.turns().nanosToNext(now)).earliest(follows);
        }

        @Override
        public Step next(long now) {
            return answers.isEmpty() ? wanted.earliest(calls.next()) : Step.again();
        }
    }

    private void holdsChanged(String thing) {
        Item<T, S> item = things.get(thing);
        if (item != null) {
            item.holdsChanged();
        }
    }

    // ---- what others ask for

    /**
     * Names a thing, which is kept from now on, whether there is a record of it or not. Of a shard that this loop does not have, nothing is
     * kept.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public void add(String thing) {
        checkArgument(!thing.isEmpty(), "%s: a thing has no name", name);
        post(() -> things.add(thing));
    }

    /**
     * Names a thing no more; it is forgotten, unless there is a record of it. What has begun with it is not undone: it is forgotten when that
     * is over, so that nothing is begun meanwhile with a thing that is named again.
     */
    public void remove(String thing) {
        checkNotNull(thing, "thing");
        post(() -> things.remove(thing));
    }

    /** Says that a thing may be another than it was seen: it is looked at soon. News that got lost cost a period, and nothing else. */
    public void look(String thing) {
        ask(thing, Item::look);
    }

    /** Tries again at once what went wrong, or was refused for good. */
    public void retry(String thing) {
        ask(thing, Item::retry);
    }

    /** Nobody takes what is asked of a loop that is closed. */
    private void post(Runnable request) {
        if (!closed) {
            cycle.post(request);
        }
    }

    private void ask(String thing, Consumer<Item<T, S>> request) {
        checkNotNull(thing, "thing");
        post(() -> {
            Item<T, S> item = things.get(thing);
            if (item != null) {
                request.accept(item);
            }
        });
    }

    /**
     * Holds things: they are looked at and decided about, and nothing is begun with them, until all who hold them have let go. What is under
     * way goes on to its end. This process's word counts for itself alone.
     *
     * @param names of things, also of some that are not there yet
     * @param holder who holds them; said again, the last word counts
     * @param reason for whoever asks
     * @param length after which the hold ends by itself; more than zero
     * @throws IllegalArgumentException if there is no name, one is empty, the holder is empty, or the length is not above zero
     */
    public void hold(Collection<String> names, String holder, String reason, Duration length) {
        List<String> all = List.copyOf(names);
        Holds.check(all, holder, length);
        checkNotNull(reason, "reason");
        post(() -> all.forEach(thing -> cycle.holds().hold(thing, holder, reason, length)));
    }

    /** Ends what a holder has said of things. */
    public void release(Collection<String> names, String holder) {
        List<String> all = List.copyOf(names);
        checkNotNull(holder, "holder");
        post(() -> all.forEach(thing -> cycle.holds().release(thing, holder)));
    }

    // ---- what it shows

    /** A thing as of its last turn. */
    public Optional<ThingView> thing(String thing) {
        return Optional.ofNullable(things.view(thing));
    }

    /** All things as of their last turns, by name. */
    public SortedMap<String, ThingView> things() {
        return new TreeMap<>(things.views());
    }

    /** What this process is for the role; empty without one, and for a loop that only observes. */
    public Optional<LeaderStatus> leader() {
        return leader == null ? Optional.empty() : Optional.of(leader.status());
    }

    /** How many places for things there are; those of things that are gone are given to others. */
    int slots() {
        return desk.turns().size();
    }

    /** What has happened lately, the oldest first. */
    public List<LoggedMessage> messages() {
        return cycle.publisher().board().messages();
    }

    /** Why a thing is as it is, what is next and when: a few lines for people. */
    public String explain(String thing) {
        return Explanation.of(thing, thing(thing), leader());
    }

    /** Lets go: begins nothing any more, drops the answers to what is under way, and lets another process lead. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        cycle.exclusively("close", () -> {
            closed = true;
            calls.forget();
            desk.records().close();
            if (leader != null) {
                leader.close();
            } else if (cache != null) {
                cache.wakesNoMore(this);
                idle.ifPresent(LeaderElection::close);
            }
            if (cache != null && ownsCache) {
                cache.close();
            }
        });
    }
}
