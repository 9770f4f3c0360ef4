package dev.steward.testkit.proof;

import dev.steward.testkit.FakeElection;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all processes of one run share: the clock, the faults, the store and the elections. Not safe for use by many threads. */
final class Play {
    private final Replay replay;
    private final @Nullable Luck luck;
    private final @Nullable ChronicleRecorder recorder;
    private final Simulation simulation;
    private final Latency latency;
    private final boolean lags;
    private final PortNames names = new PortNames();
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final Map<FaultClass, Integer> fired = new EnumMap<>(FaultClass.class);
    private final TreeSet<String> roles = new TreeSet<>();
    private final List<ProofProcess> processes = new ArrayList<>(); // of each number, the one that was started last
    private @Nullable FakeStoreGround ground;
    private @Nullable FakeElection elections;
    private @Nullable Violation violation;
    private final Map<String, String> lastAnswers = new HashMap<>();
    private int news;
    private boolean faultsAllowed;
    private long busyUntil;

    /** @param lags whether views may lag for some seeds */
    Play(Replay replay, @Nullable Luck luck, @Nullable ChronicleRecorder recorder, boolean lags) {
        this.replay = replay;
        this.luck = luck;
        this.recorder = recorder;
        this.lags = lags;
        this.simulation = new Simulation(replay.seed());
        this.latency = new Latency(replay.seed());
    }

    Replay replay() {
        return replay;
    }

    Simulation simulation() {
        return simulation;
    }

    Latency latency() {
        return latency;
    }

    List<ProofProcess> processes() {
        return processes;
    }

    /** The one of this name that was started last. */
    @Nullable
    ProofProcess process(String name) {
        for (ProofProcess process : processes) {
            if (process.name().equals(name)) {
                return process;
            }
        }
        return null;
    }

    // ---- what processes share, made when it is first asked for

    FakeStoreGround ground() {
        FakeStoreGround made = ground;
        if (made == null) {
            made = new FakeStoreGround(simulation);
            latency.set(made, lags);
            ground = made;
        }
        return made;
    }

    boolean hasStore() {
        return ground != null;
    }

    FakeElection elections(String role) {
        FakeElection made = elections;
        if (made == null) {
            made = new FakeElection(simulation);
            elections = made;
        }
        roles.add(role);
        return made;
    }

    boolean hasElections() {
        return !roles.isEmpty();
    }

    /** Whoever is named is advised for all roles; honest again after so long. */
    void advise(List<String> who, Duration length) {
        FakeElection made = elections;
        if (made != null) {
            roles.forEach(role -> made.advise(role, who.toArray(String[]::new)));
            simulation.after(length, "elections are honest again", made::honest);
        }
    }

    /** No store and no election does anything wrong any more. */
    void heal() {
        processes.forEach(ProofProcess::heal);
        FakeElection made = elections;
        if (made != null) {
            made.honest();
        }
    }

    // ---- faults

    Port port(String process, String call, Port.Sort sort) {
        return ports.computeIfAbsent(process + " " + call, key -> {
            Port port = new Port(process, call, sort);
            for (Fault fault : replay.faults()) {
                if (fault.process().equals(process) && fault.port().equals(call)) {
                    port.add(fault);
                }
            }
            return port;
        });
    }

    PortNames names() {
        return names;
    }

    Iterable<Port> ports() {
        return ports.values();
    }

    void allowFaults(boolean allowed) {
        faultsAllowed = allowed;
        if (allowed && luck != null) {
            luck.begin();
        }
    }

    boolean allowsFaults() {
        return faultsAllowed;
    }

    /** A process comes to a step of a call while faults may befall it. */
    void reach(Port port, CallStep step, int occurrence, boolean stores) {
        port.reached(step, occurrence);
        if (isGolden()) {
            port.reached(step, occurrence, news + (ground == null ? 0 : ground.revision()));
        }
        if (luck != null) {
            luck.passes(port, step, occurrence, hasElections() && processes.size() > 1, stores);
        }
    }

    /** Whether this is the run in which nothing goes wrong, which tells where something can. */
    boolean isGolden() {
        return luck == null && replay.faults().isEmpty();
    }

    /** Something of the world is another: what can go wrong now is not what could before. */
    void news() {
        news++;
    }

    /** A remote thing has answered; that is news if it has never said so to the same question. */
    void answered(String question, @Nullable Object answer) {
        String text = String.valueOf(answer);
        if (!text.equals(lastAnswers.put(question, text))) {
            news();
        }
    }

    /** A fault has befallen something, and what it does is over after {@code length}. */
    void fired(Fault fault, Duration length) {
        fired.merge(fault.kind().family(), 1, Integer::sum);
        busy(length);
        mark(Mark.FAULT, fault.process(), fault.toString());
    }

    Map<FaultClass, Integer> fired() {
        return fired;
    }

    /** Quiet comes not before so long from now. */
    void busy(Duration length) {
        busyUntil = Math.max(busyUntil, now() + length.toNanos());
    }

    long busyUntil() {
        return busyUntil;
    }

    long now() {
        return simulation.elapsed().toNanos();
    }

    // ---- what goes wrong

    /** A rule does not hold; the run ends behind this turn. */
    void broken(String rule, String text, @Nullable Throwable cause) {
        if (violation == null) {
            violation = new Violation(rule, text, simulation.elapsed(), cause);
            mark(Mark.VIOLATION, "", rule + ": " + text);
        }
    }

    @Nullable
    Violation violation() {
        return violation;
    }

    /** Ends the run if a rule does not hold. */
    boolean check() {
        Violation found = violation;
        if (found != null) {
            throw new Broken(found.text());
        }
        return true;
    }

    // ---- the chronicle

    void mark(Mark mark, String lane, String text) {
        if (recorder != null) {
            recorder.mark(simulation.elapsed(), mark, lane, text);
        }
    }

    void record(Consumer<ChronicleRecorder> what) {
        if (recorder != null) {
            what.accept(recorder);
        }
    }

    boolean isRecorded() {
        return recorder != null;
    }
}
