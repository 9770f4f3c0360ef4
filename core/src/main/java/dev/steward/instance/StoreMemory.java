package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Texts;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordFormatException;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the manager, in a store. A new manager waits for it, but not for ever; the store never keeps it from looking after programs.
 * Not safe for use by many threads, but for what {@link Memory} says.
 */
final class StoreMemory implements Memory {
    /** Who tells what is wrong with the store. */
    static final String SOURCE = "memory";

    private static final String WAITING = "waiting";
    private static final String READING = "reading";

    private final Host host;
    private final RecordCache cache;
    private final KeptRecords records;
    private final long patience;
    private final Set<String> waiting = new LinkedHashSet<>(); // instances of which it is not known yet what was kept
    private boolean begun;
    private boolean awaited = true;
    private boolean late; // given up waiting
    private boolean configured;
    private boolean closed;
    private long until;
    private @Nullable StoreTrouble told;

    StoreMemory(Host host, HostMemory kept) {
        this.host = host;
        this.cache = kept.cache();
        this.patience = Math.min(TimeSource.saturatedNanos(kept.patience()), Long.MAX_VALUE / 2);
        this.records = new KeptRecords(host, cache, KeptInstance.type(kept.prefix()));
    }

    @Override
    public void wakes(ControlLoop manager, WakeUp wakeUp) {
        cache.wakes(manager, wakeUp);
    }

    @Override
    public void poll(long now) {
        guarded(() -> {
            cache.poll();
            List<String> lately = records.takeNews();
            if (awaited || late) {
                look(now);
            } else if (!host.isShuttingDown()) {
                lately.forEach(this::recallLately);
            }
        });
    }

    /** Nothing that goes wrong here is a reason not to look after programs. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException defect) {
            host.publisher().raise(SOURCE, "defect", "a defect: " + Texts.thrown(defect));
        }
    }

    private void look(long now) {
        if (!begun) {
            begun = true;
            until = now + patience;
        }
        if (cache.isLoaded()) {
            boolean tooLate = late;
            awaited = false;
            late = false;
            host.publisher().clear(SOURCE, WAITING);
            List<String> names = List.copyOf(waiting);
            waiting.clear();
            names.forEach(name -> guarded(() -> recall(name)));
            if (tooLate) {
                host.roster().forEach(this::overrule);
            }
            host.roster().readyAll();
        } else if (awaited && now - until >= 0) {
            awaited = false;
            late = true;
            waiting.clear();
            host.publisher()
                    .raise(SOURCE, WAITING, "what was kept cannot be read in time: goes on with what is configured");
            host.roster().forEach(records::changed);
            host.roster().readyAll();
        } else if (awaited) {
            host.publisher()
                    .keep(SOURCE, WAITING, "nothing is decided before what was kept is read, or takes too long");
        }
    }

    @Override
    public boolean isAwaited() {
        return awaited;
    }

    @Override
    public void added(InstanceRunner runner) {
        boolean isNew = records.add(runner.name());
        if (awaited) {
            waiting.add(runner.name());
        } else if (isNew && !late) {
            recall(runner.name());
        } else {
            records.changed(runner); // it is the successor of one whose record there may be
        }
    }

    /** An instance goes on as it was kept, unless somebody has asked for it since. */
    private void recall(String name) {
        InstanceRunner runner = host.roster().find(name);
        if (runner != null && runner.wanted().hasBeenAsked()) {
            records.changed(runner);
        } else {
            recallLately(name);
        }
    }

    /** A store that lags may show the last that was kept only after the first read: that counts while nothing else has been decided. */
    private void recallLately(String name) {
        InstanceRunner runner = host.roster().find(name);
        if (runner == null || runner.wanted().isWithdrawn()) {
            return;
        }
        records.find(name).ifPresent(record -> {
            try {
                recall(runner, records.type().decode(record));
            } catch (RecordFormatException unreadable) {
                records.leaveAlone(name, unreadable);
            }
        });
        records.recalled(runner);
    }

