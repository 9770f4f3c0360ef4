package dev.steward.benchmarks;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.NextAction;
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

/** Ways to bring a process back. Each is for one thread. */
final class Relaunchers {
    private static final String[] ARGV = {"sleep", "1000"};
    private static final String NAME = "sleeper";

    /** What the driver starts a program through: signals as by default, a session of its own. */
    private static final List<String> CHAIN = List.of("env", "--default-signal=INT,QUIT", "setsid");

    private Relaunchers() {}

    /** A program as it is, or through the programs that the driver needs. */
    static ProcessBuilder builder(boolean chained, String... argv) {
        List<String> command = new ArrayList<>(chained ? CHAIN : List.of());
        command.addAll(List.of(argv));
        return new ProcessBuilder(command);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /**
     * All of the library: a manager over a process driver, run by a {@link LoopInvoker}. The delay before a restart is 3 s as in the
     * reference and cannot be set; so the clock is put forward by what is left of it as soon as the manager waits for it.
     */
    static final class OfManager implements Relauncher, ControlLoop {
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
            Step step = host.manageOnce();
            boolean delayed = host.instance(NAME)
                    .filter(one -> one.nextAction() == NextAction.START_AT)
                    .isPresent();
            if (delayed && step.kind() == Step.Kind.AFTER) {
                time.skip(step.delayNanos());
                return Step.again();
            }
            return step;
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
            driver.launch(spec);
            pid = driver.await(Observation.Running.class).pid();
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            driver.close();
            kill(pid);
        }
    }

    /**
     * The least that could do it: the thread of the JDK that has noticed the end starts the next one. No decision, no record, no output
     * file, no session, no guard against a second copy. If {@code chained}, it does pay for the programs that make the session.
     */
    static final class Bare implements Relauncher {
        private final ProcessBuilder builder;
        private final SynchronousQueue<Process> started = new SynchronousQueue<>();
        private volatile boolean closed;
        private Process process;

        Bare(boolean chained) {
            builder = builder(chained, ARGV);
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
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            closed = true;
            kill(process.pid());
        }
    }
}
