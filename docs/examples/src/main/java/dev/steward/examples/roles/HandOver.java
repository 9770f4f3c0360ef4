package dev.steward.examples.roles;

import dev.steward.loop.LoopInvoker;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Two processes share the role of counting. One leads and is killed, the other takes over; that one is told to end, and hands over in order. First
 * with one SQLite file, then with a ZooKeeper server that is started for it. Takes about fifteen seconds, and ends with 0 if it went as it should.
 */
public final class HandOver {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Place place;
    private final TimeSource time = TimeSource.system();
    private final List<Process> processes = new ArrayList<>();

    HandOver(Place place) {
        this.place = place;
    }

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("steward-roles");
        boolean well = false;
        try {
            well = playAll(folder);
        } catch (Exception failed) {
            System.out.println("    failed: " + failed);
        } finally {
            delete(folder);
        }
        System.out.println(well ? "All went as it should." : "Something went wrong: see above.");
        System.exit(well ? 0 : 1);
    }

    private static boolean playAll(Path folder) throws Exception {
        boolean well = new HandOver(Place.sqlite(folder.resolve("roles.db"))).play();
        try (Server server = Server.start(folder.resolve("zookeeper"))) {
            return new HandOver(Place.zookeeper(server.address())).play() && well;
        }
    }

    /** Plays it once; answers whether it went as it should. */
    boolean play() throws IOException, InterruptedException {
        System.out.println("--- " + place);
        try (RecordStore store = place.openStore(time);
                Watcher watcher = new Watcher(store, time)) {
            start("one");
            start("two");
            boolean began = await(watcher, tick -> tick.number() >= 5);
            Tick first = watcher.last();
            leader(first).destroyForcibly();
            long killed = time.nanos();
            System.out.println("    " + first.holder() + " is killed");
            boolean takenOver = await(watcher, tick -> tick.term() > first.term() && tick.number() >= 10);
            Tick second = watcher.last();
            System.out.println("    " + second.holder() + " has come to " + second.number() + ", " + since(killed));

            start("three");
            boolean threeIsThere = await(watcher, tick -> tick.number() >= second.number() + 10);
            leader(watcher.last()).destroy(); // asked to end, it gives the role up
            long told = time.nanos();
            System.out.println("    " + second.holder() + " is told to end");
            boolean handedOver = await(watcher, tick -> tick.term() > second.term());
            System.out.println("    " + watcher.last().holder() + " counts " + since(told));
            boolean went = began && takenOver && threeIsThere && handedOver && watcher.isWell();
            System.out.println(
                    went ? "    no tick was lost, none made twice" : "    this went wrong: " + watcher.last());
            return went;
        } finally {
            end();
        }
    }

    private boolean await(Watcher watcher, Predicate<Tick> until) {
        long start = time.nanos();
        new LoopInvoker(time).run(watcher, () -> until.test(watcher.last()) || time.nanos() - start >= LIMIT.toNanos());
        return until.test(watcher.last());
    }

    private String since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos() - nanos) + " ms after that";
    }

    private void start(String name) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        processes.add(new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Candidate.class.getName(),
                        name,
                        place.toString())
                .inheritIO()
                .start());
    }

    private Process leader(Tick tick) {
        return processes.stream()
                .filter(process -> tick.holder().endsWith("-" + process.pid()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("none of ours: " + tick));
    }

    private void end() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
