package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.NameResult.Outcome.TIMED_OUT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The six programs that waited with the original, as their core would be written with {@link StateWait}. */
class CallersTest {
    private final Stage stage = new Stage();
    private final List<String> said = new ArrayList<>();

    private StateWaitBuilder.Names forAll(List<String> nodes) {
        return StateWait.on(stage.scene.feed, stage.scene.time).forAll(Scene.NODE, nodes);
    }

    private static List<String> nodes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "pc" + i).toList();
    }

    /** Waits in rounds of a minute, without an end of its own, until every node is up again or has failed. */
    @Test
    void node_reboot_sends_one_command_for_all_and_waits_for_shutdown_and_up() {
        List<String> nodes = nodes(3);
        int rounds = 0;
        int exit;
        stage.at(10, "pc1", "SHUTDOWN");
        stage.at(11, "pc2", "SHUTDOWN");
        stage.at(100, "pc1", "BOOTING");
        stage.at(150, "pc1", "ISUP");
        stage.failAt(200, "pc2");
        stage.at(290, "pc3", "SHUTDOWN");
        stage.at(330, "pc3", "ISUP");

        try (StateWait wait = forAll(nodes).toReach("SHUTDOWN", "ISUP").open()) {
            nodes.forEach(node ->
                    stage.scene.enter(node, "ISUP")); // still up from before the command, which counts for nothing
            while (!stage.await(wait, 60)) {
                rounds++;
                said.add(wait.result().names(PENDING).size() + " to go");
            }
            exit = wait.result().names(FAILED).isEmpty() ? 0 : 1;
            assertThat(wait.result().settled())
                    .extracting(NameResult::name, NameResult::outcome, NameResult::elapsed)
                    .containsExactly(
                            tuple("pc1", FINISHED, ofSeconds(150)),
                            tuple("pc2", FAILED, ofSeconds(200)),
                            tuple("pc3", FINISHED, ofSeconds(330)));
        }

        assertThat(rounds).isEqualTo(5);
        assertThat(said).containsExactly("3 to go", "3 to go", "2 to go", "1 to go", "1 to go");
        assertThat(exit).isEqualTo(1);
        assertThat(stage.now()).isEqualTo(ofSeconds(330));
    }

    /** One wait with one limit: failures make the exit code, what timed out is reported by name. */
    @Test
    void os_load_waits_once_and_adds_the_failures_to_its_exit_code() {
        stage.at(300, "pc1", "RELOADDONE");
        stage.failAt(310, "pc2");
        stage.failAt(311, "pc3");

        try (StateWait wait =
                forAll(nodes(5)).toReach("RELOADDONE").within(ofMinutes(15)).open()) {
            assertThat(stage.await(wait, 100_000)).isTrue();

            assertThat(stage.now()).isEqualTo(ofMinutes(15));
            assertThat(wait.result().names(FAILED)).containsExactly("pc2", "pc3");
            assertThat(wait.result().names(TIMED_OUT)).containsExactly("pc4", "pc5");
            assertThat(wait.result().names(FINISHED)).containsExactly("pc1");
        }
    }

    /** Machines and the virtual nodes on them have limits of their own; results are cumulative, news is what is new. */
    @Test
    void os_setup_returns_every_minute_and_finds_what_is_new_and_gives_virtual_nodes_longer() {
        int virtualNodes = 3;
        List<String> seen = new ArrayList<>();
        stage.at(30, "pc1", "ISUP");
        stage.at(70, "vnode1", "ISUP");
        stage.failAt(80, "vnode2");
        stage.at(370, "vnode3", "ISUP");

        try (StateWait wait = forAll(nodes(2))
                .toReach("ISUP")
                .within(ofSeconds(180))
                .forAll(Scene.NODE, "vnode1", "vnode2", "vnode3")
                .toReach("ISUP")
                .within(ofSeconds(90 + 100 * virtualNodes))
                .open()) {
            boolean settled = false;
            while (!settled) {
                settled = stage.await(wait, 60);
                for (NameResult result : wait.result().settled()) {
                    if (!seen.contains(result.name())) {
                        seen.add(result.name());
                        said.add(stage.now().toSeconds() + ": " + result.name() + " " + result.outcome());
                    }
                }
            }
        }

        assertThat(said)
                .containsExactly(
                        "60: pc1 FINISHED",
                        "120: vnode1 FINISHED",
                        "120: vnode2 FAILED",
                        "180: pc2 TIMED_OUT",
                        "370: vnode3 FINISHED");
    }

    /** Each result is said when it is known, and who was never seen at the end. */
    @Test
    void tbrestart_is_told_each_result_at_once_and_names_the_rest() {
        stage.at(40, "pc2", "ISUP");
        stage.at(41, "pc1", "REBOOTING");
        stage.failAt(500, "pc3");
        stage.at(899, "pc1", "ISUP");

        try (StateWait wait = forAll(nodes(5))
                .toReach("ISUP")
                .within(ofMinutes(15))
                .onProgress(news -> said.add(stage.now().toSeconds() + ": " + news.name() + " " + news.outcome()))
                .open()) {
            while (!stage.await(wait, 60)) {
                assertThat(stage.now()).isLessThan(ofMinutes(15));
            }
            said.add("never seen: " + wait.result().names(TIMED_OUT));
        }

        assertThat(said)
                .containsExactly(
                        "40: pc2 FINISHED",
                        "500: pc3 FAILED",
                        "899: pc1 FINISHED",
                        "900: pc4 TIMED_OUT",
                        "900: pc5 TIMED_OUT",
                        "never seen: [pc4, pc5]");
    }

    /** Boots in batches between the opening and the waiting; what fails or times out gets one more try in a second wait. */
    @Test
    void admin_boot_goes_in_batches_and_tries_what_is_left_once_more() {
        List<String> nodes = nodes(20);

        List<String> failed = adminBoot(nodes, 1);

        assertThat(failed).containsExactly("pc13");
        assertThat(said)
                .containsExactly(
                        "0: booting 8",
                        "5: booting 8",
                        "10: booting 4",
                        "360: left [pc7, pc13]",
                        "360: booting 2",
                        "720: left [pc13]");
    }

    private List<String> adminBoot(List<String> nodes, int tries) {
        try (StateWait wait =
                forAll(nodes).toReach("MFSSETUP", "ISUP").within(ofMinutes(6)).open()) {
            for (int from = 0; from < nodes.size(); from += 8) {
                List<String> batch = nodes.subList(from, Math.min(from + 8, nodes.size()));
                said.add(stage.now().toSeconds() + ": booting " + batch.size());
                boot(batch, tries == 0);
                if (from + 8 < nodes.size()) {
                    stage.sleep(5);
                }
            }
            stage.await(wait, 10_000);
            WaitResult result = wait.result();
            List<String> left = Stream.of(FAILED, TIMED_OUT)
                    .flatMap(outcome -> result.names(outcome).stream())
                    .toList();
            said.add(stage.now().toSeconds() + ": left " + left);
            return left.isEmpty() || tries == 0 ? left : adminBoot(left, tries - 1);
        }
    }

    /** Fast ones are up before the caller begins to wait; {@code pc13} never comes, {@code pc7} fails in the first try. */
    private void boot(List<String> batch, boolean second) {
        long now = stage.now().toSeconds();
        for (String node : batch) {
            if (node.equals("pc7") && !second) {
                stage.failAt(now + 30, node);
            } else if (!node.equals("pc13")) {
                stage.at(now + 1, node, "MFSSETUP");
                stage.at(now + 2, node, "ISUP");
            }
        }
    }

    /** Sends packets again and again to those that have not shown themselves. */
    @Test
    void wake_on_lan_sends_packets_each_round_and_names_those_left() {
        List<Integer> packets = new ArrayList<>();
        stage.at(7, "pc1", "PXEBOOTING"); // while the caller sleeps
        stage.at(52, "pc2", "PXEBOOTING");

        try (StateWait wait = forAll(nodes(3)).toReach("PXEBOOTING").open()) {
            packets.add(3);
            stage.sleep(15);
            for (int round = 0; round < 15 && !stage.await(wait, 10); round++) {
                packets.add(wait.result().pending().size());
            }

            assertThat(wait.result().names(PENDING)).containsExactly("pc3");
            assertThat(wait.result().settled())
                    .extracting(NameResult::elapsed)
                    .containsExactly(ofSeconds(7), ofSeconds(52));
        }

        assertThat(packets).containsExactly(3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(stage.now()).isEqualTo(Duration.ofSeconds(15 + 150));
    }
}
