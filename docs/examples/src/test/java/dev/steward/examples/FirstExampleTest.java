package dev.steward.examples;

import static dev.steward.instance.ManagedInstance.INSTANCE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.NameResult.Outcome;
import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.SiteConfig;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.process.ProcessDriver;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first example of the README. */
@Timeout(60)
@SuppressWarnings("BadImport") // INSTANCE is a kind, and reads well
class FirstExampleTest {
    @Test
    void two_programs_come_up_and_go_down(@TempDir Path folder) {
        // region FirstExample
        TimeSource time = TimeSource.system();
        StateFeed feed = new InMemoryStateFeed(time);
        SiteConfig site = SiteConfig.of(
                InstanceSpec.of("registry", "sleep", "3600"), // a program and its arguments; no shell reads them
                InstanceSpec.of("archiver", "sleep", "3600"));
        HostManager host =
                new HostManager(site, new ProcessDriver("my-application", folder, OnClose.LEAVE), feed, time);
        StateWait up = StateWait.on(feed, time) // opened before anything happens, so nothing is missed
                .forAll(INSTANCE, "registry", "archiver")
                .toReach("up")
                .within(ofSeconds(30))
                .open();

        CompositeLoop loops = CompositeLoop.of("main", time, host, up);
        new LoopInvoker(time).run(loops, up::isSettled); // or call loops.manageOnce() from a loop of your own
        System.out.println(up.result()); // registry finished after 0.012 s; archiver finished after 0.014 s

        var end = host.die(ofSeconds(12)); // interrupt, terminate, kill: whatever it takes
        new LoopInvoker(time).run(loops, end::isDone);
        loops.close();
        // endregion

        assertThat(up.result().names(Outcome.FINISHED)).containsExactlyInAnyOrder("registry", "archiver");
        assertThat(end.join().left()).isEmpty();
    }
}
