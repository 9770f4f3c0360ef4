package dev.steward.instance;

import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.START_AT;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_START;
import static java.time.Duration.ZERO;

import dev.steward.event.Reason;
import dev.steward.instance.Resolver.Act;
import dev.steward.instance.Resolver.Outcome;
import dev.steward.kernel.Due;
import dev.steward.kernel.Texts;
import dev.steward.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one instance: feeds the {@link Resolver}'s table with what is seen, as the {@link Rule}s have it, and carries out what the
 * table asks for. Rows run until the instance rests. Not safe for use by many threads.
 */
final class InstanceRunner implements Due {
    private static final int MOST_ROWS = 10;

    private final Host host;
    private final Wanted wanted;
    private final Seen seen;
    private final Restarts restarts;
    private final Checks checks;
    private final History history = new History();
    private final int slot;
    private final Alarm alarm;
    private final Standing standing;
    private final Stopping stopping;
    private final InstanceTeller teller;
    private final Patience patience = new Patience(this);
    private NextAction next = DOWN;
    private @Nullable Recycle recycle;
    private @Nullable Inputs restedWith;

    InstanceRunner(Host host, InstanceSpec spec, TargetState target, boolean requested) {
        this.host = host;
        this.wanted = new Wanted(spec, target, requested);
        this.seen = new Seen(host);
        this.restarts = new Restarts(spec.name());
        this.checks = new Checks(host, this);
        this.slot = host.schedule().add(this);
        this.alarm = new Alarm(host.schedule(), slot);
        this.standing = new Standing(host, this);
        this.stopping = new Stopping(host, this);
        this.teller = new InstanceTeller(host, this);
        wake();
    }

    /** What is wanted of it; whoever changes that wakes it. */
    Wanted wanted() {
        return wanted;
    }

    /** What is seen of it; whoever changes that wakes it. */
    Seen seen() {
        return seen;
    }

    /** Something that it depends on, or shows, is another. */
    void wake() {
        teller.touch();
        ready();
    }

    /** It is to have a turn. */
    void ready() {
        host.schedule().ready(slot);
    }

    /** Nothing is left of an earlier life. */
    void leftoverGone(Reason why) {
        if (!why.isNone() && standing.isBeforeLaunch()) {
            teller.because(why);
        }
        wake();
        host.changed(this);
    }

    /** Somebody asks for a target: whatever kept it down before counts no more. */
    void request(TargetState target) {
        wanted.request(target, host.pass().moment().wall());
        recycle = target == TargetState.UP ? recycle : null;
        reset();
        host.changed(this);
    }

    private void reset() {
        if (restarts.rests() != null) {
            teller.because(InstanceCause.CANCELLED, "asked for again");
        }
        restarts.reset();
        host.memory().changed(this);
        teller.hopeful();
        wake();
    }

    /** It is configured in another way that does not make it another instance. */
    void configure(InstanceSpec spec) {
        if (wanted.configure(spec)) {
            reset();
        }
    }

    /** Somebody asks for it to be started anew. */
    void restart() {
        wanted.reset(host.pass().moment().wall());
        reset();
        if (seen.life() == null && next == START_AT) {
            next = DOWN;
            alarm.clear();
        }
        recycle(Recycle.asked(InstanceCause.RESTART_REQUESTED, "restart requested"));
    }

    /** If it is there, it is to come down and be started again; the first reason counts. */
    void recycle(Recycle why) {
        if (seen.life() != null && recycle == null && wanted.up()) {
            recycle = why;
            wake();
        }
    }

    /** Its probe says that it is well: a restart because it was not, which has not begun, is not needed any more. */
    void isWellAgain() {
        Recycle why = recycle;
        if (why != null && next == UP && why.why().code() == InstanceCause.UNWELL) {
            recycle = null;
            wake();
        }
    }

    /** Somebody holds it who did not before, or does no more. */
    void heldOtherwise() {
        standing.heldOtherwise();
        wake();
    }

    /** Takes over a life that an earlier manager launched, {@code age} ago. */
    void adopt(Life life, Duration age) {
        life.began(host.pass().now() - TimeSource.saturatedNanos(age));
        life.adopted();
        seen.ordered(life);
        restarts.goesOn();
        host.memory().changed(this);
        Duration limit = wanted.spec().startup().limit();
        if (age.compareTo(limit) < 0 && !checks.isReady(wanted.spec(), life)) {
            next = WAIT_START;
            alarm.set(host.pass().now(), limit.minus(age));
        } else {
            checks.assumeReady(life);
            next = UP;
            history.up(life.since());
        }
        teller.because(InstanceCause.ADOPTED, life.describe() + " adopted, running for " + Texts.age(age));
        wake();
    }

