package dev.steward.examples.roles;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the ticks from outside, and checks what it sees: they go on one by one, terms grow, and one term has one holder. */
// region Watcher
final class Watcher implements ControlLoop {
    private final RecordCache cache;
    private final Map<Long, String> holders = new HashMap<>();
    private Tick last = new Tick(0, 0, "nobody");
    private boolean well = true;

    Watcher(RecordStore store, TimeSource time) {
        cache = new RecordCache(store, Set.of("tick/"), time);
        cache.follow("tick/", this::changed);
    }

    private void changed(Optional<Versioned> before, Optional<Versioned> after) {
        after.map(Tick.TYPE::decode).ifPresent(tick -> {
            String holder = holders.merge(tick.term(), tick.holder(), (known, seen) -> known);
            well &= tick.number() > last.number()
                    && tick.term() >= last.term()
                    && tick.holder().equals(holder);
            last = tick;
        });
    }

    @Override
    public Step manageOnce() {
        cache.poll();
        return cache.next();
    }

    @Override
    public String name() {
        return "watcher";
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        cache.wakes(this, wakeUp);
    }

    @Override
    public void close() {
        cache.wakesNoMore(this);
        cache.close();
    }

    /** The newest tick. */
    Tick last() {
        return last;
    }

    /** Whether all that was seen was as it should be. */
    boolean isWell() {
        return well;
    }
}
// endregion
