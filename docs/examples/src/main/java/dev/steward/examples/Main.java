package dev.steward.examples;

import static dev.steward.instance.ManagedInstance.INSTANCE;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.examples.programs.Flaky;
import dev.steward.examples.programs.Ticker;
import dev.steward.examples.programs.TinyServer;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.SiteConfig;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.process.Output;
import dev.steward.process.ProcessDriver;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The main job: a host application that looks after three real programs, kills one of them to show that it comes back, waits for what
 * happens, and takes everything down again. It runs for about a quarter of a minute and ends with 0 if all went as it should.
 */
@SuppressWarnings("BadImport") // INSTANCE is a kind, and reads well
public final class Main {
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration RECOVERY = Duration.ofSeconds(15);
    private static final Duration STOP = Duration.ofSeconds(12);

    private final TimeSource time = TimeSource.system();
    private final StateFeed feed = new InMemoryStateFeed(time);
    private final HostManager host;
    private final ProcessDriver driver;
    private final StatusTable table;
    private final CompositeLoop loops;

    private Main(Path folder, PrintStream out, boolean terminal) {
        driver = new ProcessDriver("steward-example", folder);
        host = new HostManager(
                SiteConfig.of(
                        InstanceSpec.of("server", java(TinyServer.class)),
                        InstanceSpec.of("ticker", java(Ticker.class)),
                        InstanceSpec.of("flaky", java(Flaky.class, "5000"))),
                driver,
                feed,
                time);
        table = new StatusTable(host, feed, out, terminal);
        loops = CompositeLoop.of("example", time, host, table);
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("steward-example");
        boolean well = new Main(folder, System.out, isTerminal()).run();
        System.exit(well ? 0 : 1);
    }

    /** The argument vector of a JVM like this one that runs another main class. */
    private static String[] java(Class<?> program, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> argv = new ArrayList<>(
                List.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
        argv.addAll(List.of(arguments));
        return argv.toArray(String[]::new);
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

    private boolean run() {
        table.say(
                "Three programs are to run: a small server, a ticker, and a flaky one that crashes after five seconds.");
        boolean well = phase(allToReach("up", START));

        long victim = host.instance("server").orElseThrow().pid().orElseThrow();
        table.say("Now this program kills the server (pid " + victim
                + ") behind the manager's back, and waits until it is back.");
        StateWait recovery = StateWait.on(feed, time)
                .forAll(INSTANCE, "server", "flaky") // flaky will crash all by itself
                .toReach("down", "up")
                .within(RECOVERY)
                .open();
        ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
        well &= phase(recovery);

        table.say("The last words of flaky: " + driver.lines("flaky", Output.STDERR));
        table.say("Everything is taken down.");
        CompletableFuture<ShutdownAnswer> end = host.die(STOP);
        runUntil(end::isDone);
        well &= end.join().isClean();
        table.print();
        loops.close();
        table.say(well ? "All went as it should." : "Something went wrong: see above.");
        return well;
    }

    private StateWait allToReach(String state, Duration limit) {
        return StateWait.on(feed, time)
                .forAll(INSTANCE, "server", "ticker", "flaky")
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
