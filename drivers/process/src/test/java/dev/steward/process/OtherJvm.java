package dev.steward.process;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Secret;
import dev.steward.instance.Signal;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/** Another JVM with a driver in it: one that can be killed, starved, or blocked without harm to the tests. */
final class OtherJvm implements AutoCloseable {
    private static final String SAID = "said: ";

    private final Process process;
    private final BufferedReader said;
    private final List<String> all = new ArrayList<>();

    private OtherJvm(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one, with {@code prefix} before the command, and {@code options} for the JVM. */
    static OtherJvm start(List<String> prefix, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), OtherJvm.class.getName()));
        command.addAll(List.of(arguments));
        return new OtherJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** What it says next. */
    String line() throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.add(line);
            if (line.startsWith(SAID)) {
                return line.substring(SAID.length());
            }
        }
        throw new AssertionError("the other JVM has ended, after " + all);
    }

    /** Everything that it has said, and logged, until it ended. */
    List<String> all() throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.add(line);
        }
        return all;
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal. */
    void signal(String signal) throws IOException, InterruptedException {
        int rc = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (rc != 0) {
            throw new AssertionError("kill -" + signal + " answers " + rc);
        }
    }

    /** Waits until it has ended. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Lets it go on. */
    void answer() throws IOException {
        tell('\n');
    }

    /** Tells it what to do. */
    void tell(char word) throws IOException {
        process.getOutputStream().write(word);
        process.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        said.close();
    }

    private static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        return String.join(
                File.pathSeparator,
                origin(OtherJvm.class).toString(),
                origin(ProcessDriver.class).toString(),
                System.getProperty("java.class.path", ""),
                modules);
    }

    /** The folder or jar that a class comes from; not what its module says, because tests are patched into it. */
    private static Path origin(Class<?> type) {
        try {
            URL file = type.getResource(type.getSimpleName() + ".class");
            return file.openConnection() instanceof JarURLConnection jar
                    ? Path.of(jar.getJarFileURL().toURI())
                    : Path.of(file.toURI()).getParent().getParent().getParent().getParent();
        } catch (URISyntaxException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@code family}, {@code manager}, {@code recycled}, {@code needy}, {@code survivors}, {@code supervise}, {@code long-line}, {@code blocked-pool},
     * {@code starved}, {@code fork-refused} or {@code secret}, then the owner and the folder.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("supervise")) {
            HostManagerOnProcessesTest.superviseUntilKilled(arguments[1], Path.of(arguments[2]));
            return;
        }
        if (arguments[0].equals("manager")) {
            OtherManager.run(arguments[1], Path.of(arguments[2]), arguments[3]);
            return;
        }
        if (arguments[0].equals("family")) {
            Family.parent(arguments[1], Path.of(arguments[2]), arguments[3]);
            return;
        }
        if (arguments[0].equals("needy")) {
            needy(arguments[1], Path.of(arguments[2]));
            return;
        }
        if (arguments[0].equals("recycled")) {
            RecycledPidTest.recycle(arguments[1], Path.of(arguments[2]), OtherJvm::say);
            System.exit(0);
        }
        Host host = Host.opened(arguments[1], new ProcessDriver(arguments[1], Path.of(arguments[2]), OnClose.LEAVE));
        switch (arguments[0]) {
            case "survivors" -> survivors(host);
            case "long-line" -> longLine(host);
            case "blocked-pool" -> blockedPool(host);
            case "starved" -> starved(host);
            case "fork-refused" -> ForkRefusedTest.refuse(host, arguments[3]);
            case "secret" -> secret(host, Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Runs a few, says which, and waits to be killed. */
    private static void survivors(Host host) throws InterruptedException {
        say(host.run(InstanceSpec.of("plain", "sleep", "100")));
        say(host.run(Host.shell("parent", "sleep 100 & wait")));
        say(host.run(Host.shell("th\u00e9rmo:1", "exec sleep 100")));
        Incarnation left = host.launch(Host.shell("left", "setsid sleep 100 & exit 0"));
        host.exited(left);
        say("left " + left.id() + " "
                + host.look().running().stream()
                        .filter(running -> running.life().equals(left))
                        .findFirst()
                        .orElseThrow()
                        .pid());
        host.exited(host.launch(InstanceSpec.of("done", "true")));
        say("ready");
        new CountDownLatch(1).await();
    }

    private static void say(Observation.Running running) {
        say(SafeName.encode(running.name()) + " " + running.life().id() + " " + running.pid());
    }

    static void say(Object text) {
        System.out.println(SAID + text);
    }

    /** One line of 100 MB, in a JVM that has not so much. */
    private static void longLine(Host host) {
        Incarnation life = host.launch(
                Host.shell("long", "{ head -c 100000000 /dev/zero | tr '\\0' x; echo; echo done; } >&2; exit 3"));
        List<String> lines = host.exited(life).stderr();
        say(lines.size() + " " + lines.get(0).length() + " " + lines.get(lines.size() - 1));
        say(host.driver.tail("long", Output.STDERR, 100).size());
        host.close();
    }

    /** A host application that has blocked the common pool. */
    private static void blockedPool(Host host) throws InterruptedException {
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
        int threads = ForkJoinPool.getCommonPoolParallelism();
        var blocked = new CountDownLatch(threads);
        var release = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                awaitQuietly(release);
            });
        }
        blocked.await();
        host.signal(running, Signal.KILL);
        say(threads + " " + host.exited(running.life()).exit());
        release.countDown();
        host.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** No descriptor is left, until some are. */
    private static void starved(Host host) throws Exception {
        loadAll();
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
        host.refused(LaunchSpec.of("no-such-program"));
        host.look();

        Deque<FileInputStream> hoard = new ArrayDeque<>();
        takeAll(hoard);
        String refusal = host.refused(LaunchSpec.of("true")).why().code().toString();
        say(running.pid());
        System.in.read(); // by then it is killed
        boolean blind = host.look().isFailed();
        boolean silent = host.events.of(running.life()).size() == 1;
        while (!hoard.isEmpty()) {
            hoard.pop().close();
        }
        say(refusal + " " + blind + " " + silent);
        say(host.exited(running.life()).exit());
        say(host.exited(host.launch(InstanceSpec.of("next", "true"))).exit());
        host.close();
    }

    /** Takes over what it finds with fewer descriptors than there are children, and goes through a time with none at all. */
    private static void needy(String owner, Path folder) throws Exception {
        loadAll();
        Deque<FileInputStream> hoard = new ArrayDeque<>();
        var driver = new ProcessDriver(owner, folder, OnClose.LEAVE);
        takeAll(hoard);
        release(hoard, 30);
        Host host = Host.opened(owner, driver);
        List<Observation.Running> found = host.look().running();
        say(found.size() + " listed, "
                + found.stream().filter(Observation.Running::led).count() + " led");

        takeAll(hoard);
        boolean blind = host.look().isFailed();
        release(hoard, 10);
        say("blind: " + blind + ", " + host.look().running().size() + " listed");
        System.in.read(); // by then they are killed
        long told = found.stream()
                .map(running -> host.exited(running.life()))
                .filter(exited -> exited.exit().equals(ExitStatus.unknown()))
                .count();
        say(told + " exits told, " + host.look().running().size() + " listed");
        driver.close();
    }

    private static void release(Deque<FileInputStream> hoard, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            hoard.pop().close();
        }
    }

    /** Shows all that there is to show of launches with a secret. */
    private static void secret(Host host, Path folder) throws IOException {
        Path seen = folder.resolve("seen");
        Map<String, Secret> secrets = Map.of("TOKEN", Secret.of(SecretsTest.PLANTED));
        LaunchSpec launch = LaunchSpec.of("/bin/sh", "-c", "printf %s \"$TOKEN\" > " + seen + "; exec sleep 100")
                .withSecrets(secrets);
        InstanceSpec spec = InstanceSpec.of("web", "x").withLaunch(launch);
        Observation.Running running = host.run(spec);
        say(spec + " " + running + " " + host.look());
        say(running.pid());
        System.in.read(); // by then it is looked for

        String unspeakable = SecretsTest.PLANTED + "\udc00";
        say(host.refused(LaunchSpec.of("no-such-program").withSecrets(secrets)));
        say(host.refused(LaunchSpec.of("true", "x".repeat(3_000_000)).withSecrets(secrets)));
        say(host.refused(LaunchSpec.of("true").withSecrets(Map.of("TOKEN", Secret.of(unspeakable)))));
        host.signal(running, Signal.KILL);
        say(host.exited(running.life()));
        host.close();
    }

    private static void takeAll(Deque<FileInputStream> hoard) {
        try {
            while (true) {
                hoard.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException none) {
            return;
        }
    }

    /** A class that is loaded when no file can be opened any more is lost for good. */
    static void loadAll() throws Exception {
        for (Class<?> type : new Class<?>[] {ProcessDriver.class, Observation.class}) {
            Path origin = origin(type);
            if (Files.isDirectory(origin)) {
                loadAll(origin);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                    loadAll(jar.getPath("/"));
                }
            }
        }
    }

    private static void loadAll(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                if (name.matches("dev/steward/(process|instance)/\\w+([$]\\w+)*[.]class")
                        && !name.endsWith("package-info.class")) {
                    Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
                }
            }
        }
    }
}
