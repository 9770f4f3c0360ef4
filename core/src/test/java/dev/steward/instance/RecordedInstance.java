package dev.steward.instance;

import static dev.steward.vectors.Vectors.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.instance.Resolver.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * An instance of a recording: the manager's part around the {@link Resolver} and nothing else. Its clock begins so close to
 * the end of its range that a story wraps round it. Not safe for use by many threads.
 */
final class RecordedInstance {
    private static final long MICROSECOND = 1_000;
    private static final long BEFORE_WRAP = Long.MAX_VALUE - 2_000_000_000L;

    private final long offset;
    private boolean operable;
    private boolean passive;
    private NextAction next;
    private TargetState target;
    private boolean hasDeadline;
    private long deadline;
    private Stability stability;
    private RecordedHandle handle;

    RecordedInstance(JsonNode now, JsonNode state, JsonNode handle) {
        this.offset = BEFORE_WRAP - nanos(now);
        this.operable = state.get("operable").asBoolean();
        this.passive = state.get("passive_tracking").asBoolean();
        this.next = nextAction(state.get("next_action"));
        this.target = target(state.get("target_state"));
        setDeadline(state.get("at"));
        this.stability = stability(times(state));
        this.handle = RecordedHandle.of(handle);
    }

    /** What happens to it from outside. */
    void event(JsonNode event, JsonNode now) {
        JsonNode value = event.path("value");
        handle = handle.after(event);
        switch (event.get("type").asText()) {
            case "tick", "restart-required", "started", "exited", "handle-dropped" -> {}
            case "target" -> target = target(value);
            case "passive" -> passive = value.asBoolean();
            case "operable" -> operable = value.asBoolean();
            case "retire" -> {
                setDeadline(now);
                target = TargetState.DOWN;
            }
            case "disown" -> {
                passive = true;
                target = TargetState.PASSIVE;
            }
            case "cull-fail-times" -> {
                long oldest = at(now) - nanos(event.get("window"));
                stability = stability(LongStream.of(stability.times())
                        .filter(time -> time - oldest >= 0)
                        .toArray());
            }
            default -> throw new AssertionError("unknown event " + event);
        }
    }

    /**
     * Calls the resolver once, does what it says, and compares.
     *
     * @param where named when the comparison fails
     * @return the row that matched
     */
    int step(String where, JsonNode now, JsonNode after, JsonNode actions) {
        NextAction before = next;
        boolean due = !hasDeadline || at(now) - deadline >= 0;
        Outcome outcome = Resolver.resolve(operable, next, target, isRunning(), passive, due);
        next = outcome.next();
        target = outcome.target();
        if (outcome.timer() != Timer.KEEP) {
            hasDeadline = true;
            deadline = at(now) + outcome.timer().reference().toNanos();
        }
        if (outcome.isFailure()) {
            stability = stability.failedAt(at(now));
        }
        assertState(where, after);
        assertActions(where, outcome, before, now, actions);
        return outcome.row();
    }

    boolean isRunning() {
        return handle.running();
    }

    private void assertState(String where, JsonNode after) {
        assertThat(next).as("%s: next action", where).isEqualTo(nextAction(after.get("next_action")));
        assertThat(target).as("%s: target", where).isEqualTo(target(after.get("target_state")));
        assertThat(operable)
                .as("%s: operable", where)
                .isEqualTo(after.get("operable").asBoolean());
        assertThat(passive)
                .as("%s: passive", where)
                .isEqualTo(after.get("passive_tracking").asBoolean());
        assertThat(hasDeadline).as("%s: has a deadline", where).isEqualTo(nanos(after.get("at")) != 0);
        if (hasDeadline) {
            assertThat(deadline - at(after.get("at"))).as("%s: deadline", where).isZero();
        }
        assertThat(stability.times()).as("%s: failures", where).containsExactly(times(after));
    }

    private void assertActions(String where, Outcome outcome, NextAction before, JsonNode now, JsonNode actions) {
        assertThat(outcome.act() == Resolver.Act.LAUNCH)
                .as("%s: launch", where)
                .isEqualTo(actions.get("launch").asBoolean());
        assertThat(outcome.act() == Resolver.Act.TERMINATE)
                .as("%s: terminate", where)
                .isEqualTo(actions.get("terminate").asBoolean());
        JsonNode sleep = actions.get("sleep");
        assertThat(outcome.sleepUntilDue()).as("%s: sleeps", where).isNotEqualTo(sleep.isNull());
        if (outcome.sleepUntilDue()) {
            assertThat(deadline - at(now)).as("%s: sleep", where).isCloseTo(nanos(sleep), within(MICROSECOND));
        }
        assertThat(messages(outcome, before))
                .as("%s: messages", where)
                .isEqualTo(recordedMessages(actions.get("messages")));
    }

    private List<String> messages(Outcome outcome, NextAction before) {
        String kind = outcome.note().name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> messages = new ArrayList<>();
        switch (outcome.note()) {
            case NONE -> {}
            case EXIT_DETECTED -> {
                messages.add(kind + " code=" + handle.exitCode());
                handle.stderr()
                        .map(OutputTail::of)
                        .map(tail -> "stderr-tail text=" + tail.text() + " trimmed=" + tail.trimmed())
                        .ifPresent(messages::add);
            }
            case RESET_TO_IDLE -> messages.add(kind + " from=" + word(before));
            case NO_RULE -> messages.add(kind + " next_action=" + word(next) + " target_state=" + word(target));
            default -> messages.add(kind);
        }
        return messages;
    }

    private static List<String> recordedMessages(JsonNode messages) {
        List<String> found = new ArrayList<>();
        for (JsonNode message : messages) {
            StringBuilder text = new StringBuilder(message.get("kind").asText());
            message.properties().stream()
                    .filter(member -> !member.getKey().equals("kind"))
                    .map(member ->
                            " " + member.getKey() + "=" + member.getValue().asText())
                    .sorted()
                    .forEach(text::append);
            found.add(text.toString());
        }
        return found;
    }

    private void setDeadline(JsonNode at) {
        hasDeadline = nanos(at) != 0;
        deadline = at(at);
    }

    /** A recorded instant on this story's clock. */
    private long at(JsonNode instant) {
        return nanos(instant) + offset;
    }

    private long[] times(JsonNode state) {
        long[] times = new long[state.get("fail_times").size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = at(state.get("fail_times").get(i));
        }
        return times;
    }

    private static Stability stability(long[] times) {
        Stability stability = Stability.STEADY;
        for (long time : times) {
            stability = stability.failedAt(time);
        }
        return stability;
    }

    /** Any other word would be an action on which nothing depends, as the inoperable one is when an instance is operable. */
    private static NextAction nextAction(JsonNode word) {
        for (NextAction action : NextAction.values()) {
            if (word(action).equals(word.asText())) {
                return action;
            }
        }
        return NextAction.INOPERABLE;
    }

    private static String word(NextAction action) {
        return action == NextAction.INOPERABLE ? "?" : action.name().toLowerCase(Locale.ROOT);
    }

    private static TargetState target(JsonNode word) {
        return TargetState.valueOf(word.asText().toUpperCase(Locale.ROOT));
    }

    private static String word(TargetState target) {
        return target.name().toLowerCase(Locale.ROOT);
    }
}
