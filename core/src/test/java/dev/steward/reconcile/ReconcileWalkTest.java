package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Property: whatever happens in whatever order, the loop keeps its promises, and once things are quiet, all is as it should be. */
class ReconcileWalkTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 300;
    private static final int THINGS = 20;
    private static final int MOST_CALLS = 5;
    private static final int MOST_DAMAGE = 3;
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final long LIMIT = Duration.ofSeconds(30).toNanos();

    /** One walk, with all that the far side knows. */
    private static final class Walk {
        private record Call(String name, boolean action, long until) {}

        private record Later(long at, Runnable answer) {}

        private final Random random;
        private final LampRoom room =
                new LampRoom(LampRoom.options().withMostCalls(MOST_CALLS).withDamageBudget(MOST_DAMAGE, WINDOW));
        private final long start = room.time.nanos();
        private final Map<String, Boolean> lit = new HashMap<>();
        private final List<Call> open = new ArrayList<>();
        private final List<Later> later = new ArrayList<>();
        private final Map<String, Long> heldUntil = new HashMap<>();
        private final Set<String> named = new TreeSet<>();
        private final Deque<Long> damage = new ArrayDeque<>();
        private final List<String> broken = new ArrayList<>();
        private boolean quiet;
        private int actions;

        Walk(long seed) {
            random = new Random(seed);
            room.lamp.decides = (thing, plan) -> {
                if (!thing.seen()) {
                    plan.damage("switch on", then -> call(thing.name(), true, then));
                }
            };
            room.lamp.looks = (name, then) -> call(name, false, then);
        }

        private long now() {
            return room.time.nanos() - start;
        }

        private void call(String name, boolean action, Consumer<? super Outcome<Boolean>> then) {
            open.removeIf(call -> now() >= call.until());
            check(open.stream().noneMatch(call -> call.name().equals(name)), "two calls for " + name);
            Call call = new Call(name, action, now() + LIMIT);
            open.add(call);
            check(open.size() <= MOST_CALLS, open.size() + " calls");
            if (action) {
                actions++;
                check(now() >= heldUntil.getOrDefault(name, 0L), name + " is held");
                damage.removeIf(at -> now() - at >= WINDOW.toNanos());
                damage.add(now());
                check(damage.size() <= MOST_DAMAGE, damage.size() + " within the window");
            }
            answer(call, then);
        }

        private void answer(Call call, Consumer<? super Outcome<Boolean>> then) {
            int chance = quiet ? 0 : random.nextInt(10);
            boolean done = chance != 1 && chance != 2 && (chance != 3 || random.nextBoolean());
            if (call.action() && done) {
                lit.put(call.name(), true);
            }
            boolean is = lit.getOrDefault(call.name(), false);
            Outcome<Boolean> outcome = switch (chance) {
                case 1 -> Outcome.busy("busy");
                case 2 -> Outcome.refused("no");
                case 3 -> Outcome.unknown("who knows");
                case 4 -> call.action() ? Outcome.done() : Outcome.done(is);
                default -> Outcome.done(is);
            };
            Runnable give = () -> {
                open.remove(call);
                then.accept(outcome);
            };
            switch (chance) {
                case 5, 6, 7 -> later.add(new Later(now() + random.nextLong(2 * LIMIT), give));
                case 8 -> {} // lost
                default -> give.run();
            }
            if (chance == 9) {
                later.add(new Later(now() + random.nextLong(LIMIT), () -> then.accept(Outcome.done(true)))); // twice
            }
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                broken.add(what + " at " + Duration.ofNanos(now()));
            }
        }

        private void run(Duration length) {
            long end = now() + length.toNanos();
            while (true) {
                later.sort((a, b) -> Long.compare(a.at(), b.at()));
                if (later.isEmpty() || later.get(0).at() > end) {
                    break;
                }
                Later next = later.remove(0);
                room.run(Duration.ofNanos(Math.max(next.at() - now(), 0)));
                next.answer().run();
            }
            room.run(Duration.ofNanos(Math.max(end - now(), 0)));
        }

        private void step() {
            String name = "lamp-" + random.nextInt(THINGS);
            switch (random.nextInt(9)) {
                case 0 -> lit.put(name, false);
                case 1 -> {
                    room.loop.look(name);
                    lit.put(name, random.nextBoolean());
                }
                case 2 -> {
                    Duration length = Duration.ofSeconds(1 + random.nextInt(90));
                    room.loop.hold(List.of(name), "ann", "", length);
                    heldUntil.put(name, now() + length.toNanos());
                    room.settle();
                }
                case 3 -> {
                    room.loop.release(List.of(name), "ann");
                    heldUntil.remove(name);
                }
                case 4 -> {
                    room.loop.remove(name);
                    named.remove(name);
                }
                case 5 -> room.loop.retry(name);
                case 6 -> room.loop.manageOnce(true);
                default -> {
                    room.loop.add(name);
                    named.add(name);
                }
            }
            if (random.nextInt(30) == 0) {
                room.time.advance(Duration.ofSeconds(random.nextInt(200))); // the process stands still
            }
            run(Duration.ofMillis(random.nextInt(8_000)));
        }

        void walk() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            quiet = true;
            run(Duration.ofMinutes(2)); // for what is still to come
            named.forEach(room.loop::retry);
            run(Duration.ofMinutes(10));
        }
    }

    @Test
    void keeps_its_promises_whatever_happens_and_comes_to_rest() {
        int actions = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Walk walk = new Walk(seed);
            walk.walk();

            assertThat(walk.broken).as("seed %s", seed).isEmpty();
            assertThat(walk.room.loop.things().keySet()).as("seed %s", seed).isEqualTo(walk.named);
            assertThat(walk.room.loop.things().values())
                    .as("seed %s", seed)
                    .allMatch(view ->
                            view.phase() == ThingPhase.RESTING && view.state().equals("lit"));
            assertThat(walk.named).as("seed %s", seed).allMatch(walk.lit::get);
            actions += walk.actions;
        }
        report("reconcile walk: %,d seeds of %,d steps, %,d actions, each promise kept"
                .formatted(SEEDS, STEPS, actions));
    }

    private static void report(String line) {
        System.out.println(line);
    }
}
