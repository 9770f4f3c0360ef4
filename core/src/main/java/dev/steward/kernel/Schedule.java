package dev.steward.kernel;

import dev.steward.internal.Agenda;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who of many has a turn in this pass: an {@link Agenda} that knows the owners of its slots. It is what makes a pass cost what is due
 * and not what exists. Not safe for use by many threads.
 */
public final class Schedule {
    private static final int TURNS_PER_LOOK_AT_THE_CLOCK = 64;
    private static final long PAUSE_AFTER_DEFECT = 1_000_000_000L;

    private final TimeSource time;
    private final Agenda agenda;
    private final BiConsumer<Due, RuntimeException> onDefect;
    private final List<@Nullable Due> owners = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /**
     * Nobody has a turn yet.
     *
     * @param onDefect told what an owner has thrown; its next turn is a second later
     */
    public Schedule(TimeSource time, BiConsumer<Due, RuntimeException> onDefect) {
        this.time = time;
        this.agenda = new Agenda(time.nanos());
        this.onDefect = onDefect;
    }

    /** A slot for {@code owner}, which is not ready yet. */
    public int add(Due owner) {
        Integer slot = free.poll();
        if (slot == null) {
            owners.add(owner);
            return owners.size() - 1;
        }
        owners.set(slot, owner);
        return slot;
    }

    /** Gives a slot back; a turn that is still owed to it goes to its next owner, whom that does no harm. */
    public void remove(int slot) {
        agenda.cancel(slot);
        owners.set(slot, null);
        free.push(slot);
    }

    /** Gives {@code slot} a turn in this pass if its turns have not begun, else in the next one. */
    public void ready(int slot) {
        agenda.ready(slot);
    }

    /** Gives {@code slot} a turn at {@code at}, instead of at the deadline that it may have. */
    public void at(int slot, long at) {
        agenda.schedule(slot, at);
    }

    /** Forgets the deadline of {@code slot}. */
    public void cancel(int slot) {
        agenda.cancel(slot);
    }

    /** Gives their turns to those that are ready now, and goes on taking new ones for {@code budget} nanoseconds at most. */
    public void run(long now, long budget) {
        int turns = agenda.collect(now);
        for (int turn = 0; turn < turns; turn++) {
            if (turn % TURNS_PER_LOOK_AT_THE_CLOCK == TURNS_PER_LOOK_AT_THE_CLOCK - 1 && time.nanos() - now >= budget) {
                return;
            }
            int slot = agenda.next();
            Due owner = owners.get(slot);
            if (owner != null) {
                run(slot, owner, now);
            }
        }
    }

    private void run(int slot, Due owner, long now) {
        try {
            owner.run(now);
        } catch (RuntimeException defect) {
            agenda.schedule(slot, now + PAUSE_AFTER_DEFECT);
            onDefect.accept(owner, defect);
        }
    }

    /** How many slots there are, those that were given back included. */
    public int size() {
        return owners.size();
    }

    /** When the next pass is wanted: 0 for at once, {@link Long#MAX_VALUE} for when something wakes it. */
    public long nanosToNext(long now) {
        return agenda.nanosToNext(now);
    }
}
