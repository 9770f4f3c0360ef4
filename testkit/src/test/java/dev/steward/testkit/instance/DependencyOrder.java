package dev.steward.testkit.instance;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * I13, and its mirror image: nothing is launched while one that comes first is still coming up, and nothing is told to stop while one that
 * comes after it is still going down; each for its own patience at most. An oracle that is told what is wanted, and what a manager tells on
 * its feed, in the order of it.
 *
 * <p>It is never stricter than the start plan: a wait counts from the last thing that happened to the one that waits, which is the earliest
 * that it can have begun; who is not wanted up, or rests, holds nobody back. Not safe for use by many threads.
 */
final class DependencyOrder {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> withdrawn =
            new LinkedHashMap<>(); // which a manager may not have heard of before they are back
    private final List<String> violations = new ArrayList<>();
    private final List<Suspicion> suspicions = new ArrayList<>();
    private boolean hurried;
    private boolean asleep;

    /** Somebody did not wait for somebody else, unless the feed has not told yet that there was no need to. */
    private record Suspicion(Entry one, Entry other, boolean launch, String text) {
        boolean isConfirmed() {
            boolean signalled = one.state != RunState.DOWN; // what has died of itself is told so in two moves
            return launch ? other.isComing() : other.isGoing() && signalled;
        }
    }

    private static final class Entry {
        private InstanceSpec spec;
        private RunState state = RunState.DOWN;
        private Wish wish = Wish.UNSURE;
        private Wish lastSure = Wish.UNSURE;
        private Duration since;
        private Duration patience;
        private boolean leftover;
        private boolean replaced; // and the old one, which may come after others than the new one, may still be there

        Entry(InstanceSpec spec, Duration now, boolean replaced) {
            this.spec = spec;
            this.replaced = replaced;
            this.patience = spec.startup().patience();
            this.since = now;
        }

        /** A wait that has begun keeps its patience, if that was shorter. */
        void configured(InstanceSpec other, Duration at) {
            if (!spec.agentClass().equals(other.agentClass())) {
                replaced = true;
                if (state != RunState.DOWN) { // and so to go
                    lastSure = Wish.DOWN;
                    since = at;
                }
            }
            spec = other;
            Duration now = other.startup().patience();
            patience = patience.compareTo(now) < 0 ? patience : now;
        }

        void waitsFrom(Duration now) {
            since = now;
            patience = spec.startup().patience();
        }

        void moved(RunState to, Duration now) {
            boolean left = to == RunState.STOPPING && state == RunState.DOWN;
            if (!left && !leftover) {
                waitsFrom(now); // what is left of an earlier life goes beside its wait
            }
            leftover = left;
            if (replaced && to == RunState.DOWN) {
                lastSure = wish == Wish.DOWN ? Wish.DOWN : Wish.UP; // the next one waits from here on
            }
            replaced &= to != RunState.STARTING && to != RunState.UP; // what is down may still come up late, and go
            state = to;
        }

        boolean isComing() {
            return wish == Wish.UP && (state == RunState.DOWN || state == RunState.STARTING);
        }

        boolean isGoing() {
            return wish == Wish.DOWN
                    && state != RunState.DOWN
                    && state != RunState.FAILED
                    && state != RunState.INOPERABLE;
        }

        boolean isPatientAt(Duration now) {
            return now.minus(since).compareTo(patience) < 0;
        }
    }

    private enum Wish {
        UP,
        DOWN,
        UNSURE
    }

    /** This is the configuration now. Who is new may be wanted up or down. */
    void configured(List<InstanceSpec> site, Duration now) {
        boolean first = entries.isEmpty() && withdrawn.isEmpty();
        Map<String, Entry> before = new LinkedHashMap<>(withdrawn);
        before.values().forEach(entry -> entry.replaced = true);
        before.putAll(entries);
        entries.clear();
        for (InstanceSpec spec : site) {
            Entry known = before.remove(spec.name());
            Entry entry = known == null ? new Entry(spec, now, !first) : known;
            entry.configured(spec, now);
            entries.put(spec.name(), entry);
        }
        withdrawn.clear();
        withdrawn.putAll(before);
    }

    /** It is wanted up or down, and its manager knows. */
    void wanted(String name, boolean up, Duration now) {
        wish(name, up ? Wish.UP : Wish.DOWN, now);
    }

    /** It may be wanted up or down, as its manager has been asked and has not answered; or it rests, whatever is wanted. */
    void unsure(String name, Duration now) {
        wish(name, Wish.UNSURE, now);
    }

    private void wish(String name, Wish wish, Duration now) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return;
        }
        entry.wish = wish;
        if (wish != Wish.UNSURE && wish != entry.lastSure) {
            entry.lastSure = wish; // asked for the same once more, a wait goes on
            entry.waitsFrom(now);
        }
    }

    /** This pass is the first after a sleep of the manager, in which whatever patience there was may have run out. */
    void wakesUp() {
        asleep = true;
    }

    /** From now on nobody waits on the way down: the time of a shutdown is running out. */
    void hurried() {
        hurried = true;
    }

    /** The feed has told of a move. */
    void moved(String name, RunState to, Duration now) {
        Entry entry = entries.get(name);
        if (entry == null) {
            movedFreely(name, to, now);
            return;
        }
        if (!asleep
                && !entry.replaced
                && entry.isPatientAt(now)) { // of a successor nobody here knows since when it waits
            if (to == RunState.STARTING) {
                checkLaunch(entry, now);
            } else if (to == RunState.STOPPING && entry.wish == Wish.DOWN && !hurried) {
                checkStop(entry, now);
            }
        }
        entry.moved(to, now);
    }

    /** The same of a move that nobody needs to be waited for: it was taken over on its way up, or only some of it is left to stop. */
    void movedFreely(String name, RunState to, Duration now) {
        Entry entry = entries.getOrDefault(name, withdrawn.get(name));
        if (entry != null) {
            entry.moved(to, now);
        }
    }

    private void checkLaunch(Entry entry, Duration now) {
        for (String first : entry.spec.startup().after()) {
            Entry other = entries.get(first);
            if (other != null && other.isComing()) {
                String text = "'" + entry.spec.name() + "' was launched at " + now + ", and '" + first + "' is ";
                suspicions.add(new Suspicion(entry, other, true, text + other.state));
            }
        }
    }

    private void checkStop(Entry entry, Duration now) {
        for (Entry other : entries.values()) {
            if (!other.replaced && other.spec.startup().after().contains(entry.spec.name()) && other.isGoing()) {
                String text = "'" + entry.spec.name() + "' was told to stop at " + now + ", and '" + other.spec.name();
                suspicions.add(new Suspicion(entry, other, false, text + "' is " + other.state));
            }
        }
    }

    /** All that a pass had to tell has been told: whoever has meanwhile turned out to be up, or down, was not to be waited for. */
    void passEnded() {
        asleep = false;
        suspicions.stream().filter(Suspicion::isConfirmed).map(Suspicion::text).forEach(violations::add);
        suspicions.clear();
    }

    /** Who did not wait for whom, in order. */
    List<String> violations() {
        passEnded();
        return List.copyOf(violations);
    }
}
