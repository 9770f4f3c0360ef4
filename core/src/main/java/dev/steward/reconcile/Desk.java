package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkState;

import dev.steward.kernel.Cycle;
import dev.steward.kernel.Schedule;
import dev.steward.kernel.Texts;
import dev.steward.loop.Calls;
import dev.steward.loop.Mode;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What the things of one loop share: their turns, the calls under way, the limits, and what is to be committed and sent. Not safe for use by many threads. */
final class Desk<T, S> {
    private final ReconcileLoop<T, S> loop;
    private final Reconciler<T, S> reconciler;
    private final ReconcileOptions options;
    private final Cycle<S> cycle;
    private final Schedule turns;
    private final Calls calls;
    private final Records<T> records;
    private final DamageBudget damage;
    private final SplittableRandom jitter;
    private final Set<Item<T, S>> waiting =
            new LinkedHashSet<>(); // for fewer calls to be under way; each keeps its place
    private final List<Item<T, S>> owed = new ArrayList<>();
    private int underWay;

    Desk(
            ReconcileLoop<T, S> loop,
            Reconciler<T, S> reconciler,
            ReconcileOptions options,
            Cycle<S> cycle,
            Calls calls,
            Records<T> records,
            TimeSource time) {
        this.loop = loop;
        this.reconciler = reconciler;
        this.options = options;
        this.cycle = cycle;
        this.calls = calls;
        this.records = records;
        this.turns = new Schedule(time, (owner, defect) -> cycle.publisher().defect(owner.name(), defect));
        this.damage = new DamageBudget(options.mostDamage(), options.damageWindow());
        this.jitter = new SplittableRandom(loop.name().hashCode());
    }

    Reconciler<T, S> reconciler() {
        return reconciler;
    }

    ReconcileOptions options() {
        return options;
    }

    Cycle<S> cycle() {
        return cycle;
    }

    /** The turns of the things; those of the cycle go on also while another process leads. */
    Schedule turns() {
        return turns;
    }

    Calls calls() {
        return calls;
    }

    Records<T> records() {
        return records;
    }

    DamageBudget damage() {
        return damage;
    }

    boolean observesOnly() {
        return options.mode() == Mode.OBSERVE;
    }

    /** How long to leave a thing alone after so many failures in a row. */
    long pause(int failures) {
        return nanos(options.retry().delay(failures, jitter));
    }

    /** A duration that can be added to a reading of the clock: 146 years at most. */
    static long nanos(Duration duration) {
        return Math.min(TimeSource.saturatedNanos(duration), Long.MAX_VALUE / 2);
    }

    /** Something of a user's threw. */
    void defect(String name, RuntimeException error, long pause, int inARow) {
        cycle.publisher().message(name, "a defect: " + Texts.thrown(error));
        try {
            options.observer().failed(loop, error, Duration.ofNanos(pause), inARow);
        } catch (RuntimeException observers) {
            cycle.publisher().defect(loop.name(), observers);
        }
    }

    // ---- calls under way

    /** Whether one more call may begin, and nobody has waited longer for it; if not, the thing gets a turn when it may. */
    boolean mayBegin(Item<T, S> item) {
        int room = options.mostCalls() - underWay;
        if (room > 0 && (waiting.size() < room || waiting.contains(item))) {
            waiting.remove(item);
            return true;
        }
        waiting.add(item);
        return false;
    }

    void begun() {
        underWay++;
    }

    void settled() {
        underWay--;
        checkState(underWay >= 0, "more answers than calls");
        wakeWaiting();
    }

    /** A thing has had its turn, or is gone: one that wants to begin nothing any more leaves its place to those behind it. */
    void turnOver(Item<T, S> item, boolean stillWaits) {
        if (!waiting.isEmpty()) {
            if (!stillWaits) {
                waiting.remove(item);
            }
            wakeWaiting();
        }
    }

    /** While there is room for calls, as many as that is for have a turn to come. */
    private void wakeWaiting() {
        int room = options.mostCalls() - underWay;
        if (room <= 0 || waiting.isEmpty()) {
            return;
        }
        for (Item<T, S> item : waiting) {
            if (room-- == 0) {
                return;
            }
            item.mayBegin();
        }
    }

    // ---- with a role

    /** What is to be sent when everything that was decided with it is committed. */
    void owe(Item<T, S> item) {
        owed.add(item);
    }

    /** Sends what is owed. */
    void deliver(long now) {
        if (owed.isEmpty()) {
            return;
        }
        List<Item<T, S>> all = List.copyOf(owed);
        owed.clear();
        all.forEach(item -> item.deliver(now));
    }

    /** Nothing was committed: what was decided is decided anew. */
    void decideAnew() {
        List<Item<T, S>> all = List.copyOf(owed);
        owed.clear();
        all.forEach(Item::ready);
    }

    /** Another process leads: nothing is awaited any more. */
    void forget() {
        calls.forget();
        underWay = 0;
        waiting.clear();
        owed.clear();
    }
}
