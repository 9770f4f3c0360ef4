package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import dev.steward.node.Node;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.testkit.FakeNode;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hints and answers from several real threads against one thread of passes (F27): nothing is lost, whoever tells it and whenever.
 *
 * <p>A lost wake-up is healed by the next one, so it only shows when there is none. Hence many rounds: passes are made only when the manager
 * has asked for one, and a round is over only when it has seen the last of every node and has every answer.
 */
class NodeStressTest {
    private static final int NODES = 8;
    private static final int CHANGERS = 4;
    private static final int ROUNDS = 600;
    private static final int CHANGES = 6;
    private static final int REQUESTS = 6;
    private static final List<String> STATES = List.of("SAFE", "DAMPED", "ALIGNED");

    private final VirtualTime time = new VirtualTime();
    private final List<FakeNode> fakes = new ArrayList<>();
    private final ExecutorService[] nodesAtWork = {
        Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor()
    };
    private final Semaphore signals = new Semaphore(0);
    private final Semaphore caughtUp = new Semaphore(0);
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private NodeManager nodes = new NodeManager("NOBODY", List.of(new FakeNode("NONE", time)), time);
    private int askedInRound;

    /** A node whose writes are done and answered on another thread, in order. */
    private final class Remote implements NodeChannel {
        private final FakeNode fake;
        private final ExecutorService thread;

        private Remote(FakeNode fake, ExecutorService thread) {
            this.fake = fake;
            this.thread = thread;
        }

        @Override
        public String node() {
            return fake.node();
        }

        @Override
        public NodeView view() {
            return fake.view();
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            asked.incrementAndGet();
            thread.execute(() -> fake.write(write, done));
        }

        @Override
        public Listening listen(Runnable changed) {
            return fake.listen(changed);
        }
    }

    @AfterEach
    void stop() {
        for (ExecutorService thread : nodesAtWork) {
            thread.shutdownNow();
        }
    }

    @Test
    @Timeout(120)
    void sees_the_last_of_every_node_and_has_every_answer() throws InterruptedException {
        List<NodeChannel> channels = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            FakeNode fake = new FakeNode("SUS_" + i, time).standsIn("SAFE");
            fakes.add(fake);
            channels.add(new Remote(fake, nodesAtWork[i % nodesAtWork.length]));
        }
        nodes = new NodeManager("IFO", channels, time);
        nodes.wakeWith(() -> {
            wanted.set(true);
            signals.release();
        });
        nodes.init();
        Semaphore[] turns = new Semaphore[CHANGERS];
        Semaphore changed = new Semaphore(0);
        for (int i = 0; i < CHANGERS; i++) {
            int changer = i;
            Semaphore turn = new Semaphore(0);
            turns[i] = turn;
            start("changer", () -> change(changer, turn, changed));
        }
        start("passes", this::manage);

        for (int round = 0; round < ROUNDS; round++) {
            for (Semaphore turn : turns) {
                turn.release();
            }
            assertThat(changed.tryAcquire(CHANGERS, 20, TimeUnit.SECONDS)).isTrue();
            closed.set(true);
            signals.release(); // to look whether it has caught up, not to make a pass
            boolean has = caughtUp.tryAcquire(20, TimeUnit.SECONDS);
            assertThat(failure.get()).isNull();
            assertThat(has)
                    .as("something was lost in round %s: %s", round, nodes)
                    .isTrue();
        }
        over.set(true);
        signals.release();
        System.out.println("node manager: " + ROUNDS * CHANGERS * CHANGES + " changes by " + CHANGERS + " threads and "
                + asked + " writes answered by " + nodesAtWork.length + " in " + ROUNDS + " rounds and " + passes
                + " passes, none lost");
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable thrown) {
                        failure.compareAndSet(null, thrown);
                        caughtUp.release();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void change(int changer, Semaphore turn, Semaphore changed) {
        for (int round = 0; round < ROUNDS; round++) {
            turn.acquireUninterruptibly();
            for (int i = 0; i < CHANGES; i++) {
                FakeNode fake = fakes.get((changer + i) % NODES);
                if (i % 3 == 2) {
                    fake.requestByOther(STATES.get((round + i) % STATES.size()));
                } else {
                    fake.standsIn(STATES.get((round + changer + i) % STATES.size()));
                }
            }
            changed.release();
        }
    }

    private void manage() {
        while (!over.get()) {
            signals.acquireUninterruptibly();
            if (wanted.getAndSet(false)) {
                pass();
            }
            if (closed.get() && hasCaughtUp()) {
                requireFullScan();
                askedInRound = 0;
                closed.set(false);
                caughtUp.release();
            }
        }
    }

    private void pass() {
        Step step = nodes.manageOnce();
        passes.incrementAndGet();
        while (step.kind() == Step.Kind.AGAIN) {
            step = nodes.manageOnce();
            passes.incrementAndGet();
        }
        if (askedInRound < REQUESTS) {
            askedInRound++;
            int i = passes.get();
            nodes.setRequest("SUS_" + i % NODES, STATES.get(i % STATES.size()));
        }
    }

    private boolean hasCaughtUp() {
        for (FakeNode fake : fakes) {
            Node node = nodes.node(fake.node());
            if (node.isRequestPending() || node.view().version() != fake.view().version()) {
                return false;
            }
        }
        return true;
    }

    /** I6, with what is shown now and no other thread at work. */
    private void requireFullScan() {
        boolean arrived = true;
        for (Node node : nodes) {
            arrived &= node.lastRequest().filter(node.view()::isIn).isPresent();
        }
        assertThat(nodes.hasArrived()).isEqualTo(arrived);
        assertThat(nodes.isInFault()).isEqualTo(nodes.faults().stream().anyMatch(fault -> fault.isFault()));
    }
}
