package dev.steward.benchmarks;

import com.google.common.collect.ImmutableList;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.RunState;
import dev.steward.instance.SiteConfig;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.process.ProcessDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Ways to bring a process back. Each is for one thread. */
final class Relaunchers {
    static final String[] ARGV = {"sleep", "1000"};

    private static final String NAME = "sleeper";

    private Relaunchers() {}

    /** What a program is started through. */
    enum Through {
        /** Nothing. */
        NOTHING,
        /** What makes a session of its own: as the driver starts where a child of this JVM has its signals as they are by default. */
        SESSION("setsid"),
        /** That, and what gives a child such signals: as the driver starts elsewhere, so with JDK 17. */
        SIGNALS_AND_SESSION("env", "--default-signal=HUP,INT,QUIT,TERM,USR1,USR2,PIPE", "setsid");

        private final ImmutableList<String> programs;

        Through(String... programs) {
            this.programs = ImmutableList.copyOf(programs);
        }

        ProcessBuilder builder(String... argv) {
            List<String> command = new ArrayList<>(programs);
            command.addAll(List.of(argv));
            return new ProcessBuilder(command);
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /**
     * All of the library with its default settings: a manager over a process driver, run by a {@link LoopInvoker}. By default the first
     * crash is answered at once and the next one later, unless the process has been well for 10 s in between; so the clock is put forward
     * by more than that before each kill.
     */
    static final class OfManager implements Relauncher, ControlLoop {
        private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(11);

        private final SkippingTime time = new SkippingTime();
        private final HostManager host;
        private final LoopInvoker invoker = new LoopInvoker(time);
        private long pid;

        OfManager(Path folder) {
            host = new HostManager(
                    SiteConfig.of(InstanceSpec.of(NAME, ARGV)),
                    new ProcessDriver("bench-manager-" + ProcessHandle.current().pid(), folder, OnClose.LEAVE),
                    new InMemoryStateFeed(time),
                    time);
            awaitSuccessor();
        }

        @Override
        public Step manageOnce() {
            return host.manageOnce();
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            host.wakeWith(wakeUp);
        }

        @Override
        public String name() {
            return host.name();
        }

        private boolean hasSuccessor() {
            return host.instance(NAME)
                    .filter(one -> one.state() == RunState.UP && one.pid().orElseThrow() != pid)
                    .isPresent();
        }

        private void awaitSuccessor() {
            invoker.run(this, this::hasSuccessor);
            pid = host.instance(NAME).orElseThrow().pid().orElseThrow();
        }

        @Override
        public long killAndWait() {
            time.skip(WELL_NANOS);
            long begin = System.nanoTime();
            kill(pid);
            awaitSuccessor();
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            host.close();
            kill(pid);
        }
    }

    /** The driver alone: the news of the end are answered by the order to launch. */
    static final class OfDriver implements Relauncher {
        private final InstanceSpec spec = InstanceSpec.of(NAME, ARGV);
        private final DriverNews driver;
        private long pid;
        private long noticed;

        OfDriver(Path folder) throws InterruptedException {
            driver = new DriverNews("bench-driver-" + ProcessHandle.current().pid(), folder);
            driver.launch(spec);
            pid = driver.await(Observation.Running.class).pid();
        }

        @Override
        public long killAndWait() throws InterruptedException {
            long begin = System.nanoTime();
            kill(pid);
            driver.await(Observation.Exited.class);
            noticed = System.nanoTime() - begin;
            driver.launch(spec);
            pid = driver.await(Observation.Running.class).pid();
            return System.nanoTime() - begin;
        }

        @Override
        public long untilNoticed() {
            return noticed;
        }

        @Override
        public void close() {
            driver.close();
            kill(pid);
        }
    }

    /**
     * The least that could do it: the thread of the JDK that has noticed the end starts the next one. No decision, no record, no output
     * file, no guard against a second copy; a session only if it is started through what makes one.
     */
    static final class Bare implements Relauncher {
        private final ProcessBuilder builder;
        private final SynchronousQueue<Process> started = new SynchronousQueue<>();
        private volatile boolean closed;
        private volatile long ended;
        private Process process;
        private long noticed;

        Bare(Through through) {
            builder = through.builder(ARGV);
            process = start();
        }

        private Process start() {
            try {
                Process next = builder.start();
                var unused = next.onExit().thenRun(this::restart);
                return next;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private void restart() {
            ended = System.nanoTime();
            try {
                if (!closed) {
                    started.put(start());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public long killAndWait() throws InterruptedException {
            long begin = System.nanoTime();
            kill(process.pid());
            process = started.take();
            noticed = ended - begin;
            return System.nanoTime() - begin;
        }

        @Override
        public long untilNoticed() {
            return noticed;
        }

        @Override
        public void close() {
            closed = true;
            kill(process.pid());
        }
    }
}
