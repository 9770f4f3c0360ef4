package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.instance.TargetAnswer.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HostManagerRequestsTest {
    private static final TargetRequest ALL_UP = new TargetRequest("all", "up");

    private final Scene scene = new Scene(SiteConfig.of(down("a"), down("b"), down("c")));

    private static InstanceSpec down(String name) {
        return Scene.spec(name).withStart(TargetState.DOWN);
    }

    private static List<Verdict> verdicts(CompletableFuture<UpdateAnswer> answer) {
        return answer.join().answers().stream().map(TargetAnswer::verdict).toList();
    }

    @Test
    void requests_are_carried_out_in_order_and_each_gets_its_answer() {
        scene.settle();

        CompletableFuture<UpdateAnswer> answer = scene.host.update(
                List.of(
                        ALL_UP,
                        TargetRequest.down("b"),
                        new TargetRequest("a", "sideways"),
                        TargetRequest.up("nobody"),
                        TargetRequest.up("c")),
                false);
        assertThat(answer).isNotDone();
        scene.settle();

        assertThat(verdicts(answer))
                .containsExactly(
                        Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.BAD_TARGET, Verdict.UNKNOWN_ID, Verdict.ACCEPTED);
        assertThat(answer.join().isAccepted()).isFalse();
        assertThat(answer.join().refused()).hasSize(2);
        assertThat(answer.join().reload()).isEmpty();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a", "launch c");
        assertThat(scene.messages()).anyMatch(message -> message.contains("nobody"));
    }

    @Test
    void a_strict_list_with_a_bad_request_changes_nothing_at_all() {
        scene.settle();
        List<TargetRequest> asked = List.of(ALL_UP, TargetRequest.up("nobody"));

        CompletableFuture<UpdateAnswer> refused = scene.host.update(asked, false, true);
        CompletableFuture<UpdateAnswer> taken = scene.host.update(List.of(TargetRequest.up("a")), false, true);
        scene.settle();

        assertThat(verdicts(refused)).containsExactly(Verdict.NOT_APPLIED, Verdict.UNKNOWN_ID);
        assertThat(verdicts(taken)).containsExactly(Verdict.ACCEPTED);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void a_strict_list_is_checked_against_the_configuration_that_comes_with_it() {
        SiteConfig[] site = {SiteConfig.of(down("a"))};
        Scene other = new Scene(() -> site[0]).settle();
        site[0] = SiteConfig.of(down("b"));

        CompletableFuture<UpdateAnswer> refused = other.host.update(List.of(TargetRequest.up("a")), true, true);
        other.settle();
        assertThat(verdicts(refused)).containsExactly(Verdict.UNKNOWN_ID);
        assertThat(other.host.instance("a")).isPresent();
        assertThat(other.host.instance("b")).isEmpty();

        CompletableFuture<UpdateAnswer> taken = other.host.update(List.of(TargetRequest.up("b")), true, true);
        other.settle();
        assertThat(taken.join().isAccepted()).isTrue();
        assertThat(taken.join().reload()).isPresent();
        assertThat(other.instance("b").state()).isEqualTo(RunState.UP);
        assertThat(other.host.instance("a")).isEmpty();
    }

    @Test
    void requests_before_the_first_pass_wait_for_it() {
        CompletableFuture<UpdateAnswer> answer = scene.host.update(List.of(TargetRequest.up("b")), false);
        assertThat(answer).isNotDone();

        scene.settle();

        assertThat(verdicts(answer)).containsExactly(Verdict.ACCEPTED);
        assertThat(scene.instance("b").state()).isEqualTo(RunState.UP);
    }

    @Test
    void start_requests_stand_above_start_targets() {
        Scene other = new Scene(
                SiteConfig.of(Scene.spec("a"), down("b")),
                HostManager.Options.defaults()
                        .withStartRequests(List.of(ALL_UP, TargetRequest.down("a"), TargetRequest.up("nobody"))));

        other.settle();

        assertThat(other.driver.takeOrders()).containsExactly("launch b");
        assertThat(other.messages()).anyMatch(message -> message.startsWith("host: requests were refused"));
    }

    @Test
    void without_a_reload_on_start_there_is_nothing_until_an_update_loads_the_configuration() {
        Scene other = new Scene(
                SiteConfig.of(down("a")),
                HostManager.Options.defaults().withReloadOnStart(false).withStartRequests(List.of(ALL_UP)));
        other.settle();
        assertThat(other.host.instances()).isEmpty();
        assertThat(other.host.configStatus()).isEmpty();

        other.host.update(List.of(), true);
        other.settle();

        assertThat(other.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void after_close_requests_are_refused_at_once_and_what_waits_is_too() {
        scene.settle();
        CompletableFuture<UpdateAnswer> waiting = scene.host.update(List.of(ALL_UP), true);

        scene.close();
        scene.close();

        assertThat(verdicts(waiting)).containsExactly(Verdict.CLOSED);
        assertThat(verdicts(scene.host.requestAll(TargetState.UP))).containsExactly(Verdict.CLOSED);
        assertThat(scene.host.die(Duration.ZERO)).isDone();
        assertThat(scene.host.manageOnce().isFinished()).isTrue();
        assertThat(scene.driver.closed).isTrue();
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void nobody_can_ask_for_passive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.host.requestAll(TargetState.PASSIVE))
                .withMessageContaining("PASSIVE");
    }

    @Test
    void what_depends_on_an_answer_runs_in_the_pass_sees_its_views_and_may_throw() {
        scene.settle();
        RunState[] seen = new RunState[1];
        scene.host.requestAll(TargetState.UP).thenAccept(answer -> {
            seen[0] = scene.instance("a").state();
            scene.host.update(List.of(TargetRequest.down("a")), false);
            throw new IllegalStateException("of the host's own");
        });

        scene.settle();

        assertThat(seen[0]).isEqualTo(RunState.STARTING);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.instance("b").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_request_wakes_the_loop() {
        scene.settle();
        int[] woken = new int[1];
        scene.host.wakeWith(() -> woken[0]++);

        scene.host.requestAll(TargetState.UP);

        assertThat(woken[0]).isEqualTo(1);
    }
}
