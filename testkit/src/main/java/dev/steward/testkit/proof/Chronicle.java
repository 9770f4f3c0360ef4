package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in one run: the states that processes and things went through, and what was remarkable in between, to be read
 * ({@link #toString}) or drawn. A {@link ChronicleRecorder} makes it. Immutable.
 *
 * @param title what was run
 * @param failure the rule that was broken and how, empty if all went well
 * @param facts what else is to be known, such as the seed, in this order
 * @param story the shortest way to the failure, step by step, in words; empty if nobody looked for it
 * @param test source code of a test that does it again, empty if there is none
 * @param entries what happened, in order of time
 * @param dropped how many earlier entries were not kept
 */
public record Chronicle(
        String title,
        String failure,
        Map<String, String> facts,
        List<String> story,
        String test,
        List<Entry> entries,
        long dropped) {

    /** What an entry tells. */
    public enum Mark {
        /** A process entered a state. */
        PROCESS,
        /** A thing entered a state. */
        THING,
        /** Something was made to go wrong. */
        FAULT,
        /** The leader changed, or was made to. */
        LEADER,
        /** Something was asked of the world outside. */
        CALL,
        /** Something was asked of the controller. */
        REQUEST,
        /** Something else happened. */
        EVENT,
        /** What must hold did not. */
        VIOLATION;

        /** Whether it opens a state that lasts, rather than being a moment. */
        public boolean isState() {
            return this == PROCESS || this == THING;
        }
    }

    /**
     * One thing that happened. Immutable.
     *
     * @param at how long after the start of the run
     * @param mark what it tells
     * @param kind of what kind the thing is; empty unless it is a thing
     * @param lane the name of the process or thing that it concerns; empty if it concerns all
     * @param text the word for the state, or what happened
     * @param cause why, empty if that is not known
     * @param failed whether the thing failed for good
     */
    public record Entry(Duration at, Mark mark, String kind, String lane, String text, String cause, boolean failed) {
        /** @throws IllegalArgumentException if it is before the start, or a state of nothing */
        public Entry {
            checkArgument(!at.isNegative(), "%s is before the start", at);
            checkNotNull(mark, "mark");
            checkNotNull(kind, "kind");
            checkArgument(!mark.isState() || !lane.isEmpty(), "%s at %s: whose?", text, at);
            checkNotNull(text, "text");
            checkNotNull(cause, "cause");
        }

        /** One line for people: {@code 1 min 3.5 s  licence l1: held (leased)}. */
        @Override
        public String toString() {
            return ChronicleTime.of(at) + "  " + ChronicleText.line(this);
        }
    }

    /** Copies what it is given. */
    public Chronicle {
        checkNotNull(title, "title");
        checkNotNull(failure, "failure");
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        story = List.copyOf(story);
        checkNotNull(test, "test");
        entries = List.copyOf(entries);
        checkArgument(dropped >= 0, "%s entries dropped", dropped);
    }

    /** The same, of a run that broke a rule. */
    public Chronicle withFailure(String failure) {
        return new Chronicle(title, failure, facts, story, test, entries, dropped);
    }

    /** The same with one fact more, or another value of the fact of this name. */
    public Chronicle withFact(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(checkNotNull(name, "name"), value.toString());
        return new Chronicle(title, failure, more, story, test, entries, dropped);
    }

    /** The same with this way to the failure. */
    public Chronicle withStory(List<String> story) {
        return new Chronicle(title, failure, facts, story, test, entries, dropped);
    }

    /** The same with the source code of a test that does it again. */
    public Chronicle withTest(String test) {
        return new Chronicle(title, failure, facts, story, test, entries, dropped);
    }

    /** When the last thing happened; zero if nothing did. */
    public Duration end() {
        return entries.isEmpty()
                ? Duration.ZERO
                : entries.get(entries.size() - 1).at();
    }

    /** The last things that happened, one line each, at most {@code limit} of them, after a line that says what was left out. */
    public List<String> lines(int limit) {
        return ChronicleText.lines(this, limit);
    }

    /** For people: what was run, what failed, and the last forty things that happened. */
    @Override
    public String toString() {
        return ChronicleText.of(this, 40);
    }
}
