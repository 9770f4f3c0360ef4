package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.StateEvent;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.RecordingFeed;
import dev.steward.time.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a manager tells a feed about nodes that come and go; the simulation found the first of these with seed 54. */
class NodeManagerFeedTest {
    private final VirtualTime time = new VirtualTime();
    private final FakeNode node = new FakeNode("MC2", time);
    private final RecordingFeed feed = new RecordingFeed(time);
    private final NodeManager nodes =
            NodeManager.publishing("IFO", List.of(node), feed, time, NodeManager.Options.defaults());

    private List<String> told() {
        return feed.events().stream().map(StateEvent::state).toList();
    }

    @Test
    void tells_where_a_node_is_that_was_lost_at_the_first_look() {
        node.standsIn("ALIGNED").drop();
        nodes.manageOnce();

        node.restore();
        nodes.manageOnce();

        assertThat(told()).containsExactly("ALIGNED", "free");
    }

    @Test
    void tells_nothing_of_a_node_that_comes_back_as_it_was() {
        node.standsIn("ALIGNED").takeOver("IFO");
        nodes.manageOnce();

        node.drop();
        nodes.manageOnce();
        node.restore();
        nodes.manageOnce();

        assertThat(told()).containsExactly("ALIGNED", "ours");
    }

    @Test
    void tells_what_has_changed_while_a_node_was_lost() {
        node.standsIn("ALIGNED").takeOver("IFO");
        nodes.manageOnce();

        node.drop();
        nodes.manageOnce();
        node.standsIn("SAFE").operatorSets(NodeMode.AUTO).restore();
        nodes.manageOnce();

        assertThat(told()).containsExactly("ALIGNED", "ours", "SAFE", "free");
    }
}