    private void recall(InstanceRunner runner, KeptInstance kept) {
        InstanceSpec spec = runner.wanted().spec();
        if (!kept.isOf(spec)) {
            runner.teller().message("configured otherwise than before the restart, begins anew");
            return;
        }
        runner.wanted().recall(kept);
        if (kept.requested() && kept.target() != spec.start()) {
            runner.teller().message((runner.wanted().up() ? "wanted up" : "wanted down") + ", as before the restart");
        }
        if (kept.isAsSet(spec)) {
            runner.restarts().recall(kept, spec.restart(), host.pass().moment());
            if (runner.seen().life() != null) {
                runner.restarts().goesOn();
            }
            Reason rests = runner.restarts().rests();
            if (rests != null && runner.wanted().up()) {
                runner.teller().because(rests);
                runner.teller().message("as before the restart: " + rests);
            }
        } else if (kept.rests() != null || kept.streak() > 0) {
            runner.teller().message("configured otherwise than before the restart, its failures count anew");
        }
        runner.wake();
        host.changed(runner);
    }

    /** What was kept has come too late: what has been decided since stands, and is told where it is something else. */
    private void overrule(InstanceRunner runner) {
        Optional<Versioned> record = records.find(runner.name());
        if (record.isPresent() && !runner.wanted().hasBeenAsked()) {
            try {
                KeptInstance kept = records.type().decode(record.get());
                if (kept.isOf(runner.wanted().spec())
                        && (kept.rests() != null
                                || kept.target() != runner.wanted().target())) {
                    String before = kept.target() == TargetState.UP ? "wanted up" : "wanted down";
                    String rests = kept.rests() == null ? "" : ", " + kept.rests();
                    runner.teller().message("goes on as it is, although it was " + before + rests);
                }
            } catch (RecordFormatException unreadable) {
                records.leaveAlone(runner.name(), unreadable);
            }
        }
        records.changed(runner);
    }

    @Override
    public void shuttingDown() {
        waiting.forEach(name -> {
            InstanceRunner runner = host.roster().find(name);
            if (runner != null && runner.wanted().hasBeenAsked()) {
                records.changed(runner);
            }
        });
        waiting.clear();
        awaited = false;
        late = false;
        host.publisher().clear(SOURCE, WAITING);
    }

    @Override
    public void changed(InstanceRunner runner) {
        if (!waiting.contains(runner.name()) && !host.isShuttingDown()) {
            records.changed(runner);
        }
    }

    @Override
    public void removed(String name) {
        waiting.remove(name);
        if (!host.isShuttingDown()) {
            records.removed(name);
        }
    }

    @Override
    public void configured() {
        configured = true;
    }

    @Override
    public void endOfPass() {
        guarded(() -> {
            if (!host.observes()) {
                if (configured && cache.isLoaded()) {
                    records.dropStrangers();
                }
                records.write();
            }
            tellReading();
        });
    }

    @SuppressWarnings("ReferenceEquality") // the very same trouble: it has been told
    private void tellReading() {
        StoreTrouble now = cache.trouble().orElse(null);
        if (now == told) {
            return;
        }
        told = now;
        if (now == null) {
            host.publisher().clear(SOURCE, READING);
        } else {
            host.publisher().raise(SOURCE, READING, "the store cannot be read: " + now.reason());
        }
    }

    @Override
    public Step next() {
        if (closed) {
            return Step.parked();
        }
        Step step = cache.next().earliest(records.next(host.time().nanos()));
        return awaited && begun
                ? step.earliest(Step.afterNanos(Math.max(until - host.time().nanos(), 0)))
                : step;
    }

    @Override
    public int unwritten() {
        return records.unwritten();
    }

    @Override
    public void close(ControlLoop manager) {
        closed = true;
        records.close();
        cache.wakesNoMore(manager);
    }
}
