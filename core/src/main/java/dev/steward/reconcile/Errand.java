package dev.steward.reconcile;

import dev.steward.kernel.Texts;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The one call that may be under way with a thing: a look or an action. Not safe for use by many threads. */
final class Errand<T, S> {
    private final Desk<T, S> desk;
    private final BiConsumer<Outcome<T>, Consumer<Outcome<T>>> back;
    private boolean underWay;
    private long attempt; // what is answered to an earlier one is nobody's

    /**
     * None is under way.
     *
     * @param back takes the outcome, when it is over, and what was to be done with it
     */
    Errand(Desk<T, S> desk, BiConsumer<Outcome<T>, Consumer<Outcome<T>>> back) {
        this.desk = desk;
        this.back = back;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** It is nobody's any more; for the end of all that are under way. */
    void forget() {
        attempt++;
        underWay = false;
    }

    /** It begins; answers what takes its outcome, from any thread, once, until its limit is over. */
    Consumer<Outcome<T>> expect(Consumer<Outcome<T>> then) {
        underWay = true;
        desk.begun();
        long own = ++attempt;
        return desk.calls().expect(desk.options().callLimit(), outcome -> over(own, outcome, then), this::noAnswer);
    }

    private Outcome<T> noAnswer() {
        return Outcome.unknown(
                "no answer within " + Texts.seconds(desk.options().callLimit()));
    }

    private void over(long own, Outcome<T> outcome, Consumer<Outcome<T>> then) {
        if (own == attempt) {
            underWay = false;
            desk.settled();
            back.accept(outcome, then);
        }
    }
}
