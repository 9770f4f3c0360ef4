package dev.steward.testkit.lead;

import dev.steward.testkit.FaultPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What makes things real. The same id never makes a second thing, and one that was terminated before it was launched is never made. What
 * it is asked and what it answers may be lost, late or doubled. Not safe for use by many threads.
 */
final class LeadProvisioner {
    static final String EFFECT_LOST = "effect.lost";
    static final String EFFECT_LATE = "effect.late";
    static final String EFFECT_TWICE = "effect.twice";
    static final String ANSWER_LOST = "effect.answer.lost";
    static final String REPORT_LOST = "effect.report.lost";
    static final String REFUSED = "effect.launch.refused";

    /** What it knows of an id. */
    enum Answer {
        RUNNING,
        GONE,
        UNKNOWN
    }

    private final LeadWorld world;
    private final Set<String> running = new TreeSet<>();
    private final Set<String> gone = new HashSet<>();
    long effects;

    LeadProvisioner(LeadWorld world) {
        this.world = world;
    }

    /** A leader asks for a thing; the same id never makes a second one. */
    void launch(LeadProcess process, long term, String name, Consumer<Answer> then) {
        ask(
                process,
                "launch " + name,
                then,
                () -> {
                    if (!gone.contains(name) && !running.contains(name)) {
                        if (world.faults().decide(REFUSED)) {
                            gone.add(name);
                        } else {
                            running.add(name);
                        }
                    }
                },
                () -> world.oracle.launch(process, term, name),
                name);
    }

    /** A leader asks that an id be gone; it is remembered, so that a launch that comes later makes nothing. */
    void terminate(LeadProcess process, long term, String name, Consumer<Answer> then) {
        ask(
                process,
                "terminate " + name,
                then,
                () -> {
                    running.remove(name);
                    gone.add(name);
                },
                () -> world.oracle.terminate(process, term, name),
                name);
    }

    private void ask(
            LeadProcess process, String what, Consumer<Answer> then, Runnable perform, Runnable check, String name) {
        process.step("before " + what);
        check.run();
        effects++;
        world.tally.effects++;
        world.simulation.note(process.holder() + " asks: " + what);
        FaultPlan faults = world.faults();
        if (faults.decide(EFFECT_TWICE)) {
            world.simulation.after(world.millis(60_000), what + " again", perform);
        }
        if (faults.decide(EFFECT_LATE)) {
            world.simulation.after(world.millis(60_000), what + " late", perform);
        } else if (!faults.decide(EFFECT_LOST)) {
            later(what, () -> {
                perform.run();
                answer(what, name, then);
            });
        }
        process.hasCalled();
        process.step("behind " + what);
    }

    /** Asks what has become of a thing; no effect. */
    void describe(LeadProcess process, String name, Consumer<Answer> then) {
        process.step("before describe");
        later("describe " + name, () -> answer("describe " + name, name, then));
        process.hasCalled();
    }

    private void answer(String what, String name, Consumer<Answer> then) {
        Answer answer = known(name);
        if (!world.faults().decide(ANSWER_LOST)) {
            later(what + " is answered", () -> then.accept(answer));
        }
    }

    private void later(String what, Runnable action) {
        if (world.answersInTheCall) {
            action.run();
        } else {
            world.simulation.after(Duration.ofMillis(1 + world.below(500)), what, action);
        }
    }

    private Answer known(String name) {
        return running.contains(name) ? Answer.RUNNING : gone.contains(name) ? Answer.GONE : Answer.UNKNOWN;
    }

    /** One of the things dies of itself, and perhaps somebody is told. */
    void die() {
        if (running.isEmpty()) {
            return;
        }
        String name = world.oneOf(running.stream().toList());
        running.remove(name);
        gone.add(name);
        world.tally.fault("thing died");
        world.simulation.note(name + " died");
        if (!world.faults().decide(REPORT_LOST)) {
            world.someRunning().ifPresent(process -> process.report(name, Answer.GONE));
        }
    }

    /** What there is. */
    Set<String> running() {
        return running;
    }
}
