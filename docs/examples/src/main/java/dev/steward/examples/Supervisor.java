package dev.steward.examples;

import static dev.steward.instance.ManagedInstance.INSTANCE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.examples.programs.Flaky;
import dev.steward.examples.programs.Ticker;
import dev.steward.examples.programs.TinyServer;
import dev.steward.instance.Health;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.RunState;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.SiteConfig;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.process.HostProbes;
import dev.steward.process.ProcessDriver;
import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The manager process of the main job, in two acts; each is a {@code main} of its own. */
@SuppressWarnings("BadImport") // INSTANCE is a kind, and reads well
final class Supervisor {
    private static final List<String> LASTING = List.of("server", "ticker", "flaky");
    private static final long PID = ProcessHandle.current().pid();

    private final TimeSource time = TimeSource.system();
    private final StateFeed feed = new InMemoryStateFeed(time);
    private final HostManager host;
    private final StatusTable table;
    private final CompositeLoop loops;

    private Supervisor(Path folder, PrintStream out, boolean terminal) {
        ProcessDriver driver = new ProcessDriver("steward-example", folder, OnClose.LEAVE);
        host = new HostManager(site(driver.probes()), driver, feed, time);
        table = new StatusTable(host, feed, out, terminal);
        loops = CompositeLoop.of("example", time, host, table);
    }

    private static SiteConfig site(HostProbes probes) {
        InstanceSpec server = InstanceSpec.of("server", Programs.java(TinyServer.class))
                .withHealth(Health.unprobed()
                        .withReadiness(ProbePlan.readiness(probes.logLine(Output.STDOUT, "listening on port"))));
        InstanceSpec ticker =
                InstanceSpec.of("ticker", Programs.java(Ticker.class)).after("server");
        InstanceSpec flaky = InstanceSpec.of("flaky", Programs.java(Flaky.class, "5000"));
        InstanceSpec broken = InstanceSpec.of("broken", "false")
                .withRestart(RestartPolicy.standard()
                        .withBackoff(Backoff.constant(ofMillis(200)))
                        .withGiveUp(3, ofSeconds(10)));
        return SiteConfig.of(ticker, server, flaky, broken); // in any order: who comes first is said above
    }

    /** Plays the act of that name; answers whether it went as it should. */
    static boolean play(String act, Path folder) throws IOException, InterruptedException {
        var supervisor = new Supervisor(folder, System.out, isTerminal());
        return act.equals("first") ? supervisor.first() : supervisor.second();
    }

    /** Whether what is printed is seen on a terminal; a console alone does not tell, as some JDKs have one for a pipe as well. */
    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.matches("/dev/(pts/|tty|console).*");
        } catch (IOException notOnLinux) {
            return false;
        }
    }

    private boolean first() throws IOException, InterruptedException {
        table.say("First act: a manager (pid " + PID
                + ") and four programs: a server; a ticker that comes after the server; a flaky one"
                + " that crashes after five seconds; a broken one, which is given up after three failures.");
        StateWait broken = StateWait.on(feed, time)
                .forAll(INSTANCE, "broken")
                .toReach("failed")
                .within(ofSeconds(10))
                .open();
        boolean well = phase(allToReach("up"));
        phase(broken); // which ends as failed, with the reason
        well &= host.instance("broken").orElseThrow().state() == RunState.FAILED;

        long victim = host.instance("server").orElseThrow().pid().orElseThrow();
        table.say("Now this program kills the server (pid " + victim
                + ") behind the manager's back, and waits until it is back, and the flaky one too.");
        StateWait recovery = StateWait.on(feed, time)
                .forAll(INSTANCE, "server", "flaky") // flaky will crash all by itself
                .toReach("down", "up")
                .within(ofSeconds(15))
                .open();
        ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
        well &= phase(recovery);

        table.say("The last words of flaky: " + host.tail("flaky", Output.STDERR, 10));
        table.print();
        if (!well) {
            return false;
        }
        table.say("Now it kills its own manager: kill -9 " + PID);
        new ProcessBuilder("kill", "-9", Long.toString(PID)).inheritIO().start().waitFor();
        Thread.sleep(10_000); // the last thing that it does not do
        return false;
    }

    private boolean second() {
        table.say("Second act: another manager (pid " + PID + ") takes over what still runs.");
        boolean well = phase(allToReach("up"));
        for (String name : LASTING) {
            well &= host.instance(name).orElseThrow().view().adopted();
        }
        table.say("Everything is taken down, in reverse order.");
        CompletableFuture<ShutdownAnswer> end = host.die(ofSeconds(12));
        runUntil(end::isDone);
        table.print();
        loops.close();
        return well && end.join().isClean();
    }

    private StateWait allToReach(String state) {
        Duration limit = ofSeconds(10);
        return StateWait.on(feed, time)
                .forAll(INSTANCE, LASTING.toArray(String[]::new))
                .toReach(state)
                .within(limit)
                .open();
    }

    /** Runs everything until the wait is over, and says how it went. */
    private boolean phase(StateWait wait) {
        try (wait) {
            loops.add(wait);
            runUntil(wait::isSettled);
            wait.result().settled().forEach(name -> table.say("  " + name));
            return wait.result().isAllFinished();
        }
    }

    private void runUntil(BooleanSupplier over) {
        new LoopInvoker(time).run(loops, over);
    }
}
