package dev.steward.testkit.contract;

import dev.steward.testkit.contract.RegisterHistory.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches an order of the operations on one key in which each finds what the one before has left: depth first, and no state of affairs
 * twice. Not safe for use by many threads.
 */
final class RegisterOrder {
    private static final int SHOWN = 30;

    private final List<Operation> operations;
    private final Map<Long, String> values;
    private final int known;
    private final Set<State> seen = new HashSet<>();
    private State farthest = new State(new BitSet(), "", 0);

    /** Which operations have happened, what there is then, and the newest revision that is known. */
    private record State(BitSet happened, String value, long revision) {}

    RegisterOrder(List<Operation> all, Map<Long, String> values) {
        operations = new ArrayList<>(all);
        operations.sort(Comparator.comparingLong(each -> each.start));
        this.values = values;
        known = (int) operations.stream().filter(Operation::isKnown).count();
    }

    /** Empty if there is an order; else how far one comes. */
    String find() {
        Deque<State> open = new ArrayDeque<>();
        open.push(farthest);
        while (!open.isEmpty()) {
            State state = open.pop();
            int happened = knownOf(state);
            if (happened == known) {
                return "";
            }
            if (happened > knownOf(farthest)) {
                farthest = state;
            }
            long firstEnd = firstEnd(state);
            for (int i = state.happened.nextClearBit(0);
                    i < operations.size();
                    i = state.happened.nextClearBit(i + 1)) {
                if (operations.get(i).start > firstEnd) {
                    break;
                }
                State next = after(state, i);
                if (next != null && seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return describe();
    }

    private int knownOf(State state) {
        return (int)
                state.happened.stream().filter(i -> operations.get(i).isKnown()).count();
    }

    /** What has not happened yet and ends first: nothing that begins later can come before it. */
    private long firstEnd(State state) {
        long first = Long.MAX_VALUE;
        for (int i = state.happened.nextClearBit(0); i < operations.size(); i = state.happened.nextClearBit(i + 1)) {
            Operation each = operations.get(i);
            if (each.start > first) {
                break;
            }
            first = Math.min(first, each.end);
        }
        return first;
    }

    /** What there is if this happens next; null: it cannot. */
    private @Nullable State after(State state, int i) {
        Operation next = operations.get(i);
        Operation own = next.own;
        if (own != null && !state.happened.get(operations.indexOf(own))) {
            return null;
        }
        if (next.reads ? !next.found.equals(state.value) : !expects(next, state.value)) {
            return null;
        }
        if (!next.reads && next.revision != 0 && next.revision <= state.revision) {
            return null;
        }
        BitSet happened = (BitSet) state.happened.clone();
        happened.set(i);
        return next.reads
                ? new State(happened, state.value, Math.max(state.revision, next.revision))
                : new State(happened, next.value, Math.max(state.revision, next.revision));
    }

    private boolean expects(Operation write, String there) {
        return write.expected == 0 ? there.isEmpty() : !there.isEmpty() && there.equals(values.get(write.expected));
    }

    private String describe() {
        List<String> lines = new ArrayList<>();
        lines.add(knownOf(farthest) + " of " + known + " can be put in order, to the value '" + farthest.value
                + "'; those that begin next are");
        operations.stream()
                .filter(each -> !farthest.happened.get(operations.indexOf(each)))
                .limit(SHOWN)
                .forEach(each -> lines.add("  " + each));
        return String.join(System.lineSeparator(), lines);
    }
}
