package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.instance.HostManager;
import dev.steward.instance.HostMemory;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.loop.ControlLoop;
import dev.steward.store.RecordCache;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofFailure;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host manager whose process dies and pauses anywhere, without any fault code: there are never two copies, and all comes up again. */
@ExtendWith(QuietLog.class)
class HostProofTest {
    /** A host with three programs that outlive their manager; two of them crash now and then. */
    private static class House implements Scenario {
        private static final List<String> NAMES = List.of("a", "b", "c");

        final World world;
        final FakeHost host;
        private final Planted planted;
        private @Nullable FakeInstanceDriver driver;

        @Nullable
        HostManager manager;

        @Nullable
        ProofProcess process;

        House(World world, Planted planted) {
            this.world = world;
            this.planted = planted;
            this.host = new FakeHost(world.simulation());
            host.program("a").stopsIn(Duration.ofSeconds(2));
            host.program("b").leavesChild();
        }

        @Override
        public ControlLoop start(ProofProcess me) {
            if (driver != null) {
                driver.die(); // with the process before
            }
            FakeInstanceDriver own = new FakeInstanceDriver(host, OnClose.LEAVE);
            driver = own;
            InstanceDriver seen = me.remote(InstanceDriver.class, planted.around(own, world.random()));
            HostManager made = new HostManager(
                    SiteConfig.of(
                            InstanceSpec.of("a", "/bin/a"),
                            InstanceSpec.of("b", "/bin/b").after("a"),
                            InstanceSpec.of("c", "/bin/c")),
                    seen,
                    me.feed(),
                    me.time(),
                    HostManager.Options.defaults().withMemory(memory(me)));
            manager = made;
            process = me;
            return made;
        }

        HostMemory memory(ProofProcess me) {
            return HostMemory.none();
        }

        @Override
        public void round(World ignored) {
            world.after(Duration.ofSeconds(20), "b crashes", () -> crash("b"));
            world.after(Duration.ofSeconds(30), "a crashes", () -> crash("a"));
        }

        private void crash(String name) {
            if (host.running(name) > 0) {
                host.crash(name);
            }
        }

        boolean hasNothingTwice() {
            host.assertInvariants();
            return NAMES.stream().allMatch(name -> host.running(name) <= 1);
        }

        boolean isUp() {
            return NAMES.stream().allMatch(name -> host.running(name) == 1);
        }
    }

    private static Proof<House> house(Planted planted) {
        return Proof.<House>of(world -> new House(world, planted))
                .everyCrashPoint()
                .pauses()
                .always("nothing twice", House::hasNothingTwice)
                .always("what runs well is left alone", house -> house.host.launches("c") <= 1)
                .eventually("all are up", House::isUp);
    }

    @Test
    void never_has_anything_twice_wherever_it_dies() {
        assertThat(house(Planted.NOTHING).seeds(200).run().notPlayed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LAUNCHES_TWICE", "FORGETS_SURVIVORS", "FORGETS_WHAT_LINGERS", "SIGNALS_THE_DEAD"})
    void finds_the_mistakes_that_managers_make(Planted mistake) {
        ProofFailure found = catchThrowableOfType(
                ProofFailure.class, () -> house(mistake).seeds(200).run());

        assertThat(found).as("%s", mistake).isNotNull();
        System.out.println("host manager: " + mistake + " is found with '" + found.run() + "': " + found.rule());
    }

    // ---- with a memory

    /** The same, and somebody asks for {@code a} to be down, and up again. */
    private static final class Memory extends House {
        private final boolean keeps;
        private boolean wanted = true;
        private boolean isAnswered;
        private @Nullable Boolean kept = true;

        Memory(World world, boolean keeps) {
            super(world, Planted.NOTHING);
            this.keeps = keeps;
        }

        @Override
        HostMemory memory(ProofProcess me) {
            if (!keeps) {
                return HostMemory.none();
            }
            RecordCache cache = new RecordCache(me.store(), Set.of(HostMemory.prefix("here")), me.time());
            return HostMemory.of(cache, "here").withPatience(Duration.ofHours(2));
        }

        @Override
        public void round(World ignored) {
            super.round(world);
            world.after(Duration.ofSeconds(40), "a is to be down", () -> ask(false));
            if (world.random().nextBoolean()) {
                world.after(Duration.ofSeconds(70), "a is to be up", () -> ask(true));
            }
        }

        private void ask(boolean up) {
            HostManager asked = manager;
            if (asked != null && process != null && !process.isDead()) {
                wanted = up;
                isAnswered = false;
                kept = null;
                world.expect(
                        "a is " + (up ? "up" : "down"),
                        process,
                        asked.update(List.of(up ? TargetRequest.up("a") : TargetRequest.down("a")), false)
                                .thenRun(() -> isAnswered = asked == manager));
            }
        }

        /** Notices what is known to be kept. */
        boolean look() {
            HostManager now = manager;
            if (isAnswered && now != null && now.notYetKept() == 0) {
                kept = wanted;
            }
            return hasNothingTwice();
        }

        boolean isAsKept() {
            int running = host.running("a");
            return (kept == null || running == (kept ? 1 : 0)) && host.running("c") == 1;
        }
    }

    private static Proof<Memory> memory(boolean keeps) {
        return Proof.<Memory>of(world -> new Memory(world, keeps))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .pauses()
                .always("nothing twice", Memory::look)
                .eventually("what was kept is so", Memory::isAsKept);
    }

    @Test
    void what_was_kept_survives_wherever_it_dies() {
        memory(true).atMost(80).seeds(60).run();
    }

    @Test
    void finds_a_manager_that_keeps_nothing() {
        ProofFailure found = catchThrowableOfType(
                ProofFailure.class, () -> memory(false).seeds(200).run());

        assertThat(found).isNotNull();
        assertThat(found.rule()).contains("what was kept is so");
        System.out.println("memory of a host manager: found with '" + found.run() + "': " + found.rule());
    }
}
