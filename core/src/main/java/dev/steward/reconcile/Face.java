package dev.steward.reconcile;

import dev.steward.event.Reason;
import dev.steward.kernel.Moment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one thing shows of itself: its state on the feed, and its view for whoever asks. Not safe for use by many threads. */
final class Face<T, S> {
    private final Desk<T, S> desk;
    private final Things<T, S> things;
    private final String name;

    private @Nullable S told;
    private ThingPhase phase = ThingPhase.IDLE;
    private Moment since;
    private Reason why = Reason.none();
    private Optional<Instant> next = Optional.empty();
    private int failures;

    Face(Desk<T, S> desk, Things<T, S> things, String name) {
        this.desk = desk;
        this.things = things;
        this.name = name;
        since = desk.cycle().pass().moment();
        show();
    }

    /** It is in a state, which is news or not. */
    void tell(S state, Reason cause) {
        if (!state.equals(told)) {
            S before = told;
            told = state;
            desk.cycle().publisher().changed(name, before, state, cause);
        }
    }

    /** It will not make it, for all that is known. */
    void failed(Reason cause) {
        S state = told;
        if (state != null) {
            desk.cycle().publisher().failed(name, state, cause);
        }
    }

    /** Something that operators may want to read. */
    void message(String text) {
        desk.cycle().publisher().message(name, text);
    }

    /**
     * What is done with it.
     *
     * @param nanosToNext until something is done of the loop's own accord; 0 if that waits for an answer
     * @param inARow how many actions have not gone well
     */
    void show(ThingPhase to, Reason cause, long nanosToNext, int inARow) {
        Moment moment = desk.cycle().pass().moment();
        if (to != phase) {
            phase = to;
            since = moment;
        }
        why = cause;
        next = nanosToNext <= 0 || nanosToNext == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(moment.at(moment.nanos() + nanosToNext));
        failures = inARow;
        show();
    }

    /** Shows the same, with the holds that there are now. */
    void show() {
        things.show(new ThingView(
                name,
                told == null ? "" : desk.reconciler().kind().text(told),
                phase,
                why,
                since.wall(),
                next,
                failures,
                desk.cycle().holds().of(name)));
    }
}
