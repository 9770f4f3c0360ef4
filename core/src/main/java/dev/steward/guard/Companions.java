package dev.steward.guard;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loops that a node makes a pass of before each of its own: the managers of other nodes that its states ask. One that throws is told
 * of and hurts nobody. Not safe for use by many threads.
 */
final class Companions {
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final List<ControlLoop> loops;
    private final List<String> keys;
    private final Notices notices;
    private final Teller teller;

    Companions(List<ControlLoop> loops, Notices notices, Teller teller) {
        this.loops = loops;
        this.keys =
                IntStream.range(0, loops.size()).mapToObj(i -> "manager " + i).toList(); // names may be alike
        this.notices = notices;
        this.teller = teller;
    }

    void wakeWith(WakeUp wakeUp) {
        loops.forEach(loop -> loop.wakeWith(wakeUp));
    }

    /** Makes a pass of each; answers the earliest wish. */
    Step refresh() {
        Step earliest = Step.parked();
        for (int i = 0; i < loops.size(); i++) {
            Step wish = refresh(loops.get(i), keys.get(i));
            earliest = wish.isFinished() ? earliest : earliest.earliest(wish);
        }
        return earliest;
    }

    private Step refresh(ControlLoop loop, String key) {
        try {
            Step wish = loop.manageOnce();
            notices.clear(key);
            return wish;
        } catch (Throwable thrown) { // its trouble is not the node's
            Thrown.rethrowFatal(thrown);
            String name = "manager " + loop.name();
            if (notices.trouble(key, name + ": " + Thrown.text(thrown))) {
                teller.defect(name, thrown);
            }
            return Step.afterNanos(RETRY_NANOS);
        }
    }

    void close() {
        for (ControlLoop loop : loops) {
            try {
                loop.close();
            } catch (Throwable thrown) {
                Thrown.rethrowFatal(thrown);
                teller.defect("manager " + loop.name(), thrown);
            }
        }
    }
}
