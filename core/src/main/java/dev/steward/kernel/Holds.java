package dev.steward.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.loop.Hold;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who holds which things of a manager. Names may be held before there is such a thing; each hold ends by itself, so none is forgotten. Not
 * safe for use by many threads.
 */
public final class Holds implements Due {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private record Timed(Hold hold, long end) {}

    private final String manager;
    private final Pass pass;
    private final Schedule schedule;
    private final Consumer<String> onChange;
    private final int slot;
    private boolean isScheduled;
    private long next; // when the first of them is over, or earlier
    private final Map<String, Map<String, Timed>> byName = new HashMap<>(); // then by holder

    /**
     * Nothing is held.
     *
     * @param onChange told the name of a thing whose holds are others
     */
    public Holds(String manager, Pass pass, Schedule schedule, Consumer<String> onChange) {
        this.manager = manager;
        this.pass = pass;
        this.schedule = schedule;
        this.onChange = onChange;
        this.slot = schedule.add(this);
    }

    /**
     * Checks what somebody asks for; from any thread.
     *
     * @throws IllegalArgumentException if there is no name, one is empty, the holder is empty, or the length is not above zero
     */
    public static void check(Collection<String> names, String holder, Duration length) {
        checkArgument(!names.isEmpty(), "%s holds nothing", holder);
        names.forEach(name -> checkArgument(!name.isEmpty(), "%s holds a thing without a name", holder));
        checkArgument(!holder.isEmpty(), "a hold of %s has no holder", names);
        checkArgument(!length.isNegative() && !length.isZero(), "%s holds %s for %s", holder, names, length);
    }

    /** Holds a thing, instead of what the same holder has said before. */
    public void hold(String name, String holder, String reason, Duration length) {
        Duration kept = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        Moment now = pass.moment();
        Hold hold = new Hold(holder, reason, now.wall().plus(kept));
        long end = now.nanos() + TimeSource.saturatedNanos(kept);
        byName.computeIfAbsent(name, any -> new TreeMap<>()).put(holder, new Timed(hold, end));
        if (!isScheduled || end - next < 0) {
            scheduleAt(end);
        }
        onChange.accept(name);
    }

    /** Ends what a holder has said of a thing; nothing, if that is over. */
    public void release(String name, String holder) {
        Map<String, Timed> holders = byName.get(name);
        if (holders != null && holders.remove(holder) != null) {
            if (holders.isEmpty()) {
                byName.remove(name);
            }
            onChange.accept(name);
        }
    }

    /** Who holds a thing, by holder. */
    public List<Hold> of(String name) {
        Map<String, Timed> holders = byName.get(name);
        return holders == null
                ? List.of()
                : holders.values().stream().map(Timed::hold).toList();
    }

    /** Whether anybody holds a thing. */
    public boolean isHeld(String name) {
        return !byName.isEmpty() && byName.containsKey(name);
    }

    /** Ends what is over: before anything is decided in a pass, also in one that comes late. */
    void endWhatIsOver(long now) {
        if (isScheduled && now - next >= 0) {
            run(now);
        }
    }

    @Override
    public void run(long now) {
        List<Runnable> over = new ArrayList<>();
        byName.forEach((name, holders) -> holders.forEach((holder, timed) -> {
            if (now - timed.end >= 0) {
                over.add(() -> release(name, holder));
            }
        }));
        over.forEach(Runnable::run);
        again(now);
    }

    /** Looks again when the first of those that are left is over. */
    private void again(long now) {
        isScheduled = false;
        long least = Long.MAX_VALUE;
        for (Map<String, Timed> holders : byName.values()) {
            for (Timed timed : holders.values()) {
                least = Math.min(least, timed.end - now);
            }
        }
        if (least < Long.MAX_VALUE) {
            scheduleAt(now + Math.max(least, 0));
        }
    }

    private void scheduleAt(long at) {
        isScheduled = true;
        next = at;
        schedule.at(slot, at);
    }

    @Override
    public String name() {
        return manager;
    }
}
