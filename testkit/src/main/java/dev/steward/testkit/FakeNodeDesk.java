package dev.steward.testkit;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FakeNode} takes writes to the node behind it: in order, and with trouble where it is told to. Safe for use by many threads
 * without a simulation.
 */
final class FakeNodeDesk {
    private final NodeChannel inner;
    private final FakeNodeScreen screen;
    private final Runnable look;
    private final TimeSource time;
    private final @Nullable Simulation simulation;
    private final long origin;
    private final List<FakeNodeWrite> writes = new ArrayList<>();
    private final Deque<FakeNodeTrouble> troubles = new ArrayDeque<>();
    private @Nullable FakeNodeTrouble always;
    private @Nullable Duration answersAfter;
    private Duration takes = Duration.ZERO;
    private Duration lag = FakeNode.LAG;
    private long behind = Long.MIN_VALUE;
    private int underWay;

    /** One write on its way. */
    private record Errand(
            FakeNodeWrite log,
            Consumer<WriteOutcome> done,
            @Nullable FakeNodeTrouble trouble,
            long incarnation) {}

    /** @param look takes over what the node behind shows */
    FakeNodeDesk(
            NodeChannel inner, FakeNodeScreen screen, Runnable look, TimeSource time, @Nullable Simulation simulation) {
        this.inner = inner;
        this.screen = screen;
        this.look = look;
        this.time = time;
        this.simulation = simulation;
        this.origin = time.nanos();
    }

    synchronized List<FakeNodeWrite> writes() {
        return List.copyOf(writes);
    }

    synchronized void forget() {
        writes.clear();
    }

    synchronized void next(List<FakeNodeTrouble> some) {
        troubles.addAll(some);
    }

    synchronized void always(@Nullable FakeNodeTrouble trouble) {
        always = trouble;
    }

    synchronized void answersAfter(@Nullable Duration delay) {
        answersAfter = delay;
    }

    synchronized void takes(Duration length) {
        takes = length;
    }

    synchronized void lag(Duration longest) {
        lag = longest;
    }

    synchronized void heal() {
        troubles.clear();
        always = null;
        answersAfter = null;
        takes = Duration.ZERO;
    }

    void write(NodeWrite write, Consumer<WriteOutcome> done) {
        Errand errand = take(write, done);
        FakeNodeTrouble trouble = errand.trouble;
        String unknown = unknownState(write);
        if (trouble == FakeNodeTrouble.THROWS) {
            throw new IllegalStateException("the fake of '" + inner.node() + "' is told to throw: " + write.text());
        } else if (unknown != null) {
            answer(errand, WriteOutcome.refused(unknown));
        } else if (!screen.isConnected()) {
            answer(errand, WriteOutcome.notSent("fake: '" + inner.node() + "' is lost"));
        } else if (trouble == FakeNodeTrouble.REFUSED) {
            answer(errand, WriteOutcome.refused("fake: refused"));
        } else if (trouble == FakeNodeTrouble.NOT_SENT) {
            answer(errand, WriteOutcome.notSent("fake: not sent"));
        } else if (trouble == FakeNodeTrouble.UNKNOWN_NOT_DONE) {
            answer(errand, WriteOutcome.unknown("fake: no answer"));
        } else if (trouble == FakeNodeTrouble.UNKNOWN_THEN_DONE) {
            send(errand);
            answer(errand, WriteOutcome.unknown("fake: no answer"));
        } else if (trouble != FakeNodeTrouble.SWALLOWED) {
            send(errand);
        }
    }

    private synchronized Errand take(NodeWrite write, Consumer<WriteOutcome> done) {
        FakeNodeWrite log = new FakeNodeWrite(write, Duration.ofNanos(time.nanos() - origin));
        writes.add(log);
        return new Errand(log, done, trouble(), screen.incarnation());
    }

