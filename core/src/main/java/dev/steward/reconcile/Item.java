package dev.steward.reconcile;

import dev.steward.event.Reason;
import dev.steward.kernel.Due;
import dev.steward.kernel.Moment;
import dev.steward.kernel.Texts;
import dev.steward.loop.Hold;
import dev.steward.store.RecordFormatException;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one thing: looks, decides, acts, one at a time, and looks before anything else when nobody knows what became of an action. Not
 * safe for use by many threads.
 */
final class Item<T, S> implements Due {
    private final Desk<T, S> desk;
    private final Things<T, S> things;
    private final String name;
    private final int slot;
    private boolean named;
    private int records;
    private boolean gone;

    private final Sight<T> sight;
    private final Trials<T> trials;
    private final Face<T, S> face;
    private final Errand<T, S> errand; // the look or the action that is under way
    private Plan.@Nullable Step<T> owed;
    private boolean acting; // what is under way, if something is
    private boolean waits; // for fewer calls to be under way
    private int defects; // in a row: decisions that threw, and records that were refused

    Item(Desk<T, S> desk, Things<T, S> things, String name) {
        this.desk = desk;
        this.things = things;
        this.name = name;
        this.slot = desk.turns().add(this);
        this.face = new Face<>(desk, things, name);
        this.sight = new Sight<>(
                Desk.nanos(desk.options().period()), Desk.nanos(desk.options().callLimit()), now());
        this.trials = new Trials<>(now());
        this.errand = new Errand<>(desk, this::take);
        ready();
    }

    @Override
    public String name() {
        return name;
    }

    // ---- what others do to it

    void named(boolean is) {
        named = is;
    }

    /** There are more or fewer records of it, or one is another: what was decided is decided anew. */
    void recordsChanged(int more) {
        records += more;
        hopeful();
    }

    /** Nobody has named it, there is no record of it, and nothing is under way with it. */
    boolean isUnwanted() {
        return !named && records == 0 && !errand.isUnderWay();
    }

    /** Something has changed, so what was hopeless may not be any more. */
    void hopeful() {
        trials.hopeful();
        ready();
    }

    /** Others hold it, or nobody does any more. */
    void holdsChanged() {
        face.show();
        ready();
    }

    /** Fewer calls are under way: what it waits for may begin. */
    void mayBegin() {
        if (owed == null) { // else it is begun without a turn
            desk.turns().ready(slot);
        }
    }

    /** Its records are committed. */
    void written() {
        defects = 0;
    }

    /** Somebody says that it may be another than it was seen. */
    void look() {
        sight.doubt();
        ready();
    }

    /** Somebody asks for another try, now. */
    void retry() {
        trials.forget(now());
        sight.again(now());
        ready();
    }

    /** Has a turn, and until then owes nothing that was decided before. */
    void ready() {
        owed = null;
        desk.turns().ready(slot);
    }

    /** Another process leads: what was seen, and what was tried, counts no more. */
    void forget() {
        boolean wasActing = acting && errand.isUnderWay();
        errand.forget();
        owed = null;
        waits = false;
        defects = 0;
        sight.forget(now());
        trials.forget(now());
        if (wasActing) {
            trials.abandoned(now() + Desk.nanos(desk.options().callLimit()));
        }
        show(ThingPhase.IDLE, new Reason(ThingCause.SEEN, "another process leads"), 0);
    }

    /** Lets go of its place. */
    void drop() {
        gone = true;
        owed = null;
        desk.turns().remove(slot);
        desk.turnOver(this, false);
    }

    private long now() {
        return desk.cycle().pass().now();
    }

    // ---- its turn

    @Override
    public void run(long now) {
        if (gone || errand.isUnderWay()) {
            return; // its answer, or the limit of that, gives it a turn
        }
        owed = null;
        waits = false;
        try {
            turn(now);
        } finally {
            desk.turnOver(this, waits || owed != null);
        }
    }

