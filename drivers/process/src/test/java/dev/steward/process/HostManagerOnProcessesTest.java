package dev.steward.process;

import static dev.steward.process.Supervision.alone;
import static dev.steward.process.Supervision.awaitFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.StateWait;
import dev.steward.await.WaitResult;
import dev.steward.event.StateEvent;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.RunState;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.Signal;
import dev.steward.instance.TargetRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host manager, the loop that runs it, a wait beside it, and real processes: all of it together. */
@Timeout(60)
class HostManagerOnProcessesTest {
    private static final String MISSING = "/no/such/program";

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @AfterEach
    void never_ran_anything_twice() {
        Host.sweepUp(owner);
        assertThat(temp.resolve("twice")).doesNotExist();
    }

    private Supervision supervise(InstanceSpec... specs) {
        return new Supervision(owner, temp.resolve("out"), specs);
    }

    private InstanceSpec sleeper(String name) {
        return alone(temp, name, "exec sleep 300");
    }

    @Test
    void brings_back_what_was_killed_or_ended_well_and_goes_on_beside_what_cannot_start() throws Exception {
        InstanceSpec ender = alone(temp, "ender", "[ -e ended ] && exec sleep 300; : > ended; exit 0");
        InstanceSpec missing = InstanceSpec.of("missing", MISSING);
        try (Supervision host = supervise(sleeper("web"), sleeper("db"), sleeper("ticker"), ender, missing)) {
            StateWait late = host.await(List.of("ender"), "starting", "down", "starting", "up")
                    .open();
            StateWait never = host.await(List.of("missing"), "starting", "up").open();
            host.until(List.of("web", "db", "ticker"), "starting", "up");
            long before = host.pid("web");
            int passesBefore = host.passes();

            StateWait back = host.await(List.of("web"), "down", "up").open();
            Supervision.kill("KILL", List.of(before));
            WaitResult recovered = host.run(back);
            WaitResult others = host.run(late);
            WaitResult hopeless = host.run(never);

            assertThat(recovered.isAllFinished()).as("%s", recovered).isTrue();
            assertThat(recovered.settled().get(0).elapsed()).isLessThan(Duration.ofMillis(2_900)); // at once
            assertThat(others.isAllFinished()).as("%s", others).isTrue();
            assertThat(host.pid("web")).isNotEqualTo(before);
            assertThat(host.view("web").restarts()).isEqualTo(1);
            assertThat(host.view("web").exit()).contains(ExitStatus.of(128 + 9));
            assertThat(host.states("web")).containsExactly("starting", "up", "down", "starting", "up");
            assertThat(host.states("db")).containsExactly("starting", "up");

            // a good end of what is wanted up is a failure as any other
            assertThat(host.view("ender").restarts()).isEqualTo(1);
            assertThat(host.view("ender").exit()).contains(ExitStatus.of(0));
            assertThat(host.view("ender").failTimes()).hasSize(1);
            assertThat(host.events("ender"))
                    .filteredOn(event -> event.state().equals("down"))
                    .extracting(event -> event.cause().code().name())
                    .containsExactly("EXITED");

            assertThat(host.view("missing").state()).isEqualTo(RunState.DOWN);
            assertThat(host.view("missing").cause().code()).isEqualTo(InstanceCause.LAUNCH_REFUSED);
            assertThat(host.view("missing").cause().text()).contains(MISSING);
            assertThat(host.manager.explain("missing")).contains(MISSING, "next: launch in");
            assertThat(host.driver.launchesOf("missing")).isBetween(1L, 2L);
            assertThat(hopeless.toString()).contains("missing failed", MISSING);

            assertThat(host.driver.launches.stream().filter(name -> !name.equals("missing")))
                    .hasSize(6);
            assertThat(host.driver.secondCopies).isEmpty();
            assertThat(host.lives()).containsExactly("db", "ender", "ticker", "web"); // whose shell may be at its lock
            assertThat(host.passes()).isLessThan(60);
            System.out.printf(
                    "recovery: %s; launches %s, passes %d, of them %d after the kill%n",
                    recovered, host.driver.launches, host.passes(), host.passes() - passesBefore);
        }
    }

    @Test
    void takes_down_a_whole_family_that_ignores_all_but_the_kill() throws Exception {
        String deaf = "trap '' INT TERM; sleep 300 & setsid sleep 300 & : > ready; wait";
        try (Supervision host = supervise(alone(temp, "deaf", deaf), sleeper("web"))) {
            host.until(List.of("deaf", "web"), "up");
            awaitFile(temp.resolve("ready"));
            Host.await(() -> host.alive().equals(List.of("deaf", "deaf", "deaf", "web")), "the family and no more");

            long begin = System.nanoTime();
            host.request(TargetRequest.down("deaf"), "stopping", "down");
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(host.driver.signals.values()).containsExactly(List.of(Signal.INT, Signal.TERM, Signal.KILL));
            assertThat(host.alive()).containsExactly("web");
            assertThat(host.view("deaf").exit()).contains(ExitStatus.of(128 + 9));
            assertThat(took).isBetween(Duration.ofMillis(790), Duration.ofMillis(4_000));
            assertThat(host.feed.position().sequence()).isEqualTo(6);
            System.out.printf("deaf family: down after %d ms%n", took.toMillis());
        }
    }

