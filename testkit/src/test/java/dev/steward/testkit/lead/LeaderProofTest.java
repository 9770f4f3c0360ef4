package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.lead.ElectedWork;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.Leadership;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofFailure;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leader and its work of a few lines, without any fault code: with everything that can go wrong it keeps to what it promises. */
@ExtendWith(QuietLog.class)
class LeaderProofTest {
    private static final int WANTED = 3;

    /** What things are built with; building one again does nothing. */
    interface Site {
        void build(String name);
    }

    /** Two processes that are to keep three things, some of which get lost. */
    private static class Yard implements Scenario {
        private final World world;
        final Set<String> built = new HashSet<>();
        private final Set<String> recorded = new HashSet<>();
        private int strangers;
        private final Site site = this::build;

        Yard(World world) {
            this.world = world;
        }

        @Override
        public ControlLoop start(ProofProcess me) {
            RecordCache cache = new RecordCache(me.store(), Set.of("lead/", "thing/"), me.time());
            return leader(me, cache, builder(cache, me, me.remote(Site.class, site)));
        }

        Builder builder(RecordCache cache, ProofProcess me, Site from) {
            return new Builder(cache, me.holder(), from, false);
        }

        ControlLoop leader(ProofProcess me, RecordCache cache, ElectedWork work) {
            return new LeaderLoop("yard", me.holder(), me.election("yard"), cache, work, me.feed(), me.time());
        }

        @Override
        public void round(World ignored) {
            world.after(Duration.ofSeconds(20), "a thing is lost", this::lose);
            world.after(Duration.ofSeconds(45), "a thing is lost", this::lose);
        }

        private void lose() {
            Versioned lost = world.records().get(things().stream().findFirst().orElse(""));
            if (lost != null) {
                world.operator().commit(new Stage().delete(lost).toBatch("lost " + lost.key()), any -> {});
            }
        }

        private void build(String name) {
            built.add(name);
            strangers += recorded.contains(name) || world.records().containsKey(name) ? 0 : 1;
        }

        /** Looks at what is there; answers whether nothing was built of which there has never been a record. */
        boolean hasNoStrangers() {
            recorded.addAll(things());
            return strangers == 0;
        }

        Set<String> things() {
            Set<String> keys = new HashSet<>(world.records().keySet());
            keys.removeIf(key -> !key.startsWith("thing/"));
            return keys;
        }
    }

    /** Keeps as many things as are wanted: records them first, and builds what is recorded. */
    private static final class Builder implements ElectedWork {
        private final TreeMap<String, Versioned> things = new TreeMap<>();
        private final Set<String> done = new HashSet<>();
        private final String holder;
        private final Site site;
        private final boolean isHasty;
        private int number;

        Builder(RecordCache cache, String holder, Site site, boolean isHasty) {
            this.holder = holder;
            this.site = site;
            this.isHasty = isHasty;
            cache.follow("thing/", (before, after) -> {
                before.ifPresent(old -> things.remove(old.key()));
                after.ifPresent(now -> things.put(now.key(), now));
            });
        }

        @Override
        public Step pass(Leadership leadership, Stage stage) {
            for (int i = things.size(); i < WANTED; i++) {
                String name = "thing/" + holder.replace('/', '.') + "-" + ++number;
                stage.create(name, RecordValue.utf8("wanted"));
                if (isHasty) {
                    site.build(name);
                }
            }
            return Step.parked();
        }

        @Override
        public Step deliver(Leadership leadership) {
            done.retainAll(things.keySet());
            things.keySet().stream().filter(done::add).forEach(site::build);
            return Step.parked();
        }

        @Override
        public void deposed() {
            done.clear();
        }
    }

    private static <S extends Yard> Proof<S> rules(Proof<S> proof) {
        return proof.lasting(Duration.ofMinutes(2))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .twoLeaders()
                .staleReads()
                .pauses()
                .always("no more things than are wanted", yard -> yard.things().size() <= WANTED)
                .always("nothing is built that is not recorded", Yard::hasNoStrangers)
                .eventually(
                        "as many things as are wanted", yard -> yard.things().size() == WANTED)
                .eventually("what is recorded is built", yard -> yard.built.containsAll(yard.things()));
    }

    @Test
    void keeps_what_is_wanted_whatever_happens() {
        assertThat(rules(Proof.of(Yard::new)).atMost(50).seeds(50).run().notPlayed())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_FENCE", "REPEATED"})
    void finds_the_mistakes_that_leaders_make(UnsafeLeaderLoop.Mode mistake) {
        ProofFailure found = catchThrowableOfType(
                ProofFailure.class,
                () -> rules(Proof.of(world -> unsafe(mistake, world)))
                        .atMost(60)
                        .seeds(500)
                        .run());

        assertThat(found).as("%s", mistake).isNotNull();
        System.out.println("leader of a yard: " + mistake + " is found with '" + found.run() + "': " + found.rule());
    }

    private static Yard unsafe(UnsafeLeaderLoop.Mode mistake, World world) {
        return new Yard(world) {
            @Override
            ControlLoop leader(ProofProcess me, RecordCache cache, ElectedWork work) {
                return new UnsafeLeaderLoop(mistake, "yard", me.holder(), me.election("yard"), cache, work, me.time());
            }
        };
    }

    @Test
    void finds_work_that_builds_before_it_has_recorded() {
        ProofFailure found = catchThrowableOfType(
                ProofFailure.class,
                () -> rules(Proof.of(Hasty::new)).atMost(60).seeds(500).run());

        assertThat(found).isNotNull();
        System.out.println("leader of a yard: built too soon is found with '" + found.run() + "': " + found.rule());
    }

    /** What is built is what is to be recorded next. */
    private static final class Hasty extends Yard {
        Hasty(World world) {
            super(world);
        }

        @Override
        Builder builder(RecordCache cache, ProofProcess me, Site site) {
            return new Builder(cache, me.holder(), site, true);
        }
    }

    @Test
    void the_copy_of_a_leader_that_mistakes_are_made_in_has_none_of_its_own() {
        rules(Proof.of(world -> unsafe(UnsafeLeaderLoop.Mode.NONE, world)))
                .atMost(10)
                .seeds(40)
                .run();
    }
}
