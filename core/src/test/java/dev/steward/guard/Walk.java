package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateEvent;
import dev.steward.event.Subscription;
import dev.steward.guard.StateResult.Jump;
import dev.steward.node.NodeCause;
import dev.steward.node.NodeError;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node whose states answer anything, whose operators ask anything, and one who looks at each view and knows the rules in his own words:
 * from what was asked, what the states answered and which events came he says what the view may be.
 */
final class Walk {
    private static final List<String> STATES = List.of("INIT", "A", "B", "C", "D", "X", "P", "SAFE");

    private static final List<NodeOp> OPS = List.of(NodeOp.values());
    private static final List<NodeMode> MODES = List.of(NodeMode.values());

    private record Order(NodeWrite write, List<WriteOutcome> answers) {}

    private record Made(
            String state, boolean isMain, @Nullable StateResult answer) {}

    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    private final Subscription subscription = feed.subscribe(() -> {});
    private final UnaryOperator<NodeView> lens;
    private final GuardSystem known = builder().build();
    private final GuardNode node;
    private final List<Order> orders = new ArrayList<>();
    private final List<Made> calls = new ArrayList<>();
    private boolean isQuiet;
    private int hints;
    private NodeView before;

    // what the observer makes of it
    private boolean isStalled;
    private boolean isStopped = true;
    private boolean isComplete;
    private boolean isInError;
    private boolean isMainDue = true;

    int passes;
    int callsMade;
    int events;
    int stalls;
    int errors;
    int refusals;

    /**
     * @param lens what the observer sees instead of a view
     * @param extra what the node's system has and the observer does not know of
     */
    Walk(long seed, UnaryOperator<NodeView> lens, UnaryOperator<GuardSystemBuilder> extra) {
        this.random = new Random(seed);
        this.lens = lens;
        this.node = new GuardNode("N", extra.apply(builder()).build(), time, feed);
        this.before = node.view();
        node.listen(() -> hints++);
    }

    private GuardSystemBuilder builder() {
        GuardSystemBuilder builder = GuardSystem.named("SYS");
        for (String name : STATES) {
            StateTrait[] traits = name.equals("P")
                    ? new StateTrait[] {StateTrait.protect()}
                    : name.equals("SAFE") ? new StateTrait[] {StateTrait.fromAnywhere()} : new StateTrait[0];
            builder.state(name, () -> new Any(name), traits);
        }
        return builder.path("INIT", "A", "B", "C")
                .path("B", "D", "A")
                .path("A", "P", "C", "A")
                .path("P", "D")
                .edge("SAFE", "A")
                .request("A")
                .nominal("C");
    }

    private final class Any extends GuardState {
        private final String name;

        private Any(String name) {
            this.name = name;
        }

        @Override
        protected StateResult main(Visit here) {
            return call(true, here);
        }

        @Override
        protected StateResult run(Visit here) {
            return call(false, here);
        }

