package dev.steward.await;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A scene with a script of what happens when, and a caller that blocks on virtual time. Not safe for use by many threads. */
final class Stage {
    final Scene scene = Scene.onOurFeed();
    private final TreeMap<Duration, Runnable> script = new TreeMap<>();
    private Duration now = Duration.ZERO;

    Duration now() {
        return now;
    }

    /** Something is to happen so many seconds after the beginning, after what is to happen then already. */
    void at(long seconds, Runnable what) {
        script.merge(Duration.ofSeconds(seconds), what, (before, after) -> () -> {
            before.run();
            after.run();
        });
    }

    /** The thing is to enter a state then. */
    void at(long seconds, String name, String state) {
        at(seconds, () -> scene.enter(name, state));
    }

    void failAt(long seconds, String name) {
        at(seconds, () -> scene.fail(name));
    }

    /** The caller does something else for a while. */
    void sleep(long seconds) {
        Duration until = now.plusSeconds(seconds);
        while (!script.isEmpty() && script.firstKey().compareTo(until) <= 0) {
            Map.Entry<Duration, Runnable> next = script.pollFirstEntry();
            passTo(next.getKey());
            next.getValue().run();
        }
        passTo(until);
    }

    /** As {@link StateWait#await(Duration)}, by nothing but passes: when it says, and after what happens. */
    boolean await(StateWait wait, long seconds) {
        Duration end = now.plusSeconds(seconds);
        Step step = wait.manageOnce();
        while (!wait.isSettled() && now.compareTo(end) < 0) {
            Duration until = end;
            if (step.kind() == Step.Kind.AFTER && now.plus(step.delay()).compareTo(until) < 0) {
                until = now.plus(step.delay());
            }
            if (!script.isEmpty() && script.firstKey().compareTo(until) < 0) {
                until = script.firstKey();
            }
            sleep(until.minus(now).toSeconds());
            step = wait.manageOnce();
        }
        return wait.isSettled();
    }

    private void passTo(Duration until) {
        if (until.compareTo(now) > 0) {
            scene.pass(until.minus(now));
            now = until;
        }
    }
}
