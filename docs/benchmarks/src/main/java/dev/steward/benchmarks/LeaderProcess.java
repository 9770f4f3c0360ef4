package dev.steward.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;

/**
 * A JVM of its own that leads until it is killed; it ends by itself when its parent does.
 *
 * <p>As a child it says on its output when it leads. To the parent an object of this class stands for it, which belongs to one thread.
 */
final class LeaderProcess implements AutoCloseable {
    private static final String LEADS = "leads";
    private static final String NODE = "/bare-busy";

    private final Process process;

    /** What it leads with. */
    enum With {
        /** The leader loop on ZooKeeper. */
        CURATOR,
        /** The leader loop on SQLite, with a lease. */
        SQLITE,
        /** Curator's latch alone. */
        LATCH
    }

    private LeaderProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one and waits until it leads.
     *
     * @param address the connect string, or the file
     * @param patience of the session or of the lease
     * @param pause between two writes of a busy one; zero: it writes once, and then it is idle
     */
    static LeaderProcess start(With with, String address, Duration patience, Duration pause) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        LeaderProcess.class.getName(),
                        with.name(),
                        address,
                        Long.toString(patience.toMillis()),
                        Long.toString(pause.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (!LEADS.equals(line)) {
            process.destroyForcibly();
            throw new IllegalStateException(with + " does not lead, and says: " + line);
        }
        return new LeaderProcess(process);
    }

    /** Sends it SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    /** The child. */
    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            throw new IllegalArgumentException("wanted: with what, an address, and two times, not " + List.of(args));
        }
        With with = With.valueOf(args[0]);
        int patience = Integer.parseInt(args[2]);
        Duration pause = Duration.ofMillis(Long.parseLong(args[3]));
        Thread ends = new Thread(LeaderProcess::endWithParent, "ends with its parent");
        ends.setDaemon(true);
        ends.start();
        if (with == With.LATCH) {
            lead(new BareLatch(args[1], patience), pause);
        } else {
            Seat seat = with == With.CURATOR
                    ? new CuratorSeat(args[1], patience)
                    : JdbcSeat.sqlite(Path.of(args[1]), Duration.ofMillis(patience));
            Member member = new Member("child", seat, 1, 1, pause);
            var decided = seat.store().nextDecision();
            member.stand(pause.isZero() ? 1 : Decisions.ENDLESS);
            Await.value("a decision", decided);
            sayThatItLeads();
        }
        TimeUnit.DAYS.sleep(1);
    }

    private static void lead(BareLatch latch, Duration pause) throws Exception {
        latch.stand();
        Await.value("the latch leads", latch.leads());
        CuratorFramework client = latch.client();
        client.create().orSetData().forPath(NODE, BareWrites.value(0));
        sayThatItLeads();
        for (int i = 1; !pause.isZero(); i++) {
            client.setData().forPath(NODE, BareWrites.value(i));
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }

    private static void sayThatItLeads() {
        System.out.println(LEADS);
        System.out.flush();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes; it ends when the pipe does
            }
        } catch (IOException gone) {
            // so is the parent
        }
        Runtime.getRuntime().halt(1);
    }
}
