package dev.steward.testkit.assertj;

import dev.steward.event.StateFeed;
import dev.steward.instance.ManagedInstance;
import dev.steward.loop.Step;
import dev.steward.node.Node;
import dev.steward.node.NodeView;
import dev.steward.testkit.RecordingObserver;
import org.assertj.core.api.Assertions;

/** The entry to the assertions for Steward's types. It has all of AssertJ's own as well, so one static import does. */
public class StewardAssertions extends Assertions {
    /** For subclasses that add entries of their own. */
    protected StewardAssertions() {}

    /** Begins an assertion about what a feed has recorded; on a feed that keeps only its tail, about what it still has. */
    public static StateFeedAssert assertThat(StateFeed actual) {
        return new StateFeedAssert(actual);
    }

    /** Begins an assertion about what a pass wants next. */
    public static StepAssert assertThat(Step actual) {
        return new StepAssert(actual);
    }

    /** Begins an assertion about what went wrong with loops. */
    public static RecordingObserverAssert assertThat(RecordingObserver actual) {
        return new RecordingObserverAssert(actual);
    }

    /** Begins an assertion about an instance, as its manager sees it now. */
    public static InstanceAssert assertThat(ManagedInstance actual) {
        return new InstanceAssert(actual);
    }

    /** Begins an assertion about a node, as of its manager's last pass. */
    public static NodeAssert assertThat(Node actual) {
        return new NodeAssert(actual);
    }

    /** Begins an assertion about one view of a node, as its channel shows it. */
    public static NodeViewAssert assertThat(NodeView actual) {
        return new NodeViewAssert(actual);
    }
}
