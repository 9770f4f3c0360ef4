package dev.steward.examples.nodes;

import static dev.steward.node.Node.NODE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.steward.await.StateWait;
import dev.steward.await.WaitResult;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.guard.GuardNode;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Three suspensions and the cavity that they make, run together, and what happens to them in a few seconds. */
final class Tower {
    /** Runs a loop until something holds: a {@code LoopInvoker}, or a simulation. */
    @FunctionalInterface
    interface Runner {
        /** Answers when it does. */
        void run(ControlLoop loop, BooleanSupplier until);
    }

    static final List<String> OPTICS = List.of("SUS_IX", "SUS_IY", "SUS_EX");

    final InMemoryStateFeed feed;
    final Plant plant;
    final List<GuardNode> suspensions = new ArrayList<>();
    final NodeManager optics;
    final GuardNode cavity;
    private final TimeSource time;
    private final CompositeLoop loops;
    private final Runner runner;
    private final Consumer<String> out;

    Tower(TimeSource time, Runner runner, Consumer<String> out) {
        this.time = time;
        this.runner = runner;
        this.out = out;
        // region Tower
        feed = new InMemoryStateFeed(time);
        plant = new Plant(time, ofMillis(1_500));
        for (String optic : OPTICS) {
            suspensions.add(new GuardNode(optic, Suspension.system(optic, plant), time, feed));
        }
        optics = new NodeManager("CAVITY", suspensions, time); // a guard node is a channel to itself
        cavity = new GuardNode(
                "CAVITY",
                Cavity.system(optics),
                time,
                feed,
                GuardNode.Options.defaults().withManagers(optics));
        loops = CompositeLoop.of("tower", time);
        suspensions.forEach(loops::add);
        loops.add(cavity); // runs its manager itself, at the top of each of its cycles
        // endregion
    }

    /** Plays the story; answers whether it went as it should. */
    boolean play() {
        boolean well = true;
        say("The cavity is asked to be READY: it has its suspensions managed, damped and aligned.");
        // region WaitForNodes
        StateWait ready = StateWait.on(feed, time)
                .forAll(NODE, "SUS_IX", "SUS_IY", "SUS_EX")
                .toReach("DAMPED", "ALIGNING", "ALIGNED")
                .forAll(NODE, "CAVITY")
                .toReach("READY")
                .within(ofSeconds(30))
                .open(); // before the request, so that nothing falls between
        cavity.request("READY");
        // endregion
        well &= succeeds(ready);
        well &= until(() -> cavity.view().isDone(), "the cavity is done");
        show();

        say("SUS_IY is kicked: it jumps to TRIPPED and, being managed, stays there, until the cavity revives it.");
        StateWait trip = StateWait.on(feed, time)
                .forAll(NODE, "SUS_IY")
                .toReach("TRIPPED", "SAFE", "DAMPED", "ALIGNED")
                .within(ofSeconds(30))
                .open();
        plant.kick("SUS_IY", 400);
        well &= until(() -> optics.node("SUS_IY").isIn("TRIPPED"), "SUS_IY has tripped");
        show();
        well &= succeeds(trip);

        say(
                "An operator asks SUS_IX for SAFE, past the cavity: that is a fault, so the cavity goes DOWN, and, being asked for READY, up again.");
        StateWait interfered = StateWait.on(feed, time)
                .forAll(NODE, "CAVITY")
                .toReach("DOWN", "PREPARING", "READY")
                .within(ofSeconds(30))
                .open();
        suspensions.get(0).request("SAFE");
        well &= until(() -> cavity.view().isIn("DOWN"), "the cavity is down");
        say(optics.explain("SUS_IX"));
        well &= succeeds(interfered);

        say("An operator sets SUS_EX to AUTO: the cavity notices, and takes it back on the way up.");
        suspensions.get(2).setMode(NodeMode.AUTO);
        well &= until(() -> cavity.view().isIn("DOWN"), "the cavity is down again");
        well &= until(() -> cavity.view().isIn("READY") && cavity.view().isDone(), "the cavity is ready again");
        show();
        loops.close();
        return well;
    }

    private boolean succeeds(StateWait wait) {
        loops.add(wait);
        runner.run(loops, wait::isSettled);
        WaitResult result = wait.result();
        say(result.toString());
        return result.isAllFinished();
    }

    private boolean until(BooleanSupplier holds, String what) {
        long begin = time.nanos();
        runner.run(
                loops,
                () -> holds.getAsBoolean()
                        || time.nanos() - begin > ofSeconds(30).toNanos());
        if (!holds.getAsBoolean()) {
            say("It never came to be that " + what + ".");
        }
        return holds.getAsBoolean();
    }

    private void show() {
        out.accept(optics.report().toString());
    }

    private void say(String line) {
        out.accept("");
        out.accept(line);
    }
}