    @Test
    void stops_what_killed_managers_left_behind_before_it_launches_anything_if_it_is_told_not_to_adopt()
            throws Exception {
        int kills = 0;
        int survivors = 0;
        int launches = 0;
        for (int round = 0; round < 3; round++) {
            List<String> pids = new ArrayList<>();
            try (var other = OtherJvm.start(List.of(), List.of(), "supervise", owner, temp.toString())) {
                assertThat(other.line()).isEqualTo("second copies: []");
                pids.add(other.line());
                pids.add(other.line());
                other.kill();
                kills++;
            }

            // closed at the end of each round, and not shut down: the next one finds these
            var driver = new ProcessDriver(owner, temp.resolve("out"), OnClose.LEAVE);
            var options = HostManager.Options.defaults().withAdopt(false);
            var host = new Supervision(driver, owner, options, specsOfOtherJvm(temp));
            try {
                StateWait up = host.await(List.of("a", "b"), "stopping", "down", "starting", "up")
                        .open();
                WaitResult result = host.run(up);

                assertThat(result.isAllFinished())
                        .as("%s, %s", result, host.events())
                        .isTrue();
                assertThat(host.states("a")).containsExactly("stopping", "down", "starting", "up");
                assertThat(host.states("b")).containsExactly("stopping", "down", "starting", "up");
                assertThat(lastDown(host)).isLessThan(firstStart(host));
                assertThat(host.driver.signals).hasSize(2);
                assertThat(host.driver.launches).containsExactlyInAnyOrder("a", "b");
                assertThat(host.driver.secondCopies).isEmpty();
                assertThat(host.lives()).containsExactly("a", "b");
                assertThat(pids)
                        .doesNotContain(Long.toString(host.pid("a")), Long.toString(host.pid("b")))
                        .noneMatch(pid -> Host.marked(owner).stream()
                                .anyMatch(member -> pid.equals(
                                        Integer.toString(member.identity().pid()))));
                survivors += host.driver.signals.size();
                launches += host.driver.launches.size();
            } finally {
                host.letGo();
            }
            assertThat(host.lives()).containsExactly("a", "b");
        }
        System.out.printf("kill -9 of the manager: %d, survivors %d, launches %d%n", kills, survivors, launches);
    }

    /** What the other JVM looks after: one plain program, and one with a child in a session of its own. */
    private static InstanceSpec[] specsOfOtherJvm(Path folder) {
        return new InstanceSpec[] {
            alone(folder, "a", "exec sleep 300"), alone(folder, "b", "setsid sleep 300 & exec sleep 300")
        };
    }

    /** Looks after its programs until it is killed; part of {@link OtherJvm}. */
    static void superviseUntilKilled(String owner, Path folder) {
        var host = new Supervision(owner, folder.resolve("out"), specsOfOtherJvm(folder));
        host.until(List.of("a", "b"), "up");
        OtherJvm.say("second copies: " + host.driver.secondCopies);
        OtherJvm.say(host.pid("a"));
        OtherJvm.say(host.pid("b"));
        host.runForEver();
    }

    private static long lastDown(Supervision host) {
        return host.events().stream()
                .filter(event -> event.state().equals("down"))
                .mapToLong(StateEvent::sequence)
                .max()
                .orElseThrow();
    }

    private static long firstStart(Supervision host) {
        return host.events().stream()
                .filter(event -> event.state().equals("starting"))
                .mapToLong(StateEvent::sequence)
                .min()
                .orElseThrow();
    }

    @Test
    void leaves_programs_running_when_it_is_closed_and_none_when_it_dies() {
        InstanceSpec family = alone(temp, "family", "setsid sleep 300 & sleep 300 & wait");
        List<String> all = List.of("family", "web");
        try (Supervision first = supervise(family, sleeper("web"))) {
            first.until(all, "up");
            first.letGo();
            assertThat(first.alive()).contains("family", "web");
            assertThat(first.driver.signals).isEmpty();

            try (Supervision second = supervise(family, sleeper("web"))) {
                ShutdownAnswer answer = second.die(Supervision.LIMIT);

                assertThat(answer.left()).isEmpty();
                assertThat(second.alive()).isEmpty();
                assertThat(second.driver.launches).isEmpty();
                assertThat(second.states("web")).containsExactly("stopping", "down");
            }
        }
        try (Supervision third = supervise(family, sleeper("web"))) {
            third.until(all, "up");
            ShutdownAnswer answer = third.die(Supervision.LIMIT);

            assertThat(answer.left()).isEmpty();
            assertThat(third.alive()).isEmpty();
            assertThat(third.states("web")).containsExactly("starting", "up", "stopping", "down");
        }
    }
}
