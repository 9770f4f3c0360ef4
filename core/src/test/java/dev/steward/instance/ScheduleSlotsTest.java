package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.LeverProbe.Lever;
import dev.steward.kernel.Cycle;
import dev.steward.kernel.Due;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever has had a slot of the schedule gives it back: after any number of lives there are as many as after a few. */
class ScheduleSlotsTest {
    private final VirtualTime time = new VirtualTime();
    private final StubDriver driver = new StubDriver();
    private final Host host = new Host(
            HostManager.Options.defaults(),
            driver,
            new DriverEvents() {
                @Override
                public void observed(Observation news) {
                    host().post(() -> news().observed(news));
                }

                @Override
                public void census(Census census) {
                    host().post(() -> news().census(census));
                }
            },
            new InMemoryStateFeed(time),
            time,
            new Replies());
    private final News news = new News(host);
    private final Cycle.Work passes = new Cycle.Work() {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void afterTurns(long now) {
            host.roster().endOfPass();
        }
    };

    private Host host() {
        return host;
    }

    private News news() {
        return news;
    }

    private void run(Duration duration) {
        Duration step = Duration.ofMillis(250);
        for (Duration left = duration; !left.isNegative(); left = left.minus(step)) {
            for (int pass = 0; pass < 10; pass++) {
                host.cycle().pass(passes, true);
            }
            time.advance(step);
        }
    }

    private int slots() {
        Due nobody = new Due() {
            @Override
            public void run(long now) {}

            @Override
            public String name() {
                return "nobody";
            }
        };
        int most = 0;
        int[] taken = new int[20];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = host.schedule().add(nobody);
            most = Math.max(most, taken[i]);
        }
        for (int slot : taken) {
            host.schedule().remove(slot);
        }
        return most;
    }

    @Test
    void no_slot_is_lost_over_many_lives() {
        Lever[] levers = Lever.values();
        LeverProbe probe = new LeverProbe(Lever.WELL);
        InstanceSpec spec = InstanceSpec.of("a", "/bin/a")
                .withHealth(Health.unprobed()
                        .withReadiness(ProbePlan.readiness(probe))
                        .withLiveness(ProbePlan.liveness(probe))
                        .withRecycle(RecyclePolicy.aboveMemory(2000)));
        host.roster().merge(SiteConfig.of(spec));
        host.configured(List.of());
        host.orders().open();
        run(Duration.ofSeconds(5));
        assertThat(driver.takeOrders()).containsExactly("launch a");
        int before = slots();

        for (int i = 0; i < 60; i++) {
            probe.lever = levers[i % levers.length];
            if (host.roster().find("a").seen().isRunning()) {
                driver.exits("a", 1);
            }
            run(Duration.ofSeconds(i % 7));
            host.restarting().begin(List.of("a"), RestartOrder.ROLLING, new CompletableFuture<>());
            run(Duration.ofSeconds(32));
            driver.runs("ghost" + i, new Incarnation("ghost-" + i));
            driver.tell(driver.alive.get(new Incarnation("ghost-" + i)));
            run(Duration.ofSeconds(1));
        }
        run(Duration.ofMinutes(2));

        assertThat(slots()).isLessThanOrEqualTo(before + 3);
        assertThat(driver.secondCopies).isEmpty();
    }
}