        private StateResult call(boolean isMain, Visit here) {
            int dice = isQuiet ? 0 : random.nextInt(100);
            if (dice > 97) {
                calls.add(new Made(name, isMain, null));
                throw new UnsupportedOperationException("dice", null) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public synchronized Throwable fillInStackTrace() {
                        return this;
                    }
                };
            }
            if (dice > 90) {
                here.notify("dice " + dice);
            }
            StateResult answer = dice > 95
                    ? jumpTo("NOWHERE")
                    : dice > 85
                            ? jumpTo(STATES.get(random.nextInt(STATES.size())))
                            : dice > 40 || isMain ? goOn() : done();
            boolean isHeld = answer instanceof Jump jump && !STATES.contains(jump.state());
            calls.add(new Made(name, isMain, isHeld ? null : answer));
            return answer;
        }
    }

    void go(int steps) {
        for (int i = 0; i < steps; i++) {
            while (random.nextInt(4) == 0) {
                ask();
            }
            time.advance(random.nextBoolean() ? Rig.PERIOD : Duration.ofMillis(random.nextInt(80)));
            if (random.nextInt(50) == 0) {
                time.stepWall(Duration.ofHours(random.nextInt(5) - 2));
            }
            pass();
        }
    }

    /** Things are quiet: the node runs by itself, its states do their work, and it is asked once more. */
    void settle() {
        isQuiet = true;
        String wish = STATES.get(1 + random.nextInt(STATES.size() - 1));
        String reachable = wish.equals("X") ? "C" : wish;
        write(new NodeWrite.Operate(NodeOp.EXEC));
        write(new NodeWrite.Release(true));
        write(new NodeWrite.Request(reachable));
        for (int i = 0; i < 30; i++) {
            time.advance(Rig.PERIOD);
            pass();
        }
        assertThat(node.view().isIn(reachable))
                .as("settled in %s: %s", reachable, node.view())
                .isTrue();
        assertThat(node.view().isDone())
                .as("done in %s: %s", reachable, node.view())
                .isTrue();
        assertThat(node.view().ok()).isEqualTo(reachable.equals("C"));
        isQuiet = false;
    }

    private void ask() {
        switch (random.nextInt(12)) {
            case 0 -> write(new NodeWrite.Manage("M"));
            case 1 -> write(new NodeWrite.Release(random.nextBoolean()));
            case 2 -> write(new NodeWrite.Operate(OPS.get(random.nextInt(3))));
            case 3, 4 -> write(new NodeWrite.Operate(NodeOp.EXEC));
            case 5 -> write(new NodeWrite.Load());
            case 6 -> {
                pass(); // so that it is the first thing of the next, as it has no answer
                NodeMode mode = MODES.get(random.nextInt(3));
                node.setMode(mode);
                isStalled &= mode != NodeMode.AUTO;
            }
            case 7 -> write(new NodeWrite.Request("NOWHERE"));
            default -> write(new NodeWrite.Request(STATES.get(random.nextInt(STATES.size()))));
        }
    }

    private void write(NodeWrite write) {
        Order order = new Order(write, new ArrayList<>());
        orders.add(order);
        node.write(write, order.answers()::add);
    }

    private void pass() {
        int hintsBefore = hints;
        node.manageOnce();
        passes++;
        NodeView view = lens.apply(node.view());
        List<StateEvent> seen = new ArrayList<>();
        subscription.poll(seen::add);
        events += seen.size();
        callsMade += calls.size();

        orders.forEach(this::understand);
        understand(seen, view);
        look(view);
        assertThat(hints - hintsBefore).as("hints").isEqualTo(view.version() == before.version() ? 0 : 1);
        before = view;
        orders.clear();
        calls.clear();
    }

    /** What an order that was carried out means. */
    private void understand(Order order) {
        assertThat(order.answers()).as("answers to %s", order.write()).hasSize(1);
        boolean isRefused = order.write().equals(new NodeWrite.Request("NOWHERE"));
        assertThat(order.answers().get(0).isAccepted()).isEqualTo(!isRefused);
        if (isRefused) {
            refusals++;
        } else if (order.write() instanceof NodeWrite.Request || order.write() instanceof NodeWrite.Load) {
            isStalled &= order.write() instanceof NodeWrite.Load;
            isInError = false;
        } else if (order.write() instanceof NodeWrite.Release) {
            isStalled = false;
        } else if (order.write() instanceof NodeWrite.Operate operate && operate.op() == NodeOp.STOP) {
            isStopped = true;
            isInError = false;
            isComplete = false;
        }
    }

    /** What the call and the events of the pass mean; a call comes after the events that led to its state. */
    private void understand(List<StateEvent> seen, NodeView view) {
        assertThat(calls).as("calls of one pass").hasSizeLessThanOrEqualTo(1);
        Made call = calls.isEmpty() ? null : calls.get(0);
        boolean isLeftAfter = call != null
                && (call.answer() instanceof Jump
                        || (call.answer() == StateResult.DONE && !view.state().equals(call.state())));
        int last = seen.size() - 1;
        String state = before.state();
        for (int i = 0; i <= last; i++) {
            if (i == last && isLeftAfter) {
                made(call, state);
            }
            entered(seen.get(i), state, call);
            state = seen.get(i).state();
        }
        if (call != null && !isLeftAfter) {
            made(call, state);
        }
        assertThat(view.state()).as("the state is that of the last event").isEqualTo(state);
    }

    private void made(@Nullable Made call, String state) {
        assertThat(call).isNotNull();
        assertThat(call.state()).as("the call is of the state").isEqualTo(state);
        assertThat(call.isMain()).as("main comes once, and first: %s", call).isEqualTo(isMainDue);
        assertThat(isStopped || isInError)
                .as("called although it is held: %s", call)
                .isFalse();
        isMainDue = false;
        isComplete = call.answer() == StateResult.DONE;
        isInError = call.answer() == null;
        isMainDue |= isInError;
        errors += isInError ? 1 : 0;
    }

    private void entered(StateEvent event, String from, @Nullable Made call) {
        NodeCause cause = (NodeCause) event.cause().code();
        switch (cause) {
            case STARTED ->
                assertThat(isStopped && event.state().equals("INIT")).isTrue();
            case EDGE ->
                assertThat(isComplete && known.graph().allows(from, event.state()))
                        .as("%s from %s", event, from)
                        .isTrue();
            case REDIRECT ->
                assertThat(!from.equals("P") && known.graph().allows(from, event.state()))
                        .as("%s from %s", event, from)
                        .isTrue();
            case JUMP, STALL ->
                assertThat(call == null ? null : call.answer()).isEqualTo(StateResult.jumpTo(event.state()));
            case AGAIN -> assertThat(event.state()).isEqualTo(from);
            case MANUAL, SEEN -> assertThat(cause).isEqualTo(NodeCause.MANUAL);
        }
        isStopped &= cause != NodeCause.STARTED;
        isStalled = cause == NodeCause.STALL || (isStalled && cause == NodeCause.AGAIN);
        stalls += cause == NodeCause.STALL ? 1 : 0;
        isComplete = false;
        isMainDue = true;
    }

    /** Whether the view is what the rules say. */
    private void look(NodeView view) {
        assertThat(view.version()).isGreaterThanOrEqualTo(before.version());
        assertThat(view.version() == before.version())
                .as("a new version, a new view")
                .isEqualTo(view.equals(before));
        assertThat(view.error()).isEqualTo(isInError ? NodeError.TRUE : NodeError.FALSE);
        assertThat(view.isDone())
                .as("done: %s", view)
                .isEqualTo(isComplete && !isStopped && view.state().equals(view.request()));
        assertThat(view.status() == NodeStatus.INIT).isEqualTo(isStopped);
        if (view.mode() == NodeMode.MANUAL) {
            assertThat(Stream.of(view.state(), view.request())).contains(view.target());
        } else {
            String next = known.graph()
                    .path(view.state(), view.request())
                    .filter(path -> path.size() > 1)
                    .map(path -> path.get(1))
                    .orElse(view.state());
            assertThat(view.target()).as("target: %s", view).isEqualTo(isStalled ? view.state() : next);
        }
        assertThat(view.ok())
                .as("ok: %s", view)
                .isEqualTo(view.op() == NodeOp.EXEC
                        && view.mode() != NodeMode.MANUAL
                        && view.state().equals("C")
                        && view.request().equals("C")
                        && isComplete
                        && !isInError);
        assertThat(view.active())
                .isEqualTo(view.op() == NodeOp.EXEC && view.mode() != NodeMode.MANUAL && !isStopped && !isInError);
    }
}
