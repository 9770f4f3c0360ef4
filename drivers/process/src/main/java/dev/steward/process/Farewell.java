package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Signal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Ends all lives when their driver is closed: each process of them is told to terminate, woken if it was stopped, and killed once the grace
 * is over; also what is started meanwhile. Blocks; belongs to the driver's thread.
 */
final class Farewell {
    /** How long it takes at most for a process to be gone that was killed. */
    static final Duration AFTER_KILL = Duration.ofSeconds(2);

    private static final long FIRST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Prelude prelude;
    private final ProcessTable table;
    private final Signaller signaller;
    private final long grace;

    Farewell(Prelude prelude, ProcessTable table, Signaller signaller, Duration grace) {
        this.prelude = prelude;
        this.table = table;
        this.signaller = signaller;
        this.grace = grace.toNanos();
    }

    /** Ends them, and answers those of which something is left all the same. */
    List<Life> end(Collection<Life> lives) {
        var left = new LinkedHashMap<Incarnation, Life>();
        lives.forEach(life -> left.put(life.incarnation(), life));
        long begin = System.nanoTime();
        long limit = grace + AFTER_KILL.toNanos();
        boolean told = false;
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            long spent = System.nanoTime() - begin;
            try {
                if (!told) {
                    prelude.await(left.values());
                }
                List<Signaller.Target> targets = targets(left);
                left.keySet()
                        .retainAll(targets.stream()
                                .map(target -> target.life().incarnation())
                                .collect(Collectors.toSet()));
                if (left.isEmpty()) {
                    return List.of();
                }
                if (!told) {
                    signaller.send(Signal.TERM, targets);
                    told = true;
                    signaller.wake(
                            targets(left)); // looked at again: a group is only signalled while somebody is seen in it
                } else if (spent >= grace) {
                    signaller.send(Signal.KILL, targets);
                }
            } catch (UncheckedIOException unseen) {
                pause = LONGEST_PAUSE_NANOS; // nobody is taken for gone, and it is tried again
            }
            if (spent >= limit) {
                return List.copyOf(left.values());
            }
            LockSupport.parkNanos(Math.min(pause, Math.max(1, (spent < grace ? grace : limit) - spent)));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    private List<Signaller.Target> targets(Map<Incarnation, Life> left) {
        var targets = new ArrayList<Signaller.Target>();
        table.look(left.keySet()).forEach((incarnation, members) -> {
            Life life = left.get(incarnation);
            if (life != null) {
                targets.add(new Signaller.Target(life, members));
            }
        });
        return targets;
    }
}
