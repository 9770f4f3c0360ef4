package dev.steward.architecture.planted.upper;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Breaks every rule once, in a method of the rule's name. Never run. */
public final class Offender {
    public Offender() {}

    public List<Object> readsClocks() {
        LongSupplier nanos = System::nanoTime;
        return List.of(nanos, Instant.now(), Clock.systemUTC(), System.currentTimeMillis());
    }

    public void waits(CountDownLatch latch, Future<String> answer, ArrayBlockingQueue<String> queue) throws Exception {
        Thread.sleep(1);
        LockSupport.parkNanos(1);
        latch.await();
        queue.put(answer.get());
    }

    public ExecutorService makesThreads() {
        new Thread(() -> {}).start();
        return Executors.newCachedThreadPool();
    }

    public void prints() {
        System.out.println("seen");
    }

    public Method looksIntoClasses() throws ReflectiveOperationException {
        return Class.forName("java.lang.String").getMethod("length");
    }

    public Object loadsServices() {
        return ServiceLoader.load(Runnable.class);
    }

    public List<ImmutableList<String>> showsGuava() {
        return List.of();
    }
}
