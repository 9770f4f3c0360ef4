package dev.steward.reconcile;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopObserver;
import dev.steward.loop.Step;
import dev.steward.time.Backoff;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop over lamps, alone, that runs when it wants to. Not safe for use by many threads. */
final class LampRoom {
    static final Duration SECOND = Duration.ofSeconds(1);

    final VirtualTime time = new VirtualTime();
    final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    final Lamp lamp = new Lamp();
    final List<String> events = new ArrayList<>();
    final List<String> defects = new ArrayList<>();
    final ReconcileLoop<Boolean, Lamp.State> loop;
    private final Subscription subscription = feed.subscribe(() -> {});

    /** With a wait of 1 s, 2 s, 4 s and so on, up to a minute, and no jitter. */
    LampRoom() {
        this(options());
    }

    LampRoom(ReconcileOptions options) {
        loop = new ReconcileLoop<>("lamps", lamp, feed, time, options.withObserver(new LoopObserver() {
            @Override
            public void failed(ControlLoop it, RuntimeException error, Duration delay, int inARow) {
                defects.add(error.getMessage() + ", " + delay.toSeconds() + " s, " + inARow);
            }
        }));
    }

    static ReconcileOptions options() {
        return ReconcileOptions.defaults().withRetry(Backoff.exponential(SECOND, Duration.ofMinutes(1)));
    }

    /** Runs passes until the loop wants to wait. */
    Step settle() {
        Step step = settle(loop);
        subscription.poll(new StateListener() {
            @Override
            public void event(StateEvent event) {
                events.add(event.name() + " " + event.state() + (event.isFailure() ? " FAILED" : ""));
            }

            @Override
            public void gap(long first, long last) {
                events.add(first + " to " + last + " lost");
            }
        });
        return step;
    }

    static Step settle(ControlLoop loop) {
        Step step = Step.again();
        for (int pass = 0; step.equals(Step.again()); pass++) {
            if (pass == 1_000) {
                throw new AssertionError("spins");
            }
            step = loop.manageOnce();
        }
        return step;
    }

    /** Lets time pass, and runs the loop whenever it wants to. */
    void run(Duration length) {
        Step step = settle();
        Duration left = length;
        while (step.kind() == Step.Kind.AFTER && step.delay().compareTo(left) <= 0) {
            time.advance(step.delay());
            left = left.minus(step.delay());
            step = settle();
        }
        time.advance(left);
    }

    /** Lets time pass without a pass, then runs. */
    void wait(Duration length) {
        time.advance(length);
        settle();
    }

    /** Answers what has been asked for longest and is not answered. */
    void answer(Outcome<Boolean> outcome) {
        lamp.open.remove(0).accept(outcome);
        settle();
    }

    void add(String... names) {
        for (String name : names) {
            loop.add(name);
        }
        settle();
    }

    /** What was asked since this was asked last. */
    List<String> asked() {
        List<String> all = List.copyOf(lamp.asked);
        lamp.asked.clear();
        return all;
    }

    ThingView view(String name) {
        return loop.thing(name).orElseThrow();
    }
}
