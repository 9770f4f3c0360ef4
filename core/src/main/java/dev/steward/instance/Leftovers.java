package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Due;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lives that nobody wants any more: what an earlier manager left behind, strays that nobody here launched, and processes that outlived
 * the first one of their instance. Each is stopped by a stop plan, and while any of a name is left, nothing of that name is launched.
 *
 * <p>A life that survives its plan is named in an event and to the operators, gets the last signal again and again, and goes on keeping
 * its own name occupied, but nothing else. Not safe for use by many threads.
 */
final class Leftovers {
    private final Host host;
    private final Map<String, List<Leftover>> byName = new LinkedHashMap<>();
    private int survivorsOnPlan;

    Leftovers(Host host) {
        this.host = host;
    }

    /** What sort of leftover. */
    enum Sort {
        /** Of an earlier manager. */
        SURVIVOR("left behind by an earlier manager"),
        /** Of nobody: it came up after the driver was in step, and no order of ours has started it. */
        STRAY("launched by nobody here"),
        /** Of an instance of ours whose first process has ended. */
        LINGERING("left behind by its first process");

        private final String words;

        Sort(String words) {
            this.words = words;
        }
    }

    /** Takes over a life and begins to stop it. */
    void add(String name, Life life, Sort sort) {
        Leftover leftover = new Leftover(name, life, sort, host.roster().stopPlan(name));
        byName.computeIfAbsent(name, n -> new ArrayList<>(1)).add(leftover);
        leftover.recount();
        leftover.begin();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Whether survivors are being stopped, before which nothing at all is launched. */
    boolean holdEverything() {
        return survivorsOnPlan > 0;
    }

    /** The leftover that keeps {@code name} occupied, or null. */
    @Nullable
    Leftover of(String name) {
        List<Leftover> all = byName.get(name);
        return all == null ? null : all.get(0);
    }

    /** The leftover that shows on the feed as an instance that is being stopped, or null. */
    @Nullable
    Leftover shown(String name) {
        for (Leftover leftover : byName.getOrDefault(name, List.of())) {
            if (leftover.shown) {
                return leftover;
            }
        }
        return null;
    }

    @Nullable
    Leftover find(String name, Incarnation life) {
        for (Leftover leftover : byName.getOrDefault(name, List.of())) {
            if (leftover.life.id().equals(life)) {
                return leftover;
            }
        }
        return null;
    }

    /** Each of them, also while some are removed. */
    void forEach(Consumer<Leftover> action) {
        byName.values().stream().flatMap(List::stream).toList().forEach(action);
    }

    private void remove(Leftover leftover) {
        List<Leftover> all = byName.get(leftover.name);
        if (all != null && all.remove(leftover) && all.isEmpty()) {
            byName.remove(leftover.name);
        }
    }

    /** Somebody holds that name who did not before, or does no more. */
    void heldOtherwise(String name) {
        byName.getOrDefault(name, List.of()).forEach(Leftover::heldOtherwise);
    }

    /** One of them. */
    final class Leftover implements Due {
        private final String name;
        private final Life life;
        private final Sort sort;
        private final StopPlan plan;
        private final boolean shown;
        private final int slot;
        private StopPlan.Round round;
        private boolean onPlan;
        private boolean begun;
        private boolean counted; // as a survivor that is being stopped
        private long at;

        private Leftover(String name, Life life, Sort sort, StopPlan plan) {
            this.name = name;
            this.life = life;
            this.sort = sort;
            this.plan = plan;
            this.shown = sort == Sort.SURVIVOR || !host.roster().contains(name);
            this.slot = host.schedule().add(this);
            this.onPlan = !life.hasRefused();
            this.round = life.firstRound(plan);
        }

        Life life() {
            return life;
        }

        /** Why the instance of this name is not launched, or why it is shown as being stopped. */
        Reason keepsOccupied() {
            if (!shown) {
                return new Reason(InstanceCause.EARLIER_PROCESS, "earlier process " + life.describe() + " still there");
            }
            InstanceCause code = sort == Sort.SURVIVOR ? InstanceCause.SURVIVOR : InstanceCause.STRAY;
            return new Reason(code, describe() + fate());
        }

        private String fate() {
            Reason handsOff = handsOff();
            return !onPlan
                    ? ", refuses to die"
                    : handsOff == null ? ", is being stopped" : ", is left alone: " + handsOff.text();
        }

        /** Why no signal is sent to it, or null: a stop that has begun goes on to the end of its plan. */
        private @Nullable Reason handsOff() {
            return begun && onPlan ? null : host.handsOff(name);
        }

        /** Whoever holds it may be another, or nobody. */
        void heldOtherwise() {
            recount();
            if (onPlan) {
                host.publisher().raise(name, key(), describe() + fate());
            }
            host.schedule().ready(slot);
        }

        /** Only survivors that are being stopped keep everybody else waiting. */
        private void recount() {
            boolean counts = sort == Sort.SURVIVOR && onPlan && handsOff() == null;
            if (counts != counted) {
                counted = counts;
                survivorsOnPlan += counts ? 1 : -1;
                if (survivorsOnPlan == 0) {
                    host.roster().readyAll();
                }
            }
        }

        private Reason ended() {
            return new Reason(InstanceCause.STOPPED, describe() + ", is gone");
        }

        private String describe() {
            return life.describe() + ", " + sort.words;
        }

        private String key() {
            return "leftover " + life.id().id();
        }

        private void begin() {
            host.publisher().raise(name, key(), describe() + fate());
            if (of(name) == this && !host.roster().contains(name)) {
                host.publisher().changed(name, RunState.DOWN, RunState.STOPPING, keepsOccupied());
            }
            host.schedule().ready(slot); // signalled in its turn: news of its end may be in the same mail
            host.roster().wake(name);
        }

        private void send() {
            if (handsOff() == null) {
                host.orders().signal(name, life, round.signal());
            }
            at = host.pass().now() + round.grace().toNanos();
            host.schedule().at(slot, at);
        }

        /** The grace of a signal is over. */
        @Override
        public void run(long now) {
            if (!begun) {
                if (handsOff() == null) {
                    begun = true;
                    send();
                }
                if (sort == Sort.STRAY) {
                    host.orders().lookFor(life); // late news of a life that is over looks the same
                }
                return;
            }
            if (now - at < 0) {
                return;
            }
            if (life.hasNextRound(plan)) {
                round = life.nextRound(plan);
            } else {
                exhausted();
            }
            send();
        }

        private void exhausted() {
            host.orders().lookFor(life);
            if (!onPlan) {
                return;
            }
            onPlan = false;
            recount();
            String text = describe() + ", refuses to die";
            if (sort == Sort.STRAY && !shown) {
                host.publisher().raise(name, key(), text); // beside an instance that has nothing to do with it
            } else {
                Reason why = new Reason(InstanceCause.REFUSED_TO_DIE, text);
                host.publisher().keep(name, key(), text);
                host.publisher().failed(name, host.roster().stateOf(name), why);
            }
        }

        /** Nothing of it is left. */
        void gone() {
            remove(this);
            host.schedule().remove(slot);
            host.publisher().clear(name, key());
            host.publisher().message(name, describe() + ", is gone");
            if (host.roster().contains(name)) {
                host.roster().leftoverGone(name, shown ? ended() : Reason.none());
            } else if (of(name) == null) {
                host.publisher().changed(name, RunState.STOPPING, RunState.DOWN, ended());
            }
            onPlan = false;
            recount();
        }

        @Override
        public String name() {
            return name;
        }

        /** The name and the pid, for people. */
        @Override
        public String toString() {
            return name + " (" + life.describe() + ")";
        }
    }
}
