package dev.steward.testkit.proof;

import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.SimulationException;
import dev.steward.testkit.proof.Setting.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a scenario, from the first start of its processes to the end of the last. Not safe for use by many threads. */
final class Run<S extends Scenario> {
    private static final Duration STEADY = Duration.ofMinutes(2);
    private static final Duration BETWEEN_CLOSES = Duration.ofSeconds(1);
    private static final Duration BEHIND_CLOSE = Duration.ofMinutes(5);
    private static final int ROUNDS_OF_GROWTH = 6;
    private static final int LONGEST_AWAY = 10_000;

    private final Setting<S> setting;
    private final Replay replay;
    private final @Nullable Luck luck;
    private final Play play;
    private final World world;
    private final Simulation simulation;
    private final Growth growth = new Growth();
    private @Nullable S scenario;
    private int[] starts;

    Run(Setting<S> setting, Replay replay, @Nullable Luck luck, @Nullable ChronicleRecorder recorder) {
        this.setting = setting;
        this.replay = replay;
        this.luck = luck;
        this.play = new Play(replay, luck, recorder, setting.plays(FaultClass.STALE));
        this.world = new World(play);
        this.simulation = play.simulation();
        this.starts = new int[setting.processes()];
    }

    /** Plays it. What goes wrong is in the outcome, and is not thrown. */
    RunEnd play() {
        try {
            playAll();
        } catch (Broken known) {
            // it has been written down
        } catch (SimulationException defect) {
            broken(defect);
        } catch (RuntimeException | AssertionError defect) {
            play.broken(Violation.NO_THROWING, "threw " + defect, defect);
        }
        List<Port> ports = new ArrayList<>();
        play.ports().forEach(ports::add);
        Replay again = luck == null ? replay : replay.with(luck.drawn());
        return new RunEnd(
                again, play.violation(), simulation, play.fired(), ports, world.events(), play.hasElections());
    }

    private void broken(SimulationException defect) {
        String first = Optional.ofNullable(defect.getMessage())
                .orElse("")
                .lines()
                .findFirst()
                .orElse("");
        play.broken(
                first.contains("' spins") ? Violation.NO_SPINNING : Violation.NO_THROWING, first, defect.getCause());
    }

    private void playAll() {
        S made = setting.make().apply(world);
        scenario = made;
        simulation.always("what is proved", () -> check(made));
        for (int round = 1; round <= replay.rounds(); round++) {
            play.allowFaults(true);
            if (round == 1) {
                for (int number = 1; number <= setting.processes(); number++) {
                    play.processes().add(make(number));
                }
                List.copyOf(play.processes()).forEach(process -> start(made, process));
            }
            playRound(round, made);
        }
        close();
    }

    private void playRound(int round, S made) {
        play.busy(setting.lasting());
        try {
            world.begin(round, made);
        } catch (Death death) {
            // a process that it spoke to has died of it
        }
        while (play.now() < play.busyUntil()) {
            simulation.run(Duration.ofNanos(play.busyUntil() - play.now()));
        }
        play.allowFaults(false);
        play.heal();
        settle(made);
        world.checkAnswered();
        play.check();
        if (replay.rounds() >= ROUNDS_OF_GROWTH) {
            growth.look(play);
            growth.check(play, round == replay.rounds());
        }
    }

    /** What the scenario calls itself; empty if none could be made, or it has no name. */
    String name() {
        return scenario == null ? "" : scenario.getClass().getSimpleName();
    }

    // ---- processes

    private ProofProcess make(int number) {
        return new ProofProcess(play, number, ++starts[number - 1], this::died);
    }

    private void start(S made, ProofProcess process) {
        process.guarded(() -> {
            ControlLoop loop = made.start(process);
            if (!process.isDead()) {
                process.run(loop);
            }
        });
    }

    private void died(ProofProcess process) {
        world.died();
        int number = process.number();
        long chance = Chance.of(replay.seed(), process.holder() + " away", 0);
        Duration away = Duration.ofMillis(1_000 + Chance.below(chance, LONGEST_AWAY));
        play.busy(away.plusSeconds(1));
        simulation.after(away, process.name() + " starts again", () -> {
            S made = scenario;
            if (made != null) {
                ProofProcess next = make(number);
                play.processes().set(number - 1, next);
                start(made, next);
            }
        });
    }

    private void close() {
        for (ProofProcess process : List.copyOf(play.processes())) {
            process.close();
            play.check();
            simulation.run(BETWEEN_CLOSES);
        }
        simulation.run(BEHIND_CLOSE);
        play.processes().forEach(ProofProcess::checkClosed);
        play.check();
    }

    // ---- rules

    private boolean check(S made) {
        for (Rule<S> rule : setting.always()) {
            if (!holds(rule, made)) {
                play.broken("always '" + rule.text() + "'", "does not hold", null);
            }
        }
        return play.check();
    }

    private boolean holds(Rule<S> rule, S made) {
        try {
            return rule.holds().test(made);
        } catch (RuntimeException | AssertionError thrown) {
            play.broken("'" + rule.text() + "'", "threw " + thrown, thrown);
            play.check();
            return false;
        }
    }

    /** All becomes as it should be within the limit, and stays so. */
    private void settle(S made) {
        long begun = play.now();
        long latest = begun + setting.settleWithin().toNanos();
        long[] since = {-1};
        boolean[] over = {false};
        Duration limit = setting.settleWithin().plus(STEADY);
        simulation.after(limit, "it has been quiet for long", () -> over[0] = true);
        simulation.runUntil(
                () -> {
                    Rule<S> open = open(made);
                    long now = play.now();
                    since[0] = open != null ? -1 : since[0] < 0 ? now : since[0];
                    return over[0] || (since[0] >= 0 && now - since[0] >= STEADY.toNanos());
                },
                limit.plusSeconds(1));
        if (since[0] < 0 || since[0] > latest) {
            Rule<S> open = open(made);
            String what = open == null ? "everything" : "'" + open.text() + "'";
            String text = open == null
                    ? "holds only now and then"
                    : "does not hold for good within " + ChronicleTime.of(setting.settleWithin()) + " of quiet";
            play.broken(Violation.CONVERGENCE + ": eventually " + what, text, null);
            play.check();
        }
    }

    /** What does not hold yet, or null. */
    private @Nullable Rule<S> open(S made) {
        for (Rule<S> rule : setting.eventually()) {
            if (!holds(rule, made)) {
                return rule;
            }
        }
        return null;
    }
}
