package dev.steward.examples;

import static dev.steward.instance.ManagedInstance.INSTANCE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.NameResult;
import dev.steward.await.NameResult.Outcome;
import dev.steward.await.StateWait;
import dev.steward.await.WaitResult;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.instance.RunState;
import dev.steward.loop.Step;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The blocks of the page about waiting. */
@SuppressWarnings("BadImport") // INSTANCE is a kind, and reads well
class WaitingTest {
    private final VirtualTime time = new VirtualTime();
    private final StateFeed feed = new InMemoryStateFeed(time);

    private void enters(String name, RunState state) {
        feed.publish(StateChange.entered(INSTANCE, name, state));
    }

    @Test
    void a_restart_is_two_states_in_order() {
        // region WaitRestart
        StateWait wait = StateWait.on(feed, time)
                .forAll(INSTANCE, "registry", "archiver")
                .toReach("down", "up") // whatever lies between, and in this order
                .within(ofSeconds(30))
                .open(); // events count from here on
        // … now do what makes them restart …
        // endregion
        enters("registry", RunState.DOWN);
        enters("registry", RunState.STARTING);
        enters("registry", RunState.UP);
        time.advance(ofSeconds(30));

        // region WaitPass
        Step step = wait.manageOnce(); // ends what is over, tells listeners; or let a runner do it
        WaitResult result = wait.result();
        List<String> restarted = result.names(Outcome.FINISHED);
        List<String> late = result.names(Outcome.TIMED_OUT);
        // endregion

        assertThat(step.isFinished()).isTrue();
        assertThat(restarted).containsExactly("registry");
        assertThat(late).containsExactly("archiver");
    }

    @Test
    void each_name_may_have_its_own_sequence_and_limit() {
        List<String> told = new ArrayList<>();
        // region WaitEach
        StateWait wait = StateWait.on(feed, time)
                .forAll(INSTANCE, "registry")
                .toReach("up")
                .within(ofSeconds(5))
                .forAll(INSTANCE, "archiver")
                .toReach("starting", "up")
                .within(ofSeconds(60))
                .onProgress(progress -> told.add(progress.toString()))
                .open();
        CompletableFuture<WaitResult> future = wait.future(); // completed by a pass, on its thread
        // endregion
        enters("registry", RunState.UP);
        wait.cancel(INSTANCE, "archiver");
        wait.manageOnce();

        assertThat(told).hasSize(1).first().asString().startsWith("registry finished");
        assertThat(future).isCompleted();
    }

    @Test
    void a_position_taken_before_the_action_closes_the_hole() {
        // region WaitSince
        Position before = feed.position();
        enters("registry", RunState.UP); // somebody acts, perhaps long ago
        StateWait wait = StateWait.on(feed, time)
                .forAll(INSTANCE, "registry")
                .toReach("up")
                .since(before)
                .open();
        // endregion

        assertThat(wait.isSettled()).isTrue();
    }

    @Test
    void what_is_there_already_may_count() {
        // region WaitAlready
        StateWait wait = StateWait.on(feed, time)
                .forAll(INSTANCE, "registry")
                .toReach("up")
                .orAlready(name -> Optional.of("up")) // host.instance(name).map(i -> INSTANCE.text(i.state()))
                .open();
        // endregion

        assertThat(wait.result().find(INSTANCE, "registry").map(NameResult::outcome))
                .contains(Outcome.FINISHED);
    }

    @Test
    void a_kind_of_ones_own_needs_only_its_words() {
        // region OwnKind
        enum Valve {
            CLOSED,
            MOVING,
            OPEN
        }
        Kind<Valve> valve = Kind.of("valve", Valve.class);
        StateWait wait =
                StateWait.on(feed, time).forAll(valve, "inlet").toReach("open").open();
        feed.publish(StateChange.entered(valve, "inlet", Valve.OPEN));
        // endregion

        assertThat(wait.isSettled()).isTrue();
    }
}
