package dev.steward.examples.licences;

import static java.time.Duration.ofSeconds;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.jdbc.SqliteRecordStore;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.reconcile.ReconcileLoop;
import dev.steward.reconcile.ReconcileOptions;
import dev.steward.reconcile.Role;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a licence leased from a server that is busy now and then and loses answers: through a crash of the keeper, and a restart of the
 * server. Takes about half a minute, and ends with 0 if there was one order all the time.
 */
public final class Licences {
    private static final TimeSource TIME = TimeSource.system();

    private Licences() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("steward-licences");
        boolean well = play(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        System.out.println(well ? "One order, whatever happened." : "Something went wrong: see above.");
        System.exit(well ? 0 : 1);
    }

    /** Plays it; answers whether there was one order all the time. */
    static boolean play(Path folder) throws IOException {
        try (LicenceServer server = LicenceServer.start();
                RecordStore store = SqliteRecordStore.open(folder.resolve("licences.db"), TIME)) {
            LicenceApi api = new HttpLicenceApi(server.address());
            boolean well = play(server, api, store);
            server.served().forEach(line -> System.out.println("    server: " + line));
            return well;
        }
    }

    private static boolean play(LicenceServer server, LicenceApi api, RecordStore store) {
        StateFeed feed = new InMemoryStateFeed(TIME);
        var crashed = loop(api, role("first", store), feed, TIME);
        boolean leased = await(feed, crashed, "leased");
        System.out.println(crashed.explain("simulator"));
        System.out.println("--- the keeper crashes, the server forgets everything, and another keeper is started");
        server.forget();
        try (var second = loop(api, role("second", store), feed, TIME)) {
            boolean again = await(feed, second, "missing", "leased");
            System.out.println(second.explain("simulator"));
            return leased && again && server.orders().size() == 1;
        }
    }

    // region LicenceLoop
    static ReconcileLoop<Licence, LicenceKeeper.State> loop(
            LicenceApi server, Role role, StateFeed feed, TimeSource time) {
        var loop = ReconcileLoop.elected(
                "licences", new LicenceKeeper(server), role, feed, time, ReconcileOptions.defaults());
        loop.add("simulator");
        return loop;
    }
    // endregion

    // region LicenceRole
    private static Role role(String holder, RecordStore store) {
        LeaderElection election = new LeaseElection("licences", holder, store, TIME, ofSeconds(3));
        return Role.of("licences", holder, election, store);
    }
    // endregion

    private static boolean await(StateFeed feed, ReconcileLoop<Licence, LicenceKeeper.State> loop, String... states) {
        StateWait wait = StateWait.on(feed, TIME)
                .forAll(LicenceKeeper.LICENCE, "simulator")
                .toReach(states)
                .within(ofSeconds(60))
                .open();
        CompositeLoop both = CompositeLoop.of("main", TIME, loop, wait);
        new LoopInvoker(TIME).run(both, wait::isSettled);
        return wait.result().isAllFinished();
    }
}
