package dev.steward.node;

import dev.steward.loop.Step;
import dev.steward.time.TimeSource;

/**
 * The passes of a manager over its nodes: what is woken or due is looked at, and nothing else is touched. Belongs to the loop's thread.
 *
 * <p>The agenda has a slot for each node, behind them one for the look at all, then one for what a feed has not taken.
 */
final class Rounds {
    private final Crew crew;
    private final Watch[] watches;
    private boolean begun;
    private boolean closed;

    Rounds(Crew crew, Watch[] watches) {
        this.crew = crew;
        this.watches = watches;
    }

    /** Connects all, once. */
    void init() {
        if (!begun && !closed) {
            begun = true;
            for (Watch watch : watches) {
                watch.init();
            }
            resyncLater();
        }
    }

    /** One pass. */
    Step make() {
        if (closed) {
            return Step.finished();
        }
        crew.beginPass();
        try {
            init();
            crew.mailbox.drain();
            long now = crew.nanos();
            for (int left = crew.agenda.collect(now); left > 0; left--) {
                take(crew.agenda.next());
            }
            return crew.mailbox.isEmpty() ? Step.afterNanos(crew.agenda.nanosToNext(now)) : Step.again();
        } finally {
            crew.endPass();
        }
    }

    private void take(int slot) {
        if (slot < watches.length) {
            watches[slot].look();
        } else if (slot == watches.length) {
            resync();
        } else {
            crew.takeUntold().stream().forEach(index -> watches[index].publish());
        }
    }

    /** Looks at all; in a pass, or between two. */
    void resync() {
        boolean isPass = crew.beginPass();
        try {
            for (Watch watch : watches) {
                watch.look();
            }
            resyncLater();
        } finally {
            if (isPass) {
                crew.endPass();
                crew.mailbox.post(() -> {}); // the runner has to hear of new deadlines
            }
        }
    }

    private void resyncLater() {
        if (!crew.options.resync().isZero()) {
            crew.agenda.scheduleIn(watches.length, crew.nanos(), TimeSource.saturatedNanos(crew.options.resync()));
        }
    }

    /** Lets go of all, once. */
    void end() {
        if (!closed) {
            closed = true;
            for (Watch watch : watches) {
                watch.close();
            }
        }
    }
}
