package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A probe that answers what it is told to, on virtual time.
 *
 * <p>At first all is well, and each look is answered at its own instant, but never inside the call; {@link #answersInTheCall} and
 * {@link #takes} say otherwise. What is said here holds for the looks that begin afterwards. What may go wrong besides are points of the
 * simulation's {@link FaultPlan}:
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>{@code probe.answer.lost}</td><td>no answer</td></tr>
 * <tr><td>{@code probe.answer.late}</td><td>the answer comes up to {@link #lag} later</td></tr>
 * <tr><td>{@code probe.answer.twice}</td><td>the answer comes again, up to {@link #lag} later</td></tr>
 * </table>
 *
 * <p>Two of these are never equal, so a configuration that is made again should hold the same one.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeProbe implements Probe {
    private final Simulation simulation;
    private final List<Subject> subjects = new ArrayList<>();
    private Mood mood = Mood.ANSWERS;
    private ProbeResult result = ProbeResult.well();
    private boolean inTheCall;
    private Duration delay = Duration.ZERO;
    private Duration lag = Duration.ofSeconds(20);

    private enum Mood {
        ANSWERS,
        SILENT,
        THROWS
    }

    /** A probe that finds all well. */
    public FakeProbe(Simulation simulation) {
        this.simulation = checkNotNull(simulation, "simulation");
    }

    // ---- levers

    /** Every look finds all well. */
    public FakeProbe answersWell() {
        return answers(ProbeResult.well());
    }

    /** Every look finds that something is wrong. */
    public FakeProbe answersUnwell(String text) {
        return answers(ProbeResult.unwell(text));
    }

    /** No look is answered. */
    public FakeProbe silent() {
        mood = Mood.SILENT;
        return this;
    }

    /** Every look throws, and is not answered. */
    public FakeProbe throwsIt() {
        mood = Mood.THROWS;
        return this;
    }

    /** Answers come so long after the look began, with what was found then; zero is at the same instant, but not inside the call. */
    public FakeProbe takes(Duration length) {
        checkArgument(!length.isNegative(), "time cannot pass backwards: %s", length);
        delay = length;
        inTheCall = false;
        return this;
    }

    /** Answers come from within the call. */
    public FakeProbe answersInTheCall() {
        delay = Duration.ZERO;
        inTheCall = true;
        return this;
    }

    /** How late an answer may be at most where the plan of faults says so; at first 20 s. */
    public FakeProbe lag(Duration longest) {
        checkArgument(!longest.isNegative() && !longest.isZero(), "a lag of %s", longest);
        lag = longest;
        return this;
    }

    private FakeProbe answers(ProbeResult next) {
        mood = Mood.ANSWERS;
        result = next;
        return this;
    }

    // ---- looking

    /** How many looks have begun. */
    public int looks() {
        return subjects.size();
    }

    /** Whom the looks were at, in order. */
    public List<Subject> subjects() {
        return List.copyOf(subjects);
    }

    // ---- for the manager

    @Override
    public void check(Subject subject, Consumer<ProbeResult> answer) {
        checkNotNull(answer, "answer");
        subjects.add(checkNotNull(subject, "subject"));
        if (mood == Mood.THROWS) {
            throw new IllegalStateException("the probe of '" + subject.name() + "' is told to throw");
        }
        if (mood == Mood.SILENT || simulation.faults().decide("probe.answer.lost")) {
            return;
        }
        boolean late = simulation.faults().decide("probe.answer.late");
        boolean twice = simulation.faults().decide("probe.answer.twice");
        ProbeResult found = result;
        if (inTheCall && !late) {
            answer.accept(found);
        } else {
            answer(late ? delay.plus(someLag()) : delay, subject, found, answer);
        }
        if (twice) {
            answer(delay.plus(someLag()), subject, found, answer);
        }
    }

    private void answer(Duration in, Subject subject, ProbeResult found, Consumer<ProbeResult> answer) {
        String what = "probe " + subject.name() + (found.isWell() ? " well" : " unwell");
        simulation.after(in, what, () -> answer.accept(found));
    }

    private Duration someLag() {
        return Duration.ofNanos(1 + (long) (simulation.random().nextDouble() * (lag.toNanos() - 1)));
    }

    /** What it does at the next look. */
    @Override
    public String toString() {
        String does = mood == Mood.ANSWERS ? result.toString() : mood.toString();
        return "FakeProbe[" + does + ", " + looks() + " looks]";
    }
}
