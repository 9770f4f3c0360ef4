package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeFeedTest {
    private final Scene scene = new Scene(NodeManager.Options.defaults(), "mc2");
    private final Subscription subscription = scene.feed.subscribe(() -> {});
    private final TableChannel channel = scene.channel();
    private final List<StateEvent> events = new ArrayList<>();

    @Test
    void the_first_view_tells_where_the_node_is_and_who_manages_it() {
        scene.pass();

        assertThat(take()).containsExactly("node mc2 A", "node-management BOSS/mc2 free");
        assertThat(events.get(0).cause().code()).isEqualTo(NodeCause.SEEN);
        assertThat(events.get(0).cause().text()).contains("BOSS");
    }

    @Test
    void each_state_that_is_seen_is_an_event() {
        first();
        channel.change(records -> records.state("B"));
        scene.pass();
        channel.change(records -> records.notification(true));
        scene.pass();
        channel.change(records -> records.state("C"));
        scene.pass();

        assertThat(take()).containsExactly("node mc2 B", "node mc2 C");
    }

    @Test
    void the_same_state_entered_again_is_an_event() {
        first();
        scene.time.advance(Duration.ofSeconds(1));
        channel.change(records -> records.stateSince(scene.time.now()));
        scene.pass();

        assertThat(take()).containsExactly("node mc2 A");
    }

    @Test
    void states_between_two_passes_are_not_told() {
        first();
        channel.change(records -> records.state("B"));
        channel.change(records -> records.state("C"));
        scene.pass();

        assertThat(take()).containsExactly("node mc2 C");
    }

    @Test
    void a_take_over_is_an_event_with_the_name_of_the_other_manager() {
        first();
        scene.node().setManaged();
        scene.pass();
        assertThat(take()).containsExactly("node-management BOSS/mc2 ours");

        channel.change(records -> records.manager("OTHER"));
        scene.pass();
        assertThat(take()).containsExactly("node-management BOSS/mc2 taken");
        StateEvent taken = events.get(events.size() - 1);
        assertThat(taken.cause().code()).isEqualTo(Management.TAKEN);
        assertThat(taken.cause().text()).isEqualTo("MANAGER is OTHER");

        channel.change(records -> records.manager("THIRD"));
        scene.pass();
        assertThat(take()).containsExactly("node-management BOSS/mc2 taken");

        channel.change(records -> records.mode(NodeMode.AUTO).manager(""));
        scene.pass();
        assertThat(take()).containsExactly("node-management BOSS/mc2 free");
        assertThat(events.get(events.size() - 1).cause().text()).isEqualTo("no manager");
    }

    @Test
    void a_lost_node_is_in_no_state_and_tells_again_only_what_is_new_when_it_returns() {
        first();
        channel.change(records -> records.connected(false));
        scene.pass();
        assertThat(take()).isEmpty();

        channel.change(records -> records.connected(true));
        scene.pass();
        channel.change(records -> records.connected(false));
        scene.pass();
        channel.change(records -> records.connected(true).state("SAFE").mode(NodeMode.MANAGED));
        scene.pass();
        assertThat(take()).contains("node mc2 SAFE", "node-management BOSS/mc2 taken");
    }

    @Test
    void what_the_feed_does_not_take_is_offered_again_after_a_second_as_it_is_by_then() {
        List<String> taken = new ArrayList<>();
        AtomicInteger throwing = new AtomicInteger(1); // takes the state, and not who manages it
        StateFeed feed = new DelegatingFeed(scene.feed) {
            @Override
            public StateEvent publish(StateChange change) {
                if (throwing.get() >= 0 && throwing.getAndDecrement() == 0) {
                    throwing.set(0);
                    throw new IllegalStateException("full");
                }
                taken.add(change.name() + " " + change.state());
                return super.publish(change);
            }
        };
        var told = NodeManager.publishing(Scene.BOSS, scene.channels, feed, scene.time, NodeManager.Options.defaults());
        told.manageOnce();
        assertThat(taken).containsExactly("mc2 A");
        channel.change(records -> records.state("B"));
        channel.change(records -> records.state("C"));
        told.manageOnce();
        assertThat(taken).hasSize(1);

        throwing.set(-1);
        scene.time.advance(Duration.ofSeconds(1));
        assertThat(told.manageOnce()).isEqualTo(Step.parked());
        assertThat(taken).containsExactly("mc2 A", "mc2 C", "BOSS/mc2 free");
    }

    @Test
    void a_state_without_a_name_is_no_event() {
        first();
        channel.change(records -> records.state(""));
        scene.pass();

        assertThat(take()).isEmpty();
        assertThat(scene.node().state()).isEmpty();
    }

    @Test
    void a_manager_without_a_feed_tells_nobody() {
        var silent = new NodeManager("SILENT", scene.channels, scene.time);
        silent.manageOnce();
        channel.change(records -> records.state("B"));
        silent.manageOnce();

        assertThat(take()).isEmpty();
        assertThat(silent.node("mc2").state()).isEqualTo("B");
    }

    private void first() {
        scene.pass();
        take();
    }

    /** What was published since this was last asked. */
    private List<String> take() {
        List<String> taken = new ArrayList<>();
        subscription.poll((StateListener) event -> {
            events.add(event);
            taken.add(event.kind() + " " + event.name() + " " + event.state());
        });
        return taken;
    }
}
