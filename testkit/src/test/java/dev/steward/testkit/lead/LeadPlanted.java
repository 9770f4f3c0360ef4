package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.Leadership;
import dev.steward.loop.ControlLoop;
import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.Deleted;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Defects that stores, leaders and their work could have: the simulation must find each. */
enum LeadPlanted {
    /** None. */
    NOTHING,

    /** None either, in the short copy of a leader that the next ones are made with. */
    NOTHING_BUT_A_COPY(UnsafeLeaderLoop.Mode.NONE),

    /** Writes without the fence of its role. */
    WRITES_WITHOUT_FENCE(UnsafeLeaderLoop.Mode.NO_FENCE),

    /** Requires that the fence be its own, and does not write it anew. */
    ONLY_CHECKS_THE_FENCE(UnsafeLeaderLoop.Mode.CHECKED_FENCE),

    /** Leads as soon as it has the term. */
    DOES_NOT_CATCH_UP(UnsafeLeaderLoop.Mode.NO_CATCH_UP),

    /** Sends a batch again, and nothing else, until it is told that it is committed. */
    REPEATS_WHAT_IS_UNKNOWN(UnsafeLeaderLoop.Mode.REPEATED),

    /** Takes pages as they come, though some are older than what it knows. */
    CACHE_GOES_BACK {
        @Override
        Consumer<ChangesAnswer> seen(LeadProcess process, ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            return answer -> {
                if (answer instanceof Changes page) {
                    takeAsItIs(process, page);
                }
                then.accept(answer);
            };
        }
    },

    /** Remembers one deletion for each revision, though a commit may delete many. */
    KEEPS_ONE_DELETION_OF_A_COMMIT {
        @Override
        Consumer<ChangesAnswer> seen(LeadProcess process, ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            return answer -> then.accept(answer instanceof Changes page ? withOneDeletionEach(page) : answer);
        }
    },

    /** What a pass asks for has no limit in the step of that pass. */
    LEAVES_OUT_THE_LIMIT,

    /** Sends what it has staged before it is committed. */
    SENDS_BEFORE_THE_COMMIT,

    /** Is deposed, and goes on from what it remembers when it leads again. */
    KEEPS_ITS_MEMORY;

    private static final String EVERYTHING = "";

    private final UnsafeLeaderLoop.@Nullable Mode mode;

    LeadPlanted() {
        this(null);
    }

    LeadPlanted(UnsafeLeaderLoop.@Nullable Mode mode) {
        this.mode = mode;
    }

    /** Makes the candidate of a process for a role; answers how to ask what it leads. */
    Supplier<Optional<Leadership>> candidate(
            LeadWorld world,
            LeadProcess process,
            String role,
            LeaderElection election,
            LeadWork work,
            Consumer<ControlLoop> add) {
        if (mode == null) {
            LeaderLoop loop = new LeaderLoop(
                    role,
                    process.holder(),
                    election,
                    process.cache(),
                    work,
                    new LeadFeed(world, process.holder()),
                    world.simulation.time());
            add.accept(loop);
            return loop::leadership;
        }
        UnsafeLeaderLoop loop = new UnsafeLeaderLoop(
                mode, role, process.holder(), election, process.cache(), work, world.simulation.time());
        add.accept(loop);
        return loop::leadership;
    }

    /** What stands between the store and the cache of a process. */
    Consumer<? super ChangesAnswer> seen(LeadProcess process, ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        return then;
    }

    private static void takeAsItIs(LeadProcess process, Changes page) {
        LeadIndex index = process.index();
        if (page.reset()) {
            process.sweep().clear();
            process.sweep().add(EVERYTHING);
        }
        for (Change change : page.changes()) {
            process.sweep().add(change.key());
            if (!change.key().startsWith("lead/")) {
                index.apply(change.key(), change instanceof Versioned record ? record : null);
            }
        }
        if (!page.more() && process.sweep().contains(EVERYTHING)) {
            List.copyOf(index.records().keySet()).stream()
                    .filter(key -> !process.sweep().contains(key))
                    .forEach(key -> index.apply(key, null));
            process.sweep().clear();
        }
    }

    private static Changes withOneDeletionEach(Changes page) {
        List<Change> kept = new ArrayList<>();
        Set<Long> revisions = new HashSet<>();
        for (Change change : page.changes()) {
            if (!(change instanceof Deleted) || revisions.add(change.revision())) {
                kept.add(change);
            }
        }
        return new Changes(kept, page.next(), page.asOf(), page.more(), page.reset());
    }
}