    @Override
    public void run(long now) {
        if (!host.decides()) {
            teller.tell();
            return;
        }
        boolean rests = false;
        settle();
        teller.tell();
        for (int row = 0; row < MOST_ROWS && !rests; row++) {
            rests = oneRow(now);
            settle();
            teller.tell();
        }
        checks.follow(wanted.spec().health(), next, seen.life());
        if (!rests) {
            ready();
        } else {
            alarm.ensure(now);
            if (standing.hasRetired()) {
                host.roster().retired(this);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same object: all of it is as it was
    private boolean oneRow(long now) {
        Inputs asked = standing.inputs(now);
        if (asked == restedWith) {
            return true; // rules and table are pure
        }
        Inputs fed = Rules.apply(asked);
        if (fed.escalate()) {
            stopping.escalate(now);
        }
        Reason moved = fed.moved();
        if (moved != null) {
            move(fed.next(), moved, now);
        }
        Outcome outcome = Resolver.resolve(fed.operable(), fed.next(), fed.target(), fed.running(), false, fed.due());
        if (outcome.next() == next && outcome.note() == Note.NONE) {
            patience.waitForOthers(fed, now);
            restedWith = fed.escalate() ? null : asked;
            if (standing.handsOff() != null) {
                teller.touch(); // what would be done may be something else
            }
            return moved == null;
        }
        Reason held = fed.held();
        if (outcome.act() == Act.LAUNCH && held != null) {
            teller.held(held);
            patience.waitForOthers(fed, now);
            return true;
        }
        apply(fed, outcome, now);
        return false;
    }

    /** The rules are ahead of the table. */
    private void move(NextAction to, Reason why, long now) {
        Life life = seen.life();
        next = to;
        if (why.code() == InstanceCause.NOT_READY) {
            recycle = Recycle.notReady(wanted.spec().startup(), checks.last());
        } else if (why.code() == InstanceCause.TAKEN_BACK && life != null) {
            history.notAgain();
            if (to == WAIT_START) {
                alarm.set(now, wanted.spec().startup().limit());
            } else {
                history.stillUp(now);
                alarm.clear();
            }
            teller.hopeful();
            if (recycle == null) {
                teller.because(life.hasRefused() ? InstanceCause.TAKEN_BACK : InstanceCause.RUNNING, life.describe());
            }
        }
    }

    /** Gives away what is left of the last life, so that it is stopped while this one waits for it, or left alone while this one is held. */
    private void settle() {
        Life life = seen.life();
        if (life != null && life.isLingering() && standing.isDoneWithIt()) {
            seen.handOver();
            host.leftovers().add(name(), life, Leftovers.Sort.LINGERING);
        }
    }

    private void apply(Inputs fed, Outcome outcome, long now) {
        Duration delay = delay(outcome, now);
        teller.explain(outcome, seen, delay);
        next = outcome.next();
        if (outcome.target() != fed.target()) { // what the rules make of a target is for this step only
            wanted.settleFor(outcome.target());
        }
        switch (outcome.timer()) {
            case KEEP -> alarm.clear();
            case STOP_LIMIT -> stopping.begin(now);
            case START_LIMIT, START_RETRY, RESTART_DELAY -> alarm.set(now, delay);
        }
        switch (outcome.note()) {
            case LAUNCHED -> history.up(now);
            case LAUNCH_REQUESTED -> launch(now);
            case LAUNCH_NOT_SEEN_RETRY -> {
                history.again();
                host.orders().lookFor(seen.life());
            }
            case EXIT_DETECTED -> {
                host.memory().changed(this);
                history.again();
                recycle = null;
                if (!restarts.hasCompleted()) {
                    history.failed(now);
                }
                if (restarts.rests() == null && !seen.ending().isRefusal()) {
                    host.groups().failed(name());
                }
            }
            case EXITED -> cameDown(delay, now);
            case REFUSED_TO_DIE -> {
                host.orders().lookFor(seen.life());
                seen.refuse();
            }
            case RESET_TO_IDLE -> history.notAgain();
            default -> {} // no more than the table says
        }
    }

    /** How long the timer that the table asks for is to run, or how long to wait for the next start. */
    private Duration delay(Outcome outcome, long now) {
        InstanceSpec spec = wanted.spec();
        Recycle why = recycle;
        return switch (outcome.note()) {
            case LAUNCH_REQUESTED -> spec.startup().limit();
            case LAUNCH_NOT_SEEN_RETRY -> spec.startup().retry();
            case EXIT_DETECTED -> restarts.ended(spec.restart(), seen.ending(), history.healthy(now), now);
            case EXITED -> why != null && wanted.up() ? restarts.cameDown(spec.restart(), why, now) : ZERO;
            default -> ZERO;
        };
    }

    /** What was told to stop is gone; if that was only to be started again, it waits for that as long as it has to. */
    private void cameDown(Duration delay, long now) {
        host.memory().changed(this);
        Recycle why = recycle;
        recycle = null;
        if (why == null || !wanted.up() || restarts.rests() != null) {
            return;
        }
        history.again();
        if (why.failure()) {
            history.failed(now);
            host.groups().failed(name());
        }
        if (!delay.isZero()) {
            next = START_AT;
            alarm.set(now, delay);
        }
    }

    private void launch(long now) {
        Life life = host.orders().newLife(wanted.spec());
        seen.ordered(life);
        teller.impatient();
        boolean again = history.isAgain();
        history.launched();
        teller.because(InstanceCause.LAUNCHED, again ? "restart " + history.relaunches() : "wanted up");
        recycle = null;
        String trouble = host.orders().launch(wanted.spec(), life);
        if (trouble != null) {
            teller.message("the driver failed to launch: " + trouble);
            alarm.set(now, ZERO); // whether it did is not known: the time to be seen running is over at once
        }
    }

    /** Lets go of its place. */
    void forget() {
        alarm.clear();
        checks.end();
        teller.forget();
        host.schedule().remove(slot);
    }

    /** Why it is to come down and be started again, or null. */
    @Nullable
    Recycle recycling() {
        return recycle;
    }

    /** The text without the secrets that it has, or was launched with. */
    String hide(String text) {
        Life life = seen.life();
        return wanted.hide(life == null ? text : life.hide(text));
    }

    /** How it stands, for others. */
    Standing standing() {
        return standing;
    }

    Alarm alarm() {
        return alarm;
    }

    /** How often it has ended, and what comes of that. */
    Restarts restarts() {
        return restarts;
    }

    /** Whether it is well. */
    Checks checks() {
        return checks;
    }

    boolean isOperable() {
        return host.operates(wanted.spec().management());
    }

    NextAction next() {
        return next;
    }

    /** How it has fared so far. */
    History history() {
        return history;
    }

    InstanceTeller teller() {
        return teller;
    }

    @Override
    public String name() {
        return wanted.spec().name();
    }
}
