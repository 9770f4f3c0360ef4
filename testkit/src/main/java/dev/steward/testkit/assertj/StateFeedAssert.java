package dev.steward.testkit.assertj;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what a {@link StateFeed} has recorded. A failure says what was recorded instead.
 *
 * <p>States are words, and count whether they were entered or failed in.
 */
public final class StateFeedAssert extends AbstractAssert<StateFeedAssert, StateFeed> {
    private final Predicate<StateEvent> scope;

    StateFeedAssert(StateFeed actual) {
        this(actual, event -> true);
    }

    private StateFeedAssert(StateFeed actual, Predicate<StateEvent> scope) {
        super(actual, StateFeedAssert.class);
        this.scope = scope;
    }

    /** Looks only at things of this kind; for tests with things of one name and several kinds. */
    public StateFeedAssert ofKind(Kind<?> kind) {
        return narrowed(event -> event.kind() == kind);
    }

    /** Looks only at what was published behind {@code position}. */
    public StateFeedAssert since(Position position) {
        return narrowed(event -> event.sequence() > position.sequence());
    }

    private StateFeedAssert narrowed(Predicate<StateEvent> further) {
        StateFeedAssert narrowed = new StateFeedAssert(actual, scope.and(further));
        narrowed.info.description(info.description());
        return narrowed;
    }

    /** The thing went through these states in this order, with whatever between, before and behind. */
    public StateFeedAssert recorded(String name, String... states) {
        checkArgument(states.length > 0, "no states are expected of '%s'", name);
        History history = history();
        List<StateEvent> events = history.of(name);
        int matched = 0;
        for (StateEvent event : events) {
            if (matched < states.length && event.state().equals(states[matched])) {
                matched++;
            }
        }
        if (matched < states.length) {
            String missing = matched == 0
                    ? "there is no '" + states[0] + "'"
                    : "behind '" + states[matched - 1] + "' there is no '" + states[matched] + "'";
            failWithMessage(
                    "Expecting '%s' to have recorded %s in this order but %s in: %s",
                    name, Arrays.toString(states), missing, history.text(events));
        }
        return this;
    }

    /** The thing went through just these states in this order, and no others. */
    public StateFeedAssert recordedExactly(String name, String... states) {
        History history = history();
        List<StateEvent> events = history.of(name);
        if (!events.stream().map(StateEvent::state).toList().equals(List.of(states))) {
            failWithMessage(
                    "Expecting '%s' to have recorded exactly %s but it recorded: %s",
                    name, Arrays.toString(states), history.text(events));
        }
        return this;
    }

    /** Nothing was recorded of the thing. */
    public StateFeedAssert recordedNothingOf(String name) {
        return recordedExactly(name);
    }

    /** The thing never was in this state. */
    public StateFeedAssert neverRecorded(String name, String state) {
        History history = history();
        List<StateEvent> events = history.of(name);
        if (events.stream().anyMatch(event -> event.state().equals(state))) {
            failWithMessage(
                    "Expecting '%s' never to have recorded '%s' but it recorded: %s",
                    name, state, history.text(events));
        }
        return this;
    }

    /** The last that was recorded of the thing is this state. */
    public StateFeedAssert lastRecorded(String name, String state) {
        History history = history();
        List<StateEvent> events = history.of(name);
        if (events.isEmpty() || !events.get(events.size() - 1).state().equals(state)) {
            failWithMessage(
                    "Expecting '%s' to have recorded '%s' last but it recorded: %s", name, state, history.text(events));
        }
        return this;
    }

    /** Nothing failed for good. */
    public StateFeedAssert hasNoFailure() {
        History history = history();
        List<StateEvent> failures =
                history.events().stream().filter(StateEvent::isFailure).toList();
        if (!failures.isEmpty()) {
            failWithMessage("Expecting no failure but there was: %s", history.text(failures));
        }
        return this;
    }

    /** The thing failed for good. */
    public StateFeedAssert hasFailure(String name) {
        History history = history();
        List<StateEvent> events = history.of(name);
        if (events.stream().noneMatch(StateEvent::isFailure)) {
            failWithMessage("Expecting a failure of '%s' but it recorded: %s", name, history.text(events));
        }
        return this;
    }

    private History history() {
        isNotNull();
        return History.of(actual, scope);
    }
}
