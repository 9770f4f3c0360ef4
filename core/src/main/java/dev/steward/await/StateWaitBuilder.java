package dev.steward.await;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.Lists;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.StateFeed;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what a {@link StateWait} is to wait for.
 *
 * <p>{@link #forAll} and {@code toReach} name things and the states that each of them is to go through. {@link #within} and
 * {@link #orAlready} are about the things named last, or, said before any, about all of which nothing else is said. Whatever else
 * there is holds for the whole wait. A thing named again takes what is said last, so exceptions come after the rule.
 *
 * <p>Not safe for use by many threads; {@link #open} may be called more than once.
 */
public final class StateWaitBuilder {
    final StateFeed feed;
    final TimeSource time;
    final Set<String> requests = new LinkedHashSet<>();
    String name = "wait";
    FailureFilter failures = FailureFilter.ALL_COUNT;

    @Nullable
    Position since;

    @Nullable
    Consumer<NameResult> listener;

    @Nullable
    Executor executor;

    private final List<NameGroup> groups = new ArrayList<>();
    private Duration limit = Duration.ZERO;
    private @Nullable Function<String, Optional<String>> current;

    StateWaitBuilder(StateFeed feed, TimeSource time) {
        this.feed = checkNotNull(feed, "feed");
        this.time = checkNotNull(time, "time");
    }

    /** Things that have been named, and are to go through states. */
    public final class Names {
        private final Kind<?> kind;
        private final Set<String> names;

        private Names(Kind<?> kind, Collection<String> names) {
            this.kind = checkNotNull(kind, "kind");
            this.names = new LinkedHashSet<>(names);
            checkArgument(this.names.stream().noneMatch(String::isEmpty), "a thing of kind %s has no name", kind);
        }

        /**
         * The states that each of them is to go through, in this order and from now on, whatever lies between.
         *
         * @throws IllegalArgumentException if there is none, or the kind has no such state
         */
        public StateWaitBuilder toReach(String... states) {
            return toReach(Arrays.asList(states));
        }

        /** The same; of no more than 32,767 states. */
        public StateWaitBuilder toReach(List<String> states) {
            checkArgument(!states.isEmpty(), "no state is given for %s %s", kind, names);
            checkArgument(states.size() <= Cursor.LONGEST, "%s states are given for %s %s", states.size(), kind, names);
            states.forEach(kind::requireState);
            groups.add(new NameGroup(kind, names, List.copyOf(states), limit, current));
            return StateWaitBuilder.this;
        }
    }

    /** Names things of one kind; a name that is given twice counts once, and no names at all are settled at once. */
    public Names forAll(Kind<?> kind, String... names) {
        return forAll(kind, Arrays.asList(names));
    }

    /** The same. */
    public Names forAll(Kind<?> kind, Collection<String> names) {
        return new Names(kind, names);
    }

    /** How long the things named last may take, from the opening on; zero or less is no limit, as is saying nothing. */
    public StateWaitBuilder within(Duration most) {
        checkNotNull(most, "most");
        if (groups.isEmpty()) {
            limit = most;
        } else {
            groups.set(groups.size() - 1, last().withLimit(most));
        }
        return this;
    }

    /**
     * A thing that is in the <em>last</em> state of its sequence as the wait opens has finished, as if it had gone through all of them.
     *
     * <p>Leave it out where the way matters: for {@code down, up} a thing that is up has finished, although it never was down.
     *
     * @param state the state that the thing of that name is in, if it is known. Called by {@link #open} on its thread, once for each name,
     *     when the wait hears events already; if it throws, so does {@link #open}, and nothing is left of the wait
     */
    public StateWaitBuilder orAlready(Function<String, Optional<String>> state) {
        checkNotNull(state, "state");
        if (groups.isEmpty()) {
            current = state;
        } else {
            groups.set(groups.size() - 1, last().withCurrent(state));
        }
        return this;
    }

    private NameGroup last() {
        return groups.get(groups.size() - 1);
    }

    /** Takes the events that answer these requests too; without, only those that concern everyone. */
    public StateWaitBuilder forRequest(String... ids) {
        for (String id : ids) {
            checkArgument(!id.isEmpty(), "a request has no id");
            requests.add(id);
        }
        return this;
    }

    /**
     * Counts what was published after this place too. If the feed does not hold all of it any more, every name ends as a
     * {@linkplain NameResult.Outcome#GAP gap}.
     */
    public StateWaitBuilder since(Position position) {
        since = checkNotNull(position, "position");
        return this;
    }

    /** Only failures with one of these codes end a name; none of them if no code is given. */
    public StateWaitBuilder failingOnlyOn(Enum<?>... codes) {
        failures = new FailureFilter(Set.of(codes), true);
        return this;
    }

    /** Failures with one of these codes do not end a name, all others do. */
    public StateWaitBuilder notFailingOn(Enum<?>... codes) {
        failures = new FailureFilter(Set.of(codes), false);
        return this;
    }

    /**
     * Is told of every name that ends, in the order in which they end, and of steps on the way. What a name does between two passes is
     * told once, as it is then, so a slow listener misses steps but no ending. Names that were cancelled are not told.
     *
     * <p>Calls never overlap. One that throws is logged, and gets the next news.
     */
    public StateWaitBuilder onProgress(Consumer<NameResult> to) {
        listener = checkNotNull(to, "to");
        return this;
    }

    /**
     * Runs the listener and what hangs on the future on this executor, as soon as there is news, instead of in the passes; that may be
     * while the wait opens. Limits, and a foreign feed, still need a pass.
     */
    public StateWaitBuilder deliveringOn(Executor other) {
        executor = checkNotNull(other, "other");
        return this;
    }

    /** The name of the wait as a loop; {@code wait} if nothing is said. */
    public StateWaitBuilder named(String loop) {
        name = checkNotNull(loop, "loop");
        return this;
    }

    /**
     * Opens the wait: from here on events count, and limits run. Close it when you are done.
     *
     * @throws IllegalArgumentException if {@link #since} is a place that the feed has not reached
     */
    public StateWait open() {
        return StateWait.open(this);
    }

    /** The groups, each with those of its names that no later one has taken. */
    List<NameGroup> groups() {
        if (groups.size() == 1) {
            return groups;
        }
        Map<Kind<?>, Set<String>> taken = new HashMap<>();
        Deque<NameGroup> own = new ArrayDeque<>();
        for (NameGroup group : Lists.reverse(groups)) {
            Set<String> takenOfKind = taken.computeIfAbsent(group.kind(), kind -> new HashSet<>());
            Set<String> names = new LinkedHashSet<>(group.names());
            names.removeIf(thing -> !takenOfKind.add(thing));
            own.addFirst(group.withNames(names));
        }
        return List.copyOf(own);
    }
}
