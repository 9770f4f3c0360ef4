package dev.steward.examples.roles;

import dev.steward.lead.ElectedWork;
import dev.steward.lead.Leadership;
import dev.steward.loop.Step;
import dev.steward.store.RecordCache;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts, and says each number once it is committed. Whoever leads counts on from where the last leader came to. */
// region Counting
final class Counting implements ElectedWork {
    private final RecordCache cache;
    private final TimeSource time;
    private final Duration every;
    private final Consumer<Tick> said;
    private long lastSaid;
    private long dueAt; // only how fast it counts; how far is known from the record alone

    Counting(RecordCache cache, TimeSource time, Duration every, Consumer<Tick> said) {
        this.cache = cache;
        this.time = time;
        this.every = every;
        this.said = said;
        dueAt = time.nanos();
    }

    @Override
    public Step pass(Leadership leadership, Stage stage) {
        long wait = dueAt - time.nanos();
        if (wait > 0) {
            return Step.afterNanos(wait);
        }
        Optional<Versioned> before = cache.get(Tick.KEY);
        long number = before.map(Tick.TYPE::decode).map(Tick::number).orElse(0L) + 1;
        Tick next = new Tick(number, leadership.term(), leadership.holder());
        before.ifPresentOrElse(
                record -> stage.put(Tick.TYPE, record, next), () -> stage.create(Tick.TYPE, Tick.NAME, next));
        return Step.parked(); // the answer wakes the loop
    }

    @Override
    public Step deliver(Leadership leadership) { // whatever is done in the world is done here, after the commit
        Optional<Tick> tick = cache.get(Tick.KEY).map(Tick.TYPE::decode);
        if (tick.isPresent() && tick.get().number() > lastSaid && tick.get().term() == leadership.term()) {
            lastSaid = tick.get().number();
            dueAt = time.nanos() + every.toNanos();
            said.accept(tick.get());
        }
        return Step.parked();
    }

    @Override
    public void deposed() {
        lastSaid = 0;
        dueAt = time.nanos();
    }
}
// endregion