    private void turn(long now) {
        if (sight.isNeeded(now)) {
            long wait = sight.nanosToLook(now);
            if (wait > 0) {
                desk.turns().at(slot, now + wait);
            } else {
                beginLook(now);
            }
            return;
        }
        try {
            decide(now);
        } catch (RecordFormatException unreadable) {
            long left = rest(now, Long.MAX_VALUE);
            show(ThingPhase.STUCK, new Reason(ThingCause.TROUBLE, String.valueOf(unreadable.getMessage())), left);
        } catch (RuntimeException defect) {
            long pause = desk.pause(++defects);
            desk.defect(name, defect, pause, defects);
            desk.turns().at(slot, now + pause);
            show(ThingPhase.STUCK, new Reason(ThingCause.DEFECT, Texts.thrown(defect)), pause);
        }
    }

    /** It has its next turn after so long, or when it has to be looked at again; answers how long that is. */
    private long rest(long now, long longest) {
        long left = Math.min(Math.max(longest, 0), sight.nanosLeft(now));
        desk.turns().at(slot, now + left);
        return left;
    }

    private void decide(long now) {
        Moment moment = desk.cycle().pass().moment();
        Thing<T> thing = desk.records().thing(name, sight.use(), moment.wall(), trials.refusal());
        Plan<T> plan = things.plan();
        S state = desk.reconciler().state(thing);
        desk.reconciler().decide(thing, plan);
        Map<RecordType<?>, Optional<RecordValue>> changes = desk.records().changes(name, plan);
        Reason why = plan.reason().isEmpty()
                ? new Reason(ThingCause.SEEN, sight.toString())
                : new Reason(ThingCause.DECIDED, plan.reason());
        face.tell(state, why);
        Plan.Step<T> step = plan.action().orElse(null);
        long again = TimeSource.saturatedNanos(plan.next());
        if (changes.isEmpty() && step == null) {
            defects = 0;
            trials.content(now);
            show(ThingPhase.RESTING, why, rest(now, again));
        } else if (isHeld()) {
            Reason held = held(changes.isEmpty() && step != null ? step.what() : "write its records");
            show(ThingPhase.HELD, held, rest(now, again));
        } else if (!changes.isEmpty()) {
            write(changes, why);
        } else if (step != null) {
            defects = 0;
            act(step, now, again, why);
        }
    }

    private void write(Map<RecordType<?>, Optional<RecordValue>> changes, Reason why) {
        boolean staged = things.stage(this, changes);
        show(ThingPhase.WRITING, why, 0);
        if (!staged) {
            ready(); // in the next batch
        }
    }

    /** Its records are refused, though nothing else is in the batch: it is left alone for a while. */
    void cannotWrite(String reason) {
        long pause = desk.pause(++defects);
        desk.turns().at(slot, now() + pause);
        show(ThingPhase.STUCK, new Reason(ThingCause.TROUBLE, "its records are refused: " + reason), pause);
    }

    private boolean isHeld() {
        return desk.observesOnly() || desk.cycle().holds().isHeld(name);
    }

    private Reason held(String what) {
        List<Hold> holds = desk.cycle().holds().of(name);
        return new Reason(
                ThingCause.HELD,
                "would " + what + "; "
                        + (holds.isEmpty() ? "observes only" : holds.get(0).toString()));
    }

    private void act(Plan.Step<T> step, long now, long again, Reason why) {
        if (trials.isHopeless(step.what())) {
            String text = step.what() + " is refused: " + trials.whyHopeless(step.what());
            show(ThingPhase.GIVEN_UP, new Reason(ThingCause.REFUSED, text), rest(now, again));
            return;
        }
        long wait = trials.nanosToNext(now);
        if (wait > 0) {
            rest(now, Math.min(wait, again));
            show(ThingPhase.WAITING, new Reason(ThingCause.TROUBLE, "to " + step.what() + " again: " + why), wait);
            return;
        }
        if (trials.wantsLookSince(sight.seenAt())) {
            beginLook(now);
            return;
        }
        long spent = step.damaging() ? desk.damage().nanosToNext(now) : 0;
        if (spent > 0) {
            rest(now, Math.min(spent, again));
            String text = "to " + step.what() + ": the damage budget is spent";
            show(ThingPhase.WAITING, new Reason(ThingCause.LIMITED, text), spent);
        } else if (things.sendsLater()) {
            owed = step;
            desk.owe(this);
        } else {
            begin(step, now);
        }
    }