    /** Every point is passed by every write, so that a decision does not depend on the others. */
    private @Nullable FakeNodeTrouble trouble() {
        FakeNodeTrouble planned = null;
        if (simulation != null) {
            for (FakeNodeTrouble candidate : FakeNodeTrouble.values()) {
                if (simulation.faults().decide(candidate.point()) && planned == null) {
                    planned = candidate;
                }
            }
        }
        FakeNodeTrouble told = troubles.isEmpty() ? always : troubles.removeFirst();
        return told == null ? planned : told;
    }

    private @Nullable String unknownState(NodeWrite write) {
        boolean known = !(write instanceof NodeWrite.Request request)
                || inner.states().isEmpty()
                || inner.states().contains(request.state());
        return known ? null : "'" + inner.node() + "' cannot " + write.text() + ": no such state";
    }

    /** Lets it go to the node, behind those that are on their way. */
    private void send(Errand errand) {
        Simulation world = simulation;
        Duration delay = delay(errand);
        if (world == null || (delay.isZero() && underWay == 0)) {
            reach(errand);
            return;
        }
        long now = world.elapsedNanos();
        behind = Math.max(behind, now + delay.toNanos());
        underWay++;
        world.after(
                Duration.ofNanos(behind - now),
                inner.node() + " gets: " + errand.log.write().text(),
                () -> {
                    underWay--;
                    reach(errand);
                });
    }

    private Duration delay(Errand errand) {
        boolean slow = errand.trouble == FakeNodeTrouble.SLOW || errand.trouble == FakeNodeTrouble.UNKNOWN_THEN_DONE;
        return slow ? takes.plus(someLag()) : takes;
    }

    private void reach(Errand errand) {
        if (screen.incarnation() != errand.incarnation) {
            ended(errand, WriteOutcome.unknown("fake: the connection was lost meanwhile"));
            return;
        }
        inner.write(errand.log.write(), outcome -> {
            if (outcome.isAccepted()) {
                errand.log.done();
            }
            look.run();
            boolean lost = screen.incarnation() != errand.incarnation;
            ended(errand, lost ? WriteOutcome.unknown("fake: the connection was lost meanwhile") : outcome);
        });
    }

    /** The node, or the way to it, has answered. */
    private void ended(Errand errand, WriteOutcome outcome) {
        FakeNodeTrouble trouble = errand.trouble;
        if (trouble == FakeNodeTrouble.NO_ANSWER || trouble == FakeNodeTrouble.UNKNOWN_THEN_DONE) {
            return;
        }
        if (trouble == FakeNodeTrouble.LATE) {
            later(errand, outcome);
            return;
        }
        answer(errand, trouble == FakeNodeTrouble.UNKNOWN ? WriteOutcome.unknown("fake: no answer") : outcome);
        if (trouble == FakeNodeTrouble.TWICE) {
            later(errand, outcome);
        }
    }

    private void answer(Errand errand, WriteOutcome outcome) {
        Duration delay = answersAfter;
        if (delay == null || simulation == null) {
            tell(errand, outcome);
        } else {
            // what never left is answered at once
            after(outcome.kind() == WriteOutcome.Kind.NOT_SENT ? Duration.ZERO : delay, errand, outcome);
        }
    }

    private void later(Errand errand, WriteOutcome outcome) {
        if (simulation == null) {
            tell(errand, outcome);
        } else {
            after(someLag(), errand, outcome);
        }
    }

    private void after(Duration delay, Errand errand, WriteOutcome outcome) {
        if (simulation != null) {
            String what = inner.node() + " answers: " + errand.log.write().text() + ", " + outcome;
            simulation.after(delay, what, () -> tell(errand, outcome));
        }
    }

    private static void tell(Errand errand, WriteOutcome outcome) {
        errand.log.answered(outcome);
        errand.done.accept(outcome);
    }

    private Duration someLag() {
        return simulation == null ? Duration.ZERO : FakeNode.someLag(simulation, lag);
    }
}
