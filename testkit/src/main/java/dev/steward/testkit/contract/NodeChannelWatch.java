package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** One listener, and the views at its hints, which may come on any thread; the rest is for the thread of the test. */
@SuppressWarnings("NullAway.Init") // listens before anybody asks
final class NodeChannelWatch {
    private final NodeChannelSetting contract;
    private final BlockingQueue<NodeView> views = new LinkedBlockingQueue<>();
    private volatile boolean beginning;
    private volatile boolean toldTooEarly;
    private NodeChannel channel;
    private Listening listening;

    NodeChannelWatch(NodeChannelSetting contract) {
        this.contract = contract;
    }

    NodeChannelWatch on(NodeChannel watched) {
        channel = watched;
        beginning = true;
        listening = watched.listen(this::changed);
        beginning = false;
        return this;
    }

    private void changed() {
        toldTooEarly |= beginning;
        views.add(channel.view());
    }

    void close() {
        listening.close();
    }

    /** Whether there was a hint before the listening had begun. */
    boolean wasToldTooEarly() {
        return toldTooEarly;
    }

    /** The first view at a hint that fits. */
    NodeView until(String what, Predicate<NodeView> fits) throws InterruptedException {
        List<NodeView> passed = new ArrayList<>();
        NodeView next = contract.poll(views, contract.patience());
        while (next != null && !fits.test(next)) {
            passed.add(next);
            next = contract.poll(views, contract.patience());
        }
        assertThat(next).as("%s at a hint, after %s", what, passed).isNotNull();
        return next == null ? NodeView.unseen() : next;
    }

    NodeView untilRequest(String state) throws InterruptedException {
        return until("REQUEST " + state, view -> view.request().equals(state));
    }

    /** All views at hints, until there are no more. */
    List<NodeView> drain() throws InterruptedException {
        List<NodeView> all = new ArrayList<>();
        for (NodeView next = contract.poll(views, contract.quiet());
                next != null;
                next = contract.poll(views, contract.quiet())) {
            all.add(next);
        }
        return all;
    }

    /** The latest of them, of which there must be one; hints of several threads may overtake one another. */
    NodeView last() throws InterruptedException {
        List<NodeView> all = drain();
        assertThat(all).as("views at hints").isNotEmpty();
        return Collections.max(all, Comparator.comparingLong(NodeView::version));
    }
}