    /** Sends what is still owed. */
    void deliver(long now) {
        Plan.Step<T> step = owed;
        if (step == null || gone || errand.isUnderWay()) {
            return;
        }
        boolean mayStill = !sight.isOld(now)
                && !isHeld()
                && !(step.damaging() && desk.damage().nanosToNext(now) > 0);
        if (mayStill) {
            begin(step, now);
        } else {
            ready();
        }
    }

    // ---- looks and actions

    private void beginLook(long now) {
        if (!desk.mayBegin(this)) {
            waits = true;
            show(ThingPhase.WAITING, new Reason(ThingCause.LIMITED, "to look: too much is under way"), 0);
            return;
        }
        acting = false;
        Consumer<Outcome<T>> answer = errand.expect(outcome -> looked(outcome, now));
        sight.begun();
        show(ThingPhase.LOOKING, new Reason(ThingCause.SEEN, sight.toString()), 0);
        try {
            desk.reconciler().observe(name, answer);
        } catch (RuntimeException defect) {
            desk.defect(name, defect, 0, sight.failures() + 1);
            answer.accept(Outcome.unknown("looking threw " + Texts.thrown(defect)));
        }
    }

    private void begin(Plan.Step<T> step, long now) {
        owed = null;
        if (!desk.mayBegin(this)) {
            waits = true;
            String text = "to " + step.what() + ": too much is under way";
            show(ThingPhase.WAITING, new Reason(ThingCause.LIMITED, text), 0);
            return;
        }
        if (step.damaging()) {
            desk.damage().spend(now);
        }
        acting = true;
        trials.begun();
        Consumer<Outcome<T>> answer = errand.expect(outcome -> acted(step, outcome, now));
        show(ThingPhase.ACTING, new Reason(ThingCause.DECIDED, step.what()), 0);
        try {
            step.action().start(answer);
        } catch (RuntimeException defect) {
            desk.defect(name, defect, 0, trials.failures() + 1);
            answer.accept(Outcome.unknown(step.what() + " threw " + Texts.thrown(defect)));
        }
    }

    private void take(Outcome<T> outcome, Consumer<Outcome<T>> then) {
        if (isUnwanted()) {
            things.dropIfUnwanted(this);
            return;
        }
        try {
            then.accept(outcome);
        } catch (RuntimeException defect) { // what was seen cannot be compared
            desk.defect(name, defect, lookLater(), sight.failures());
        }
        ready();
    }

    private long lookLater() {
        long pause = desk.pause(sight.failed());
        sight.notBefore(now() + pause);
        return pause;
    }

    private void looked(Outcome<T> outcome, long began) {
        Optional<T> found = outcome instanceof Outcome.Done<T> done ? done.seen() : Optional.empty();
        if (found.isPresent()) {
            saw(found.get(), began);
        } else {
            long pause = lookLater();
            show(
                    ThingPhase.WAITING,
                    new Reason(ThingCause.TROUBLE, "could not look: " + Outcomes.text(outcome)),
                    pause);
        }
    }

    private void saw(T what, long began) {
        if (sight.saw(what, began)) {
            trials.changed();
        }
    }

    private void acted(Plan.Step<T> step, Outcome<T> outcome, long began) {
        if (outcome instanceof Outcome.Done<T> done) {
            if (trials.succeeded(step.what(), now())) {
                trials.notBefore(now() + desk.pause(trials.failed())); // the other side may be slow to show it
            }
            done.seen().ifPresentOrElse(found -> saw(found, began), sight::doubt);
            return;
        }
        sight.doubt(); // whatever was thought of it was wrong, or may be by now
        trials.notBefore(now() + desk.pause(trials.failed()));
        if (outcome instanceof Outcome.Refused<T> refused) {
            if (trials.refused(step.what(), refused)) {
                face.failed(new Reason(ThingCause.REFUSED, step.what() + " is refused: " + refused.reason()));
            }
        } else {
            trials.unknown();
        }
        face.message(step.what() + ": " + Outcomes.text(outcome));
    }

    private void show(ThingPhase to, Reason why, long nanosToNext) {
        face.show(to, why, nanosToNext, trials.failures());
    }
}
