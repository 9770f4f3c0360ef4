package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NodeChannel} must do. <b>Made for you to extend</b> in the test of a channel of your own: say how to make one, which
 * states may be requested, and, as far as there is such a thing, how to break its connection, how others ask the node, and how it falls
 * silent. Rules about what there is not are left out.
 *
 * <p>News are awaited for {@link #patience} at most; where a rule says that no more come, the test listens for {@link #quiet}. A channel on
 * virtual time overrides {@link #poll}, and may belong to {@linkplain #threads one thread}.
 */
public abstract class NodeChannelContract extends NodeChannelWriteContract {
    private static final int MANY = 20;

    /** For subclasses. */
    protected NodeChannelContract() {}

    // ---- looking

    @Test
    public final void is_connected_once_somebody_listens() {
        assertThat(channel.view().connected()).isTrue();
        assertThat(channel.view().isAlive()).as("it runs").isTrue();
        assertThat(channel.view().state()).as("STATE").isNotEmpty();
    }

    @Test
    public final void has_one_name_for_ever() throws InterruptedException {
        String name = channel.node();
        request(state(0)).accepted();
        watch.drain();

        assertThat(name).isNotEmpty();
        assertThat(channel.node()).isEqualTo(name);
    }

    @Test
    public final void says_which_states_there_are_or_that_it_does_not_know() {
        if (!channel.states().isEmpty()) {
            assertThat(channel.states()).containsAll(requestable());
        }
    }

    @Test
    public final void never_goes_back_to_an_earlier_version() throws InterruptedException {
        assertThat(history()).extracting(NodeView::version).isSorted();
    }

    @Test
    public final void shows_one_view_only_under_each_version() throws InterruptedException {
        Map<Long, NodeView> byVersion = new HashMap<>();
        for (NodeView view : history()) {
            NodeView same = byVersion.putIfAbsent(view.version(), view);
            assertThat(same == null ? view : same)
                    .as("version %s", view.version())
                    .isEqualTo(view);
        }
    }

    /** What it has shown over many changes, one of them a loss if there can be one. */
    private List<NodeView> history() throws InterruptedException {
        List<NodeView> views = new ArrayList<>();
        views.add(channel.view());
        for (int i = 0; i < MANY; i++) {
            request(state(i)).accepted();
            views.addAll(watch.drain());
            views.add(channel.view());
            if (i == MANY / 2 && drop()) {
                views.add(watch.until("a lost node", view -> !view.connected()));
                restore();
                views.add(watch.until("a connected node", NodeView::connected));
            }
        }
        return views;
    }

    @Test
    public final void never_mixes_two_instants() throws InterruptedException {
        assumeTrue(moveAtOnce(state(0)), "nothing can move this node at once");
        watch.until("STATE " + state(0), view -> view.isIn(state(0)));
        for (int i = 1; i < MANY; i++) {
            moveAtOnce(state(i));
        }

        assertThat(watch.drain())
                .allSatisfy(view -> assertThat(List.of(view.target(), view.request()))
                        .as("TARGET and REQUEST in %s", view)
                        .containsOnly(view.state()));
        assertThat(channel.view().isIn(state(MANY - 1))).isTrue();
    }

    // ---- listening

    @Test
    public final void hints_at_a_change() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            requestByOther(state(i));

            NodeView seen = watch.untilRequest(state(i));
            assertThat(channel.view().version()).isGreaterThanOrEqualTo(seen.version());
        }
    }

    @Test
    public final void never_loses_the_last_of_many_changes() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            requestByOther(state(i));
        }

        NodeView last = watch.last();
        assertThat(last.request()).as("REQUEST at the last hint").isEqualTo(state(MANY - 1));
        assertThat(channel.view().request()).isEqualTo(state(MANY - 1));
    }

    @Test
    public final void tells_nothing_within_the_call_that_begins_to_listen() throws InterruptedException {
        NodeChannelWatch other = listen();
        requestByOther(state(0));
        other.untilRequest(state(0));

        assertThat(watch.wasToldTooEarly()).isFalse();
        assertThat(other.wasToldTooEarly()).isFalse();
        assertThat(listen().wasToldTooEarly()).as("on a node that has changed").isFalse();
    }

    @Test
    public final void tells_a_listener_nothing_that_has_gone() throws InterruptedException {
        NodeChannelWatch other = listen();
        other.close();
        other.close();
        other.drain(); // a run that was under way

        requestByOther(state(0));
        watch.untilRequest(state(0));

        assertThat(other.drain()).isEmpty();
    }

    @Test
    public final void goes_on_telling_the_others_when_one_has_gone() throws InterruptedException {
        NodeChannelWatch second = listen();
        NodeChannelWatch third = listen();
        requestByOther(state(0));
        watch.untilRequest(state(0));
        second.untilRequest(state(0));
        third.untilRequest(state(0));

        second.close();
        requestByOther(state(1));

        watch.untilRequest(state(1));
        third.untilRequest(state(1));
    }

    @Test
    public final void ties_the_same_listener_once_more_each_time() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Runnable same = () -> told.add("told");
        Listening first = channel.listen(same);
        channel.listen(same);
        first.close();
        first.close();

        requestByOther(state(0));

        assertThat(poll(told, patience())).as("a hint to the second tie").isNotNull();
    }

    @Test
    public final void begins_again_when_somebody_listens_again() throws InterruptedException {
        watch.close();
        requestByOther(state(0));

        NodeChannelWatch again = listen();
        requestByOther(state(1));

        assertThat(again.untilRequest(state(1)).connected()).isTrue();
    }

    @Test
    public final void does_not_suffer_from_a_listener_that_throws() throws InterruptedException {
        channel.listen(() -> {
            throw new Hostile();
        });
        NodeChannelWatch behind = listen();

        for (int i = 0; i < 3; i++) {
            try {
                requestByOther(state(i));
            } catch (RuntimeException passedOn) {
                assertThat(passedOn).hasStackTraceContaining("hostile");
            }
            watch.untilRequest(state(i));
            behind.untilRequest(state(i));
        }
    }

    @Test
    public final void lets_a_listener_look_and_ask_and_go() throws InterruptedException {
        NodeChannelAsk ask = new NodeChannelAsk(this);
        BlockingQueue<Listening> own = new LinkedBlockingQueue<>();
        own.add(channel.listen(() -> {
            Listening listening = own.poll();
            if (listening != null) {
                listening.close();
                ask.of(channel, new NodeWrite.Request(state(1)));
            }
        }));

        requestByOther(state(0));

        assertThat(ask.accepted().request()).isEqualTo(state(1));
        watch.untilRequest(state(1));
    }

    // ---- the connection

    @Test
    public final void shows_a_lost_node_as_lost_and_keeps_what_was_seen_last() throws InterruptedException {
        ask(new NodeWrite.Manage("contract")).accepted();
        watch.drain();
        NodeView before = channel.view();
        lose();

        NodeView lost = channel.view();

        assertThat(lost.connected()).isFalse();
        assertThat(List.of(lost.isAlive(), lost.isManaged(), lost.isDone(), lost.isStalled(), lost.isIn(lost.state())))
                .as("the predicates of %s", lost)
                .containsOnly(false);
        assertThat(List.<Object>of(lost.op(), lost.mode(), lost.manager(), lost.state(), lost.request(), lost.target()))
                .as("what was seen last")
                .isEqualTo(List.<Object>of(
                        before.op(),
                        before.mode(),
                        before.manager(),
                        before.state(),
                        before.request(),
                        before.target()));
    }

    @Test
    public final void hints_at_a_loss_and_at_a_return() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            lose();
            restore();
            watch.until("a connected node", NodeView::connected);
        }
    }

    @Test
    public final void shows_a_fresh_view_after_a_return() throws InterruptedException {
        request(state(0)).accepted();
        lose();
        requestByOther(state(1));
        assertThat(channel.view().request())
                .as("nothing is seen of a lost node")
                .isEqualTo(state(0));
        restore();

        NodeView first = watch.until("a connected node", NodeView::connected);
        assertThat(first.request()).as("REQUEST in the first view").isEqualTo(state(1));
    }

    @Test
    public final void sends_nothing_to_a_lost_node() throws InterruptedException {
        request(state(0)).accepted();
        lose();

        NodeChannelAsk ask = request(state(1));
        assertThat(ask.end()).isEqualTo(WriteOutcome.Kind.NOT_SENT);
        ask.assertQuiet();
        restore();

        NodeView first = watch.until("a connected node", NodeView::connected);
        assertThat(first.request()).isEqualTo(state(0));
        assertThat(watch.drain()).noneMatch(view -> view.request().equals(state(1)));
        assertThat(request(state(2)).accepted().request()).isEqualTo(state(2));
    }

    @Test
    public final void connects_for_somebody_who_begins_to_listen_to_a_lost_node() throws InterruptedException {
        lose();
        watch.close();
        NodeChannelWatch other = listen();
        restore();

        assertThat(other.until("a connected node", NodeView::connected).state()).isNotEmpty();
    }

    private void lose() throws InterruptedException {
        watch.drain();
        assumeTrue(drop(), "this channel has no connection that could break");
        watch.until("a lost node", view -> !view.connected());
    }
}
