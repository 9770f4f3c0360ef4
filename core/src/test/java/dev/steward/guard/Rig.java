package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node on virtual time, driven cycle by cycle, and short words for what it shows. */
final class Rig {
    static final Duration PERIOD = GuardNode.Options.defaults().period();

    final VirtualTime time = new VirtualTime();
    final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    final Script script;
    final GuardNode node;
    private final Subscription events = feed.subscribe(() -> {});

    Rig(Script script, GuardSystem system, GuardNode.Options options) {
        this.script = script;
        this.node = new GuardNode("N", system, time, feed, options);
    }

    Rig(Script script, GuardNode.Options options) {
        this(script, script.system(), options);
    }

    Rig(Script script) {
        this(script, GuardNode.Options.defaults());
    }

    /** A node of the usual system. */
    static Rig usual() {
        return new Rig(new Script());
    }

    /** The same, done in a state, with an empty record of calls and events. */
    static Rig doneIn(String state) {
        return usual().goTo(state);
    }

    /** In B on the way from A to C, with main called. */
    static Rig underWayInB() {
        Rig rig = Rig.doneIn("A");
        rig.request("C");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B C C RUN");
        rig.calls();
        rig.events();
        return rig;
    }

    /** Managed, jumped from C back to B in this very cycle. */
    static Rig stalledInB() {
        Rig rig = Rig.doneIn("C");
        rig.manage();
        rig.jumpFrom("C", "B");
        rig.cycle();
        assertThat(rig.shown()).isEqualTo("B B C MAIN");
        return rig;
    }

    Rig goTo(String state) {
        node.request(state);
        for (String each : node.system().states()) {
            script.answer(each + ".run", StateResult.DONE);
        }
        for (int i = 0; i < 20 && !(view().isDone() && view().isIn(state)); i++) {
            cycle();
        }
        for (String each : node.system().states()) {
            script.forget(each);
        }
        script.calls.clear();
        events();
        return this;
    }

    NodeView view() {
        return node.view();
    }

    /** A pass now. */
    Step pass() {
        return node.manageOnce();
    }

    /** A pass one period from now. */
    Step cycle() {
        time.advance(PERIOD);
        return pass();
    }

    void cycles(int count) {
        for (int i = 0; i < count; i++) {
            cycle();
        }
    }

    /** STATE, TARGET, REQUEST, STATUS. */
    String shown() {
        NodeView view = view();
        return view.state() + " " + view.target() + " " + view.request() + " " + view.status();
    }

    /** The states entered since this was last asked, with their causes. */
    List<String> events() {
        List<String> all = new ArrayList<>();
        events.poll(event -> all.add(event.state() + " " + event.cause().code()));
        return all;
    }

    /** The calls since this was last asked. */
    List<String> calls() {
        List<String> all = List.copyOf(script.calls);
        script.calls.clear();
        return all;
    }

    /** Writes, makes a pass now, and answers how it ended. */
    WriteOutcome write(NodeWrite write) {
        List<WriteOutcome> answers = new ArrayList<>();
        node.write(write, answers::add);
        pass();
        return answers.get(0);
    }

    void request(String state) {
        write(new NodeWrite.Request(state));
    }

    void manage() {
        write(new NodeWrite.Manage("M"));
    }

    void jumpFrom(String state, String to) {
        script.answer(state + ".run", StateResult.jumpTo(to));
    }

    void finish(String state) {
        script.answer(state + ".run", StateResult.DONE);
    }
}
