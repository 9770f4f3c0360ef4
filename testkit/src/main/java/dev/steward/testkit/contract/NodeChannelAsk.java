package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One write, and the answers to it with the views at them, which may come on any thread; the rest is for the thread of the test. */
final class NodeChannelAsk {
    private final NodeChannelSetting contract;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private String what = "";

    /** @param view what the channel showed when it came */
    record Answer(WriteOutcome outcome, NodeView view) {}

    NodeChannelAsk(NodeChannelSetting contract) {
        this.contract = contract;
    }

    NodeChannelAsk of(NodeChannel channel, NodeWrite write) {
        what = write.text();
        channel.write(write, outcome -> answers.add(new Answer(outcome, channel.view())));
        return this;
    }

    /** The answer, which must come. */
    Answer answer() throws InterruptedException {
        Answer answer = contract.poll(answers, contract.patience());
        assertThat(answer).as("the answer to '%s'", what).isNotNull();
        return answer == null ? new Answer(WriteOutcome.unknown("none"), NodeView.unseen()) : answer;
    }

    /** The same; how it ended. */
    WriteOutcome.Kind end() throws InterruptedException {
        return answer().outcome().kind();
    }

    /** The view at the answer, which must be that it is accepted. */
    NodeView accepted() throws InterruptedException {
        Answer answer = answer();
        assertThat(answer.outcome().kind())
                .as("how '%s' ended: %s", what, answer.outcome())
                .isEqualTo(WriteOutcome.Kind.ACCEPTED);
        return answer.view();
    }

    /** Fails if there is an answer within a while that has not been taken. */
    void assertQuiet() throws InterruptedException {
        assertThat(contract.poll(answers, contract.quiet()))
                .as("another answer to '%s'", what)
                .isNull();
    }
}
