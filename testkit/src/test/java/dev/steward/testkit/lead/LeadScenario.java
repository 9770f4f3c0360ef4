package dev.steward.testkit.lead;

import dev.steward.store.RecordCache;
import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.BadDay;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A bad day of 2 to 5 processes that decide over domains, decided by a seed, and the quiet after it: deaths, pauses, elections that lie, and a
 * store that is slow, full, lags, goes back, forgets, and loses answers. Not safe for use by many threads.
 */
final class LeadScenario implements BadDay {
    private static final int ACTS = 36;
    private static final int DOMAINS = 4;
    private static final int MOST = 5;
    private static final List<String> EFFECTS = List.of(
            LeadProvisioner.EFFECT_LOST,
            LeadProvisioner.EFFECT_LATE,
            LeadProvisioner.EFFECT_TWICE,
            LeadProvisioner.ANSWER_LOST,
            LeadProvisioner.REPORT_LOST,
            LeadProvisioner.REFUSED);
    private static final List<String> SIGHTS = List.of(
            "store.view.back",
            "store.view.reset",
            "store.session.lost",
            "store.purge",
            "store.hint.late",
            "store.hint.idle");

    private static final List<FakeStoreTrouble> LOOKS = List.of(
            FakeStoreTrouble.REFUSED,
            FakeStoreTrouble.UNAVAILABLE,
            FakeStoreTrouble.UNKNOWN,
            FakeStoreTrouble.NO_ANSWER,
            FakeStoreTrouble.SLOW,
            FakeStoreTrouble.TWICE);

    private final Simulation simulation;
    private final LeadWorld world;
    private final LeadTally all;
    private final LeadTally tally = new LeadTally();
    private int domains;

    /** @param all is added what the day has come to */
    LeadScenario(long seed, LeadPlanted planted, LeadTally all) {
        this.all = all;
        simulation = new Simulation(seed);
        Random random = simulation.random();
        RecordCache.Options options = RecordCache.Options.defaults()
                .withPageSize(List.of(1, 3, 10_000).get(random.nextInt(3)))
                .withPeriod(Duration.ofMillis(List.of(1_000, 3_000, 60_000).get(random.nextInt(3))));
        Duration lease = random.nextInt(3) == 0 ? Duration.ZERO : Duration.ofMillis(6_000L + random.nextInt(4_000));
        LeadWorld.Kind kind = new LeadWorld.Kind(
                2 + random.nextInt(4),
                1 + random.nextInt(2),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                lease,
                options);
        world = new LeadWorld(simulation, planted, tally, kind);
        boolean gentle = world.oneIn(8);
        latency();
        if (!gentle) {
            misfortune();
        }
    }

    private void latency() {
        if (!world.answersInTheCall) {
            switch (world.below(3)) {
                case 0 -> world.ground.takes(Duration.ofMillis(5), Duration.ofMillis(20));
                case 1 -> world.ground.takes(Duration.ofMillis(5), Duration.ofMillis(1_500));
                default -> world.ground.takes(Duration.ofMillis(300), Duration.ofMillis(1_500));
            }
        }
        world.ground.lag(Duration.ofSeconds(20));
        if (world.oneIn(2)) {
            world.ground.showsWithin(world.millis(5_000));
        }
    }

    private void misfortune() {
        FaultPlan faults = world.faults();
        for (FakeStoreTrouble trouble : FakeStoreTrouble.values()) {
            faults.chance(trouble.commitPoint(), world.oneIn(3) ? 0.1 : 0);
            if (LOOKS.contains(trouble)) {
                faults.chance(trouble.lookPoint(), world.oneIn(4) ? 0.05 : 0);
            }
        }
        EFFECTS.forEach(point -> faults.chance(point, world.oneIn(3) ? 0.15 : 0));
        SIGHTS.forEach(point -> faults.chance(point, world.oneIn(4) ? 0.03 : 0));
        faults.chance("store.hint.lost", List.of(0.0, 0.0, 0.2, 1.0).get(world.below(4)));
    }

    @Override
    public Simulation simulation() {
        return simulation;
    }

    @Override
    public long play() {
        for (int i = 0; i < 2; i++) {
            newDomain();
        }
        for (int act = 0; act < ACTS; act++) {
            simulation.run(world.millis(6_000));
            world.rethrow();
            act();
        }
        new LeadQuiet(world, Duration.ofSeconds(61), Duration.ofSeconds(60)).play();
        tally.played(simulation);
        simulation.faults().fired().forEach(fault -> tally.fault(fault.point()));
        all.add(simulation.seed(), tally);
        return simulation.traceHash();
    }

    // ---- the bad day

    private void act() {
        int choice = world.below(100);
        int number = world.below(world.size);
        if (choice < 30) {
            wish();
        } else if (choice < 38) {
            world.provisioner.die();
        } else if (choice < 58) {
            end(number);
        } else if (choice < 70) {
            world.running(number).ifPresent(process -> {
                tally.fault("F9 paused");
                simulation.pause(process, world.millis(40_000));
            });
        } else if (choice < 74) {
            tally.fault("purge");
            world.ground.forgetDeletions();
        } else if (choice < 80) {
            world.running(number).ifPresent(process -> process.client().loseSession(world.millis(15_000)));
            tally.fault("F14 session lost");
        } else if (choice < 87) {
            world.running(number)
                    .ifPresent(process -> process.client().jumpBack(world.millis(20_000), world.millis(10_000)));
            tally.fault("F6 view goes back");
        } else if (choice < 90) {
            tally.fault("F8 wall clock stepped");
            simulation.stepWall(Duration.ofSeconds(world.below(7_200) - 3_600L));
        } else if (choice < 93) {
            tally.fault("F16 disk full");
            world.ground.diskFull(true);
            simulation.after(world.millis(8_000), () -> world.ground.diskFull(false));
        } else if (choice < 96) {
            tally.fault("resigned");
            world.running(number).ifPresent(LeadProcess::resign);
        } else {
            tally.fault("all killed");
            for (int i = 0; i < world.size; i++) {
                kill(i, world.millis(5_000));
            }
        }
    }

    private void wish() {
        List<String> known = world.operator.domains();
        if (known.isEmpty() || (known.size() < DOMAINS && world.oneIn(4))) {
            newDomain();
        } else if (world.oneIn(5)) {
            world.operator.remove(world.oneOf(known));
        } else {
            world.operator.want(world.oneOf(known), world.below(MOST + 1));
        }
    }

    private void newDomain() {
        world.operator.want("d" + ++domains, 1 + world.below(MOST));
    }

    private void end(int number) {
        Duration away = world.oneIn(3) ? Duration.ofMillis(1) : world.millis(20_000);
        switch (world.below(5)) {
            case 0 ->
                world.running(number).ifPresent(process -> {
                    tally.fault("closed");
                    simulation.remove(process);
                    simulation.after(away, "starts", () -> startAgain(number));
                });
            case 1, 2 -> kill(number, away);
            default ->
                world.running(number).ifPresent(process -> {
                    process.dieAfter(1 + world.below(40));
                    simulation.after(away.plusSeconds(5), "starts", () -> startAgain(number));
                });
        }
    }

    private void kill(int number, Duration away) {
        world.running(number).ifPresent(process -> process.die("between two"));
        simulation.after(away, "starts", () -> startAgain(number));
    }

    private void startAgain(int number) {
        if (!world.isQuiet) {
            world.revive(number);
        }
    }
}
