package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.node.NodeError;
import dev.steward.node.NodeWrite;
import dev.steward.notify.LoggedMessage;
import dev.steward.notify.Notification;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown, the node lives. */
class GuardNodeErrorsTest {

    /** Without a stack, so that the log of the tests stays short. */
    private static final class Oops extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Oops(String message) {
            super(message, null, false, false);
        }
    }

    /** Even its message throws. */
    private static final class Nasty extends Error {
        private static final long serialVersionUID = 1L;

        private Nasty() {
            super("", null, false, false);
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("again");
        }

        @Override
        public String toString() {
            return "Nasty";
        }
    }

    static Stream<Throwable> thrown() {
        return Stream.of(
                new Oops("a\nb"),
                new AssertionError("wrong"),
                new StackOverflowError(),
                new NoClassDefFoundError("gone"),
                new Exception("checked"),
                new Nasty());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable, R> R sneak(Throwable thrown) throws T {
        thrown.setStackTrace(new StackTraceElement[0]);
        throw (T) thrown;
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void anything_that_run_throws_is_held(Throwable thrown) {
        Rig rig = Rig.doneIn("A");
        rig.script.answer("A.run", () -> GuardNodeErrorsTest.<RuntimeException, StateResult>sneak(thrown));

        assertThat(rig.cycle()).isEqualTo(Step.parked());

        assertThat(rig.shown()).isEqualTo("A A A RUN");
        assertThat(rig.view().error()).isEqualTo(NodeError.TRUE);
        assertThat(rig.view().active()).isFalse();
        assertThat(rig.view().messages())
                .singleElement()
                .asString()
                .startsWith("run of A: ")
                .doesNotContain("\n");
        rig.script.forget("A");
        rig.request("A");
        assertThat(rig.view().error()).isEqualTo(NodeError.FALSE);
    }

    @Test
    void a_real_overflow_of_the_stack_is_held() {
        Rig rig = Rig.doneIn("A");
        rig.script.answer("A.run", () -> {
            StackOverflowError error = deepest(0);
            error.setStackTrace(new StackTraceElement[0]);
            throw error;
        });

        rig.cycle();

        assertThat(rig.view().messages()).containsExactly("run of A: StackOverflowError");
    }

    private static StackOverflowError deepest(int depth) {
        try {
            return depth < 0 ? new StackOverflowError() : deepest(depth + 1);
        } catch (StackOverflowError error) {
            return error;
        }
    }

    @Test
    void an_error_of_the_machine_comes_out_and_is_held_all_the_same() {
        Rig rig = Rig.doneIn("A");
        OutOfMemoryError error = new OutOfMemoryError("heap");
        rig.script.answer("A.run", () -> GuardNodeErrorsTest.<RuntimeException, StateResult>sneak(error));

        assertThatThrownBy(rig::cycle).isSameAs(error);
        assertThat(rig.view().error()).isEqualTo(NodeError.TRUE);
        rig.script.forget("A");

        assertThat(rig.cycle()).isEqualTo(Step.parked());
        assertThat(rig.view().messages()).containsExactly("run of A: OutOfMemoryError: heap");
    }

    @Test
    void an_error_of_the_machine_in_an_answer_or_a_listener_takes_nothing_from_the_others() {
        Rig rig = Rig.doneIn("A");
        OutOfMemoryError error = new OutOfMemoryError("heap");
        List<String> told = new ArrayList<>();
        boolean[] bad = {true};
        rig.node.listen(() -> {
            if (bad[0]) {
                bad[0] = false;
                throw error;
            }
        });
        rig.node.listen(() -> told.add("hint"));
        rig.node.write(new NodeWrite.Request("B"), outcome -> {
            throw error;
        });
        rig.node.write(new NodeWrite.Request("B"), outcome -> told.add("answer"));

        assertThatThrownBy(rig::pass).isSameAs(error);
        assertThatThrownBy(rig::pass).isSameAs(error);
        rig.pass();
        rig.pass();

        assertThat(told).containsExactly("answer", "hint");
    }

    @Test
    void a_supplier_a_main_and_a_check_that_throw_are_held_each_under_its_name() {
        List<String> trouble = new ArrayList<>();
        Script script = new Script();
        GuardSystem system = GuardSystem.named("S")
                .state("A", () -> fail(trouble, "new", script.state("A").get()))
                .check("A", here -> fail(trouble, "check", Optional.empty()))
                .request("A")
                .build();
        script.answer("A.main", () -> fail(trouble, "main", StateResult.GO_ON));
        Rig rig = new Rig(script, system, GuardNode.Options.defaults());
        rig.pass();

        for (String method : List.of("new", "check", "main")) {
            trouble.add(method);
            rig.node.request("A");
            rig.cycle();
            assertThat(rig.view().messages()).containsExactly(method + " of A: Oops: in " + method);
            assertThat(rig.shown()).isEqualTo("A A A MAIN");
            trouble.clear();
        }
        rig.node.request("A");
        rig.cycles(2);
        assertThat(rig.view().error()).isEqualTo(NodeError.FALSE);
        assertThat(rig.calls()).endsWith("A.main", "A.run");
    }

    private static <T> T fail(List<String> trouble, String method, T otherwise) {
        if (trouble.contains(method)) {
            throw new Oops("in " + method);
        }
        return otherwise;
    }

    @Test
    void an_answer_that_is_null_is_an_error() {
        Rig rig = Rig.doneIn("A");
        rig.script.answer("A.run", () -> nothing());

        rig.cycle();

        assertThat(rig.view().messages()).singleElement().asString().contains("the answer is null");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void a_feed_that_throws_gets_its_events_later_and_in_order() {
        VirtualTime time = new VirtualTime();
        InMemoryStateFeed good = new InMemoryStateFeed(time);
        boolean[] bad = {true};
        List<String> taken = new ArrayList<>();
        DelegatingFeed feed = new DelegatingFeed(good) {
            @Override
            public StateEvent publish(StateChange change) {
                if (bad[0]) {
                    throw new Oops("full");
                }
                taken.add(change.state());
                return super.publish(change);
            }
        };
        Script script = new Script();
        GuardNode node = new GuardNode("N", script.system(), time, feed);
        for (int i = 0; i < 5; i++) {
            node.manageOnce();
            time.advance(Rig.PERIOD);
        }
        assertThat(node.view().state()).isEqualTo("A");
        assertThat(node.view().messages()).containsExactly("the feed takes no events: Oops: full");

        bad[0] = false;
        node.manageOnce();
        time.advance(Rig.PERIOD);
        node.manageOnce();

        assertThat(taken).containsExactly("INIT", "A");
        assertThat(node.view().messages()).isEmpty();
    }

    @Test
    void a_parked_node_tries_its_feed_again_after_a_second() {
        VirtualTime time = new VirtualTime();
        DelegatingFeed feed = new DelegatingFeed(new InMemoryStateFeed(time)) {
            @Override
            public StateEvent publish(StateChange change) {
                throw new Oops("full");
            }
        };
        Script script = new Script();
        GuardSystem system = script.system();
        script.answer("INIT.main", StateResult.jumpTo("NOWHERE"));
        GuardNode node = new GuardNode("N", system, time, feed);

        assertThat(node.manageOnce()).isEqualTo(Step.after(Duration.ofSeconds(1)));
    }

    @Test
    void what_a_parked_node_shows_of_its_feed_is_so() {
        VirtualTime time = new VirtualTime();
        boolean[] bad = {true};
        DelegatingFeed feed = new DelegatingFeed(new InMemoryStateFeed(time)) {
            @Override
            public StateEvent publish(StateChange change) {
                if (bad[0]) {
                    throw new Oops("full");
                }
                return super.publish(change);
            }
        };
        Script script = new Script();
        GuardSystem system = script.system();
        script.answer("INIT.main", StateResult.jumpTo("NOWHERE"));
        GuardNode node = new GuardNode("N", system, time, feed);
        int[] hints = {0};
        node.listen(() -> hints[0]++);

        node.manageOnce();
        assertThat(node.view().messages()).contains("the feed takes no events: Oops: full");
        assertThat(hints[0]).isEqualTo(1);

        bad[0] = false;
        assertThat(node.manageOnce()).isEqualTo(Step.parked());
        assertThat(node.view().messages()).containsExactly("main of INIT: a jump to NOWHERE, which is no state");
        assertThat(node.messages().notifications()).hasSize(1);
        assertThat(hints[0]).isEqualTo(2);
    }

    @Test
    void events_that_wait_for_a_feed_are_bounded() {
        VirtualTime time = new VirtualTime();
        DelegatingFeed feed = new DelegatingFeed(new InMemoryStateFeed(time)) {
            @Override
            public StateEvent publish(StateChange change) {
                throw new Oops("full");
            }
        };
        Script script = new Script();
        GuardSystem system = script.system();
        script.answer("INIT.main", StateResult.jumpTo("INIT"));
        GuardNode node = new GuardNode("N", system, time, feed);
        for (int i = 0; i < Teller.MOST_WAITING + 2; i++) {
            node.manageOnce();
            time.advance(Rig.PERIOD);
        }

        assertThat(node.view().messages()).contains("events were lost, as the feed took none for too long");
    }

    @Test
    void a_listener_and_one_who_asked_may_throw() {
        Rig rig = Rig.doneIn("A");
        int[] hints = {0};
        rig.node.listen(() -> {
            throw new Oops("listener");
        });
        rig.node.listen(() -> hints[0]++);
        rig.node.write(new NodeWrite.Request("B"), outcome -> {
            throw new Oops("asker");
        });

        rig.pass();
        rig.cycle();

        assertThat(rig.shown()).isEqualTo("B B B RUN");
        assertThat(hints[0]).isEqualTo(2);
        assertThat(lines(rig)).containsOnlyOnce("a listener has thrown: Oops: listener");
        assertThat(lines(rig)).containsOnlyOnce("who asked has thrown: Oops: asker");
    }

    @Test
    void a_manager_that_throws_is_told_for_as_long_as_it_does() {
        boolean[] bad = {true};
        ControlLoop manager = manager(() -> {
            if (bad[0]) {
                throw new Oops("lost");
            }
            return Step.parked();
        });
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withManagers(manager));
        rig.cycles(3);
        assertThat(rig.view().messages()).containsExactly("manager M: Oops: lost");
        assertThat(rig.shown()).isEqualTo("A A A RUN");

        bad[0] = false;
        rig.cycle();
        assertThat(rig.view().messages()).isEmpty();
    }

    @Test
    void a_manager_that_throws_is_told_once_though_another_of_its_name_is_well() {
        ControlLoop bad = manager(() -> {
            throw new Oops("lost");
        });
        ControlLoop good = manager(Step::parked);
        Rig rig = new Rig(new Script(), GuardNode.Options.defaults().withManagers(bad, good));
        rig.cycles(3);

        assertThat(rig.view().messages()).containsExactly("manager M: Oops: lost");
        assertThat(lines(rig)).containsOnlyOnce("manager M has thrown: Oops: lost");
    }

    private static ControlLoop manager(Supplier<Step> pass) {
        return new ControlLoop() {
            @Override
            public Step manageOnce() {
                return pass.get();
            }

            @Override
            public String name() {
                return "M";
            }
        };
    }

    @Test
    void what_a_node_has_to_say_stands_on_its_board() {
        Rig rig = Rig.doneIn("A");
        rig.script.answer("A.run", () -> {
            throw new Oops("no light");
        });
        rig.cycle();

        assertThat(rig.node.messages().notifications())
                .extracting(Notification::text)
                .containsExactly("run of A: Oops: no light");
        assertThat(lines(rig)).contains("A (edge from INIT)", "run of A has thrown: Oops: no light");

        rig.node.request("NOWHERE");
        rig.pass();
        assertThat(lines(rig)).last().asString().startsWith("request NOWHERE was refused: no state NOWHERE in ");
        rig.script.forget("A");
        rig.request("A");
        assertThat(rig.node.messages().notifications()).isEmpty();
    }

    private static List<String> lines(Rig rig) {
        return rig.node.messages().messages().stream().map(LoggedMessage::text).toList();
    }
}
