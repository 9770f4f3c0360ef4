package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.node.NodeChannel.Listening;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The rules of {@link NodeChannelContract} about what is asked of a node, and about threads. Extend that one. */
public abstract class NodeChannelWriteContract extends NodeChannelSetting {
    private static final int MANY = 200;

    /** For subclasses. */
    protected NodeChannelWriteContract() {}

    @Test
    public final void answers_each_write_once() throws InterruptedException {
        List<NodeChannelAsk> asked = new ArrayList<>();
        asked.add(request(state(0)));
        asked.add(ask(new NodeWrite.Manage("contract")));
        asked.add(ask(new NodeWrite.Operate(NodeOp.PAUSE)));
        asked.add(ask(new NodeWrite.Operate(NodeOp.EXEC)));
        asked.add(ask(new NodeWrite.Release(true)));
        asked.add(ask(new NodeWrite.Load()));

        for (NodeChannelAsk ask : asked) {
            ask.answer();
        }
        for (NodeChannelAsk ask : asked) {
            ask.assertQuiet();
        }
    }

    @Test
    public final void shows_what_it_has_accepted_by_the_time_of_the_answer() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertThat(request(state(i)).accepted().request()).isEqualTo(state(i));
        }
        assertThat(ask(new NodeWrite.Manage("contract")).accepted().isManagedBy("contract"))
                .isTrue();
        assertThat(ask(new NodeWrite.Release(false)).accepted().isManaged()).isFalse();
        assertThat(ask(new NodeWrite.Operate(NodeOp.PAUSE)).accepted().op()).isEqualTo(NodeOp.PAUSE);
        assertThat(ask(new NodeWrite.Operate(NodeOp.EXEC)).accepted().isAlive()).isTrue();
    }

    @Test
    public final void never_shows_managed_together_with_the_manager_before() throws InterruptedException {
        ask(new NodeWrite.Manage("before")).accepted();
        ask(new NodeWrite.Release(false)).accepted();
        watch.drain();

        ask(new NodeWrite.Manage("contract")).accepted();

        assertThat(watch.drain())
                .as("views since it was released")
                .noneMatch(view -> view.isManagedBy("before"))
                .anyMatch(view -> view.isManagedBy("contract"));
    }

    @Test
    public final void keeps_the_manager_on_release_unless_it_is_to_be_forgotten() throws InterruptedException {
        ask(new NodeWrite.Manage("contract")).accepted();

        NodeView released = ask(new NodeWrite.Release(false)).accepted();
        assertThat(released.mode()).isEqualTo(NodeMode.AUTO);
        assertThat(released.manager()).isEqualTo("contract");

        ask(new NodeWrite.Manage("contract")).accepted();
        NodeView forgotten = ask(new NodeWrite.Release(true)).accepted();
        assertThat(forgotten.mode()).isEqualTo(NodeMode.AUTO);
        assertThat(forgotten.manager()).isEmpty();
    }

    @Test
    public final void refuses_a_state_that_the_node_does_not_have_before_anything_changes()
            throws InterruptedException {
        assumeTrue(!channel.states().isEmpty(), "the channel does not know the states");
        request(state(0)).accepted();
        watch.drain();

        assertThat(request("NO_SUCH_STATE").end()).isEqualTo(WriteOutcome.Kind.REFUSED);

        assertThat(watch.drain()).noneMatch(view -> view.request().equals("NO_SUCH_STATE"));
        assertThat(channel.view().request()).isEqualTo(state(0));
    }

    @Test
    public final void carries_out_writes_in_their_order() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            List<NodeChannelAsk> asked = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                asked.add(request(state(round + i)));
                asked.add(ask(i < 2 ? new NodeWrite.Manage("contract-" + i) : new NodeWrite.Release(false)));
            }
            for (NodeChannelAsk ask : asked) {
                ask.accepted();
            }

            assertThat(channel.view().request()).as("the last request").isEqualTo(state(round + 2));
            assertThat(channel.view().mode()).as("the last of all").isEqualTo(NodeMode.AUTO);
            assertThat(channel.view().manager()).as("the last manager").isEqualTo("contract-1");
        }
    }

    @Test
    public final void answers_unknown_when_the_node_says_nothing() throws InterruptedException {
        assumeTrue(fallSilent(), "a node behind this channel cannot fall silent");

        NodeChannelAsk ask = request(state(0));

        assertThat(ask.end()).isEqualTo(WriteOutcome.Kind.UNKNOWN);
        ask.assertQuiet();
    }

    @Test
    public final void may_be_asked_again_from_within_an_answer() throws InterruptedException {
        NodeChannelAsk second = new NodeChannelAsk(this);

        channel.write(new NodeWrite.Request(state(0)), first -> second.of(channel, new NodeWrite.Request(state(1))));

        assertThat(second.accepted().request()).isEqualTo(state(1));
    }

    @Test
    public final void does_not_suffer_from_an_answer_that_throws() throws InterruptedException {
        BlockingQueue<WriteOutcome> told = new LinkedBlockingQueue<>();
        try {
            channel.write(new NodeWrite.Request(state(0)), outcome -> {
                told.add(outcome);
                throw new Hostile();
            });
            assertThat(poll(told, patience())).as("the answer").isNotNull();
        } catch (RuntimeException passedOn) {
            assertThat(passedOn).hasStackTraceContaining("hostile");
        }

        assertThat(request(state(1)).accepted().request()).isEqualTo(state(1));
    }

    @Test
    public final void does_not_wait_and_minds_no_interrupt() throws InterruptedException {
        boolean kept;
        NodeChannelAsk ask;

        Thread.currentThread().interrupt();
        try {
            channel.view();
            ask = request(state(0));
            channel.listen(() -> {}).close();
        } finally {
            kept = Thread.interrupted();
        }

        assertThat(kept)
                .as("the interrupt status is kept: nothing has waited and swallowed it")
                .isTrue();
        ask.accepted();
    }

    @Test
    public final void may_be_used_by_many_threads() throws InterruptedException {
        BlockingQueue<WriteOutcome> answers = new LinkedBlockingQueue<>();
        AtomicBoolean wentBack = new AtomicBoolean();

        inParallel(() -> {
            long version = 0;
            for (int i = 1; i <= MANY; i++) {
                channel.write(new NodeWrite.Request(state(i < MANY ? 1 + i % 2 : 0)), answers::add);
                Listening listening = channel.listen(() -> {});
                long next = channel.view().version();
                if (next < version) {
                    wentBack.set(true);
                }
                version = next;
                listening.close();
            }
        });

        for (int i = 0; i < MANY * threads(); i++) {
            WriteOutcome answer = poll(answers, patience());
            assertThat(answer).as("answer %s of %s", i + 1, MANY * threads()).isEqualTo(WriteOutcome.accepted());
        }
        assertThat(wentBack)
                .as("a thread has seen an older view after a newer one")
                .isFalse();
        assertThat(watch.last().request())
                .as("the last request of every thread")
                .isEqualTo(state(0));
        assertThat(poll(answers, quiet())).as("an answer too many").isNull();
    }

    private void inParallel(Runnable work) throws InterruptedException {
        if (threads() == 1) {
            work.run();
            return;
        }
        List<Thread> workers = new ArrayList<>();
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        for (int i = 0; i < threads(); i++) {
            Thread worker = new Thread(work, "node-channel-contract-" + i);
            worker.setDaemon(true);
            worker.setUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join(patience().toMillis());
            assertThat(worker.isAlive()).as("%s is stuck", worker.getName()).isFalse();
        }
        assertThat(thrown).as("thrown in the threads").isEmpty();
    }
}
