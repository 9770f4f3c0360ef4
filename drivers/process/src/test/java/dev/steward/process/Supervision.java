package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.StateWait;
import dev.steward.await.StateWaitBuilder;
import dev.steward.await.WaitResult;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.Subscription;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.InstanceView;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.Signal;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.StopPlan;
import dev.steward.instance.TargetRequest;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A host manager on real processes, run on the thread of the test, and all that can be seen of it. Leaves nothing alive. */
final class Supervision implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(15);

    /** As the standard plan, in a tenth of its time. */
    static final StopPlan QUICK = StopPlan.of(Signal.INT, Duration.ofMillis(400))
            .then(Signal.TERM, Duration.ofMillis(400))
            .then(Signal.KILL, Duration.ofSeconds(5));

    final InMemoryStateFeed feed = new InMemoryStateFeed(TimeSource.system());
    final String owner;
    final ProcessDriver processes;
    final WatchedDriver driver;
    final HostManager manager;
    private final List<StateEvent> events = new ArrayList<>();
    private final Subscription history = feed.subscribe(() -> {});
    private final LoopInvoker invoker = new LoopInvoker(TimeSource.system());
    private final CountedLoop counted;
    private final CompositeLoop loop;

    private static final class CountedLoop implements ControlLoop {
        private final ControlLoop loop;
        private int passes;

        private CountedLoop(ControlLoop loop) {
            this.loop = loop;
        }

        @Override
        public Step manageOnce() {
            passes++;
            return loop.manageOnce();
        }

        @Override
        public String name() {
            return loop.name();
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            loop.wakeWith(wakeUp);
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    /** A manager that has not begun. */
    Supervision(String owner, Path folder, InstanceSpec... specs) {
        this(new ProcessDriver(owner, folder, OnClose.LEAVE), owner, HostManager.Options.defaults(), specs);
    }

    /** The same on another driver of that owner, and with other options. */
    Supervision(ProcessDriver processes, String owner, HostManager.Options options, InstanceSpec... specs) {
        this.owner = owner;
        this.processes = processes;
        driver = new WatchedDriver(owner, processes);
        manager = new HostManager(SiteConfig.of(specs), driver, feed, TimeSource.system(), options);
        counted = new CountedLoop(manager);
        loop = CompositeLoop.of("test", TimeSource.system(), counted);
    }

    /** Runs a script that says so in the file {@code twice} if it ever runs beside another of its name: the kernel sees to that. */
    static InstanceSpec alone(Path folder, String name, String script) {
        return Host.shell(
                        name,
                        "cd '" + folder + "'; exec 9>>'" + name + ".lock'; flock -n 9 || echo " + name + " >> twice; "
                                + script)
                .withStop(QUICK);
    }

    StateWaitBuilder await(List<String> names, String... states) {
        return StateWait.on(feed, TimeSource.system())
                .forAll(ManagedInstance.INSTANCE, names)
                .toReach(states)
                .within(LIMIT);
    }

    /** Runs until the wait is over. */
    WaitResult run(StateWait wait) {
        loop.add(wait);
        assertThat(invoker.run(loop, wait::isSettled)).isTrue();
        return wait.result();
    }

    /** Runs until all of these have gone through these states. */
    void until(List<String> names, String... states) {
        WaitResult result = run(await(names, states).open());
        assertThat(result.isAllFinished()).as("%s, %s", result, events()).isTrue();
    }

    /** Asks for a target, and runs until the instance has gone through these states. */
    void request(TargetRequest request, String... states) {
        StateWait wait = await(List.of(request.key()), states).open();
        manager.update(List.of(request), false);
        WaitResult result = run(wait);
        assertThat(result.isAllFinished()).as("%s, %s", result, events()).isTrue();
    }

    ShutdownAnswer die(Duration limit) {
        return run(manager.die(limit));
    }

    /** Runs until that is complete. */
    <T> T run(CompletableFuture<T> future) {
        assertThat(invoker.run(loop, future::isDone)).isTrue();
        return future.join();
    }

    /** Runs until that holds, which may change with every pass. */
    void until(BooleanSupplier condition) {
        assertThat(invoker.run(loop, condition)).isTrue();
    }

    /** Sends a signal from outside of any manager. */
    static void kill(String signal, Collection<Long> pids) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-" + signal, "--"));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    /** Runs until this process ends. */
    void runForEver() {
        invoker.run(loop, () -> false);
    }

    int passes() {
        return counted.passes;
    }

    InstanceView view(String name) {
        return manager.instance(name).orElseThrow().view();
    }

    long pid(String name) {
        return view(name).pid().orElseThrow();
    }

    List<StateEvent> events() {
        history.poll(events::add);
        return List.copyOf(events);
    }

    List<StateEvent> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    /** The states that an instance has entered. */
    List<String> states(String name) {
        return events(name).stream().map(StateEvent::state).toList();
    }

    /** The names of all living processes of this owner. */
    List<String> alive() {
        return Host.marked(owner).stream()
                .map(ProcessTable.Member::instance)
                .sorted()
                .toList();
    }

    /** The names of all lives of which any process is left. */
    List<String> lives() {
        return Host.marked(owner).stream()
                .map(member -> List.of(member.instance(), member.life().id()))
                .distinct()
                .map(life -> life.get(0))
                .sorted()
                .toList();
    }

    /** Everything that the manager shows to anybody. */
    List<String> shown() {
        Stream<Object> views = manager.instances().stream()
                .flatMap(instance -> Stream.of(
                        instance,
                        instance.view(),
                        instance.view().cause(),
                        instance.view().spec(),
                        instance.view().agentScript(),
                        instance.view().fullName(),
                        manager.explain(instance.instanceId())));
        Stream<Object> board = Stream.of(manager.messages(), manager.notifications(), manager.configStatus(), manager);
        return Stream.of(views, board, events().stream(), driver.secondCopies.stream())
                .flatMap(part -> part)
                .map(String::valueOf)
                .toList();
    }

    /** Waits until the file is there. */
    static void awaitFile(Path file) throws IOException, InterruptedException {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            file.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(file)) {
                WatchKey key = watch.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(key).as("news of %s", file).isNotNull();
                key.pollEvents();
                key.reset();
            }
        }
    }

    /** Lets go of the programs, which go on. */
    void letGo() {
        loop.close();
    }

    @Override
    public void close() {
        letGo();
        Host.sweepUp(owner);
    }
}
