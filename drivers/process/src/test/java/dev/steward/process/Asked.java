package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The answers to one or more looks, waited for. Safe for use by many threads. */
final class Asked {
    private static final long LIMIT_SECONDS = 20;

    private final BlockingQueue<ProbeResult> answers = new LinkedBlockingQueue<>();

    /** Begins a look at a life that is nobody's. */
    static Asked begin(Probe probe) {
        return begin(probe, subject("web"));
    }

    static Asked begin(Probe probe, Probe.Subject subject) {
        var asked = new Asked();
        probe.check(subject, asked.answers::add);
        return asked;
    }

    static ProbeResult ask(Probe probe) {
        return begin(probe).answer();
    }

    static Probe.Subject subject(String name) {
        return new Probe.Subject(name, new Incarnation("life-of-" + name), 17);
    }

    ProbeResult answer() {
        try {
            ProbeResult answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer");
            }
            return answer;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", stop);
        }
    }

    boolean isAnswered() {
        return !answers.isEmpty();
    }

    /** Makes threads, and knows them all. */
    static final class Threads implements ThreadFactory {
        final List<Thread> made = new CopyOnWriteArrayList<>();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work);
            made.add(thread);
            return thread;
        }

        List<Thread> living() {
            return made.stream().filter(Thread::isAlive).toList();
        }
    }
}
