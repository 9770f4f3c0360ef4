package dev.steward.process;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps all news, and lets a test wait for some. Safe for use by many threads. */
final class Recorder implements DriverEvents {
    private static final long LIMIT_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Observation> observations = new ArrayList<>();
    private final List<Census> censuses = new ArrayList<>();

    @Override
    public void observed(Observation news) {
        add(() -> observations.add(news));
    }

    @Override
    public void census(Census census) {
        add(() -> censuses.add(census));
    }

    /** The news of that type about a life, waited for. */
    <T extends Observation> T await(Class<T> type, Incarnation life) {
        return await(
                observations,
                news -> type.isInstance(news) && news.life().equals(life),
                type.getSimpleName() + " of " + life,
                type);
    }

    /** The answer to a look, waited for, and as if everything had just been started. */
    Census await(long ticket) {
        Census exact = awaitExact(ticket);
        List<Observation.Running> ageless = exact.running().stream()
                .map(running -> new Observation.Running(
                        running.name(), running.life(), running.pid(), Duration.ZERO, running.led()))
                .toList();
        return new Census(ticket, ageless, exact.trouble());
    }

    /** The same with the ages. */
    Census awaitExact(long ticket) {
        return await(censuses, census -> census.ticket() == ticket, "census " + ticket, Census.class);
    }

    /** Everything about a life so far. */
    List<Observation> of(Incarnation life) {
        lock.lock();
        try {
            return observations.stream()
                    .filter(news -> news.life().equals(life))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void add(Runnable addition) {
        lock.lock();
        try {
            addition.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T await(List<? super T> all, Predicate<T> wanted, String what, Class<T> type) {
        long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        lock.lock();
        try {
            while (true) {
                for (Object one : all) {
                    if (type.isInstance(one) && wanted.test(type.cast(one))) {
                        return type.cast(one);
                    }
                }
                if (left <= 0) {
                    throw new AssertionError("no " + what + " in " + all);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, stop);
        } finally {
            lock.unlock();
        }
    }
}
