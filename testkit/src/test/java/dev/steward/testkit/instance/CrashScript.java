package dev.steward.testkit.instance;

import dev.steward.instance.Health;
import dev.steward.instance.InstanceGroup;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.OnClose;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RecyclePolicy;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Signal;
import dev.steward.instance.StartPlan;
import dev.steward.instance.TargetState;
import java.time.Duration;
import java.util.List;

/** What a manager may be in the middle of when it is killed. */
enum CrashScript {
    LAUNCH {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b"), down("c")).begin().run(5);
        }
    },
    CRASH_AND_RESTART {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b").withRestart(RestartPolicy.reference()))
                    .begin()
                    .run(5)
                    .crash("a")
                    .crash("b")
                    .run(2)
                    .crash("a")
                    .run(10);
        }
    },
    STOP_WITH_ESCALATION {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash, up("a"), up("b"));
            scene.host.program("a").ignores(Signal.INT, Signal.TERM);
            return scene.begin().run(5).ask(TargetState.DOWN, "a").run(20);
        }
    },
    GIVE_UP {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(
                    crash, up("a").withRestart(RestartPolicy.standard().withGiveUp(3, Duration.ofMinutes(1))));
            scene.host.program("a").exitsAfter(Duration.ofSeconds(1), 1);
            return scene.mayRest("a").begin().run(20);
        }
    },
    ADOPTION {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b"))
                    .begin()
                    .run(5)
                    .kill()
                    .run(5)
                    .crash("a")
                    .run(5);
        }
    },
    ORDER_UP {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = chain(crash);
            scene.host.program("a").startsIn(Duration.ofSeconds(2));
            scene.host.program("b").startsIn(Duration.ofSeconds(2));
            return scene.begin().run(10);
        }
    },
    ORDER_DOWN {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = chain(crash);
            scene.host.program("b").stopsIn(Duration.ofSeconds(2));
            scene.host.program("c").stopsIn(Duration.ofSeconds(2));
            return scene.begin().run(5).ask(TargetState.DOWN, "a", "b", "c").run(15);
        }
    },
    READINESS {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash);
            scene.world.readiness("a");
            scene.world.fake(true, "a").answersUnwell("not yet");
            return scene.having(probed(scene), up("b").after("a"))
                    .begin()
                    .run(4)
                    .happens(() -> scene.world.becomeWell())
                    .run(4);
        }
    },
    FAILED_START {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash);
            scene.world.readiness("a");
            scene.world.fake(true, "a").silent();
            StartPlan plan =
                    StartPlan.standard().withLimit(Duration.ofSeconds(4)).withRetry(Duration.ofSeconds(2));
            return scene.having(probed(scene).withStartup(plan))
                    .begin()
                    .run(12)
                    .happens(() -> scene.world.becomeWell())
                    .run(10);
        }
    },
    LIVENESS_RESTART {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash);
            ProbePlan plan = ProbePlan.liveness(scene.world.liveness("a"))
                    .withDelay(Duration.ofSeconds(1))
                    .withPeriod(Duration.ofSeconds(2))
                    .withFailures(2);
            return scene.having(up("a").withHealth(Health.unprobed().withLiveness(plan)))
                    .begin()
                    .run(3)
                    .happens(() -> scene.world.fake(false, "a").answersUnwell("hangs"))
                    .run(6)
                    .happens(() -> scene.world.becomeWell())
                    .run(10);
        }
    },
    ROLLING_RESTART {
        @Override
        CrashScene play(Crash crash) {
            return chain(crash)
                    .begin()
                    .run(3)
                    .asks(running -> running.restart(List.of("a", "b", "c"), RestartOrder.ROLLING))
                    .run(10);
        }
    },
    GROUP_RESTART {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b"), up("c"))
                    .with(InstanceGroup.oneForAll("fate", "a", "b", "c"))
                    .begin()
                    .run(3)
                    .crash("b")
                    .run(10);
        }
    },
    RECYCLE_BY_MEMORY {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(
                    crash, up("a").withHealth(Health.unprobed().withRecycle(RecyclePolicy.aboveMemory(8 << 20))));
            scene.host.program("a").usesMemory(64 << 20);
            return scene.begin()
                    .run(30)
                    .happens(() -> scene.host.program("a").behaves())
                    .run(40);
        }
    },
    RELOAD_WITH_ANOTHER_CLASS {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b"))
                    .begin()
                    .run(3)
                    .reload(up("a").withAgentClass("other"), up("b"), up("c"))
                    .run(10);
        }
    },
    WITHDRAWAL {
        @Override
        CrashScene play(Crash crash) {
            return new CrashScene(crash, up("a"), up("b"))
                    .begin()
                    .run(3)
                    .reload(up("a"))
                    .run(10);
        }
    },
    DIE {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = chain(crash);
            scene.host.program("b").stopsIn(Duration.ofSeconds(2));
            return scene.begin().run(3).ends(running -> running.die(Duration.ofSeconds(60)));
        }
    },
    CLOSE_AND_STOP {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = chain(crash);
            return scene.closing(OnClose.STOP).begin().run(3).ends(scene::close);
        }
    },
    CLOSE_AND_LEAVE {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = chain(crash);
            return scene.closing(OnClose.LEAVE)
                    .begin()
                    .run(3)
                    .ends(scene::close)
                    .run(5)
                    .another()
                    .run(5);
        }
    },
    LINGERING_TREE {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash, up("a"), up("b"));
            scene.host.program("a").leavesChild(Signal.INT, Signal.TERM);
            return scene.begin().run(3).crash("a").run(20);
        }
    },
    UNKNOWN_LAUNCH {
        @Override
        CrashScene play(Crash crash) {
            CrashScene scene = new CrashScene(crash, up("a"), up("b"));
            scene.simulation.faults().on("driver.launch.lost", 1).on("driver.launch.dropped", 2);
            scene.host.program("b").refuses(LaunchFailure.NO_RESOURCES, 1);
            return scene.begin().run(30);
        }
    };

    /** At which step the manager is killed, 0 for none, and what is wrong with it. Immutable. */
    record Crash(int at, Planted planted) {}

    /** Plays it, with the manager killed there. */
    abstract CrashScene play(Crash crash);

    private static InstanceSpec up(String name) {
        return InstanceSpec.of(name, "/bin/" + name);
    }

    private static InstanceSpec down(String name) {
        return up(name).withStart(TargetState.DOWN);
    }

    private static InstanceSpec probed(CrashScene scene) {
        return up("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(scene.world.readiness("a"))));
    }

    /** {@code c} stands on {@code b}, and that on {@code a}. */
    private static CrashScene chain(Crash crash) {
        return new CrashScene(crash, up("a"), up("b").after("a"), up("c").after("b"));
    }
}
