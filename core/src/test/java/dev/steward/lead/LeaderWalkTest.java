package dev.steward.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordCache;
import dev.steward.store.StoreTrouble;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Property: two processes under elections that lie, over a store that answers late, wrongly, twice done or never, make terms with one holder each,
 * never write under an old term, and one of them leads when all is well again.
 */
class LeaderWalkTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 400;

    private final Set<String> moves = new HashSet<>();
    private long batches;
    private long terms;

    @Test
    void a_walk_by_chance_makes_every_legal_move_and_no_other_and_one_leader_a_term() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Walk(seed).run();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
        System.out.println("leader walk: " + SEEDS + " seeds x " + STEPS + " steps, " + terms + " terms, " + batches
                + " batches, " + moves.size() + " moves");
        assertThat(moves).isEqualTo(legalMoves());
        assertThat(batches).isGreaterThan(SEEDS * 10L);
        assertThat(terms).isGreaterThan(SEEDS * 3L);
    }

    private static Set<String> legalMoves() {
        Set<String> legal = new HashSet<>();
        for (LeaderPhase from : LeaderPhase.values()) {
            for (LeaderPhase to : LeaderPhase.values()) {
                if (from != to && LeaderPhase.GRAPH.allows(from, to)) {
                    legal.add(from + " " + to);
                }
            }
        }
        return legal;
    }

    private final class Walk {
        private final Random random;
        private final VirtualTime time = new VirtualTime();
        private final InMemoryRecordStore truth = new InMemoryRecordStore(time);
        private final List<LeadScene> processes =
                List.of(new LeadScene("one", time, truth), new LeadScene("two", time, truth));
        private final RecordCache judge = new RecordCache(truth, Set.of("lead/", "work/"), time);
        private final Map<Long, String> holders = new HashMap<>();
        private final List<Runnable> late = new ArrayList<>();
        private long term;
        private long count;

        private Walk(long seed) {
            random = new Random(seed);
            for (LeadScene process : processes) {
                process.store.holds = true;
                process.countsTo(Long.MAX_VALUE);
            }
            truth.onHint(this::judgeCommit);
        }

        /** Called at each commit, so it sees every one of them by itself. */
        private void judgeCommit() {
            judge.poll();
            Fence fence = Fence.read(judge.get(LeadScene.FENCE)).orElseThrow();
            assertThat(fence.term()).isGreaterThanOrEqualTo(term);
            assertThat(holders.computeIfAbsent(fence.term(), any -> fence.holder()))
                    .as("holder of term %s", fence.term())
                    .isEqualTo(fence.holder());
            terms += fence.term() > term ? 1 : 0;
            term = fence.term();
            long counted = judge.get(LeadScene.COUNT.key("c"))
                    .map(LeadScene.COUNT::decode)
                    .orElse(0L);
            assertThat(counted).isBetween(count, count + 1);
            batches += counted - count;
            count = counted;
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                happen(processes.get(random.nextInt(2)));
            }
            for (LeadScene process : processes) {
                for (int i = 1; i < process.phases.size(); i++) {
                    moves.add(process.phases.get(i - 1) + " " + process.phases.get(i));
                }
            }
            settle();
        }

        private void happen(LeadScene process) {
            int what = random.nextInt(100);
            if (what < 4) {
                process.election.says(random.nextInt(4) > 0);
            } else if (what < 8) {
                time.advance(Duration.ofMillis(random.nextInt(4_000)));
            } else if (what < 30) {
                time.advance(Duration.ofMillis(random.nextInt(60)));
            } else if (what < 32 && !late.isEmpty()) {
                late.remove(random.nextInt(late.size())).run();
            } else if (process.store.waiting() > 0) {
                answer(process);
            }
            process.pass();
        }

        private void answer(LeadScene process) {
            switch (random.nextInt(40)) {
                case 0 -> process.store.answer(new StoreTrouble.Unknown("by chance"));
                case 1 -> process.store.answer(new StoreTrouble.Unavailable("by chance"));
                case 2 -> process.store.answer(new StoreTrouble.Refused("by chance"));
                case 3 -> process.store.perform();
                case 4 -> late.add(process.store.perform());
                case 5 -> late.add(process.store.putOff());
                default -> process.store.answer();
            }
        }

        private void settle() {
            late.forEach(Runnable::run);
            processes.get(0).election.says(true);
            processes.get(1).election.says(false);
            for (LeadScene process : processes) {
                process.store.holds = false;
                process.store.answerAll();
                process.countsTo(count + 10);
            }
            for (int second = 0; second < 30; second++) {
                time.advance(Duration.ofSeconds(1));
                processes.forEach(LeadScene::pass);
            }
            assertThat(processes.get(0).phase()).isEqualTo(LeaderPhase.LEADING);
            assertThat(processes.get(1).phase()).isEqualTo(LeaderPhase.FOLLOWING);
            assertThat(processes).allMatch(it -> it.count() == count);
            assertThat(processes.get(0).loop.status().trouble()).isEmpty();
            assertThat(processes.get(1).loop.status().leader()).contains(new Leadership("role", term, "one"));
        }
    }
}
