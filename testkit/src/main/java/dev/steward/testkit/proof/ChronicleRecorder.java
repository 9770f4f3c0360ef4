package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateEvent;
import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what happens in a run. It keeps the last things that happened, so that a long run costs no more than a short one, and
 * of the earlier ones only the state that each process and thing was left in. Times never go back: an entry that comes late is
 * recorded at the time of the one before it. Not safe for use by many threads.
 */
public final class ChronicleRecorder {
    /** How many entries are kept unless said otherwise. */
    public static final int LIMIT = 20_000;

    private final int limit;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<List<Object>, Entry> before = new LinkedHashMap<>();
    private long dropped;
    private Duration last = Duration.ZERO;

    /** Keeps the last {@link #LIMIT} entries. */
    public ChronicleRecorder() {
        this(LIMIT);
    }

    /** @param limit how many entries are kept, at least one */
    public ChronicleRecorder(int limit) {
        checkArgument(limit >= 1, "at least one entry is kept: %s", limit);
        this.limit = limit;
    }

    /**
     * A process entered a state.
     *
     * @param at how long after the start of the run
     * @param state such as {@code running}, {@code leading}, {@code paused}, {@code crashed}, {@code closed}
     * @param cause why, or empty
     */
    public void process(Duration at, String process, String state, String cause) {
        add(at, Mark.PROCESS, "", process, state, cause, false);
    }

    /**
     * A thing entered a state, or failed for good.
     *
     * @param at how long after the start of the run
     * @param cause why, or empty
     */
    public void thing(Duration at, String kind, String name, String state, String cause, boolean failed) {
        add(at, Mark.THING, kind, name, state, cause, failed);
    }

    /** A thing entered a state, or failed for good, and somebody published that. */
    public void thing(Duration at, StateEvent event) {
        String cause = event.cause().isNone() ? "" : event.cause().toString();
        String request = event.request().isEmpty() ? "" : "for request " + event.request();
        String why = cause.isEmpty() || request.isEmpty() ? cause + request : cause + ", " + request;
        thing(at, event.kind().toString(), event.name(), event.state(), why, event.isFailure());
    }

    /**
     * Something remarkable happened that is no state.
     *
     * @param at how long after the start of the run
     * @param lane the name of the process or thing that it concerns; empty if it concerns all
     * @throws IllegalArgumentException if the mark stands for a state
     */
    public void mark(Duration at, Mark mark, String lane, String text) {
        checkArgument(!mark.isState(), "%s %s: a state is told with process() or thing()", mark, text);
        add(at, mark, "", lane, text, "", mark == Mark.VIOLATION);
    }

    private void add(Duration at, Mark mark, String kind, String lane, String text, String cause, boolean failed) {
        if (at.compareTo(last) > 0) {
            last = at;
        }
        if (entries.size() == limit) {
            drop(entries.remove());
        }
        entries.add(new Entry(last, mark, kind, lane, text, cause, failed));
    }

    private void drop(Entry entry) {
        dropped++;
        if (entry.mark().isState()) {
            before.put(List.of(entry.mark(), entry.kind(), entry.lane()), entry);
        }
    }

    /** How many entries were recorded, those included that were not kept. */
    public long recorded() {
        return dropped + entries.size();
    }

    /**
     * What happened so far.
     *
     * @param title what was run
     */
    public Chronicle chronicle(String title) {
        checkNotNull(title, "title");
        List<Entry> kept = new ArrayList<>(before.values());
        kept.sort((one, other) -> one.at().compareTo(other.at()));
        long lost = dropped - kept.size();
        kept.addAll(entries);
        return new Chronicle(title, "", Map.of(), List.of(), "", kept, lost);
    }
}
