package dev.steward.instance;

import dev.steward.event.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the reference's table is asked with about one instance, and what the {@link Rule}s have to say beyond that. Immutable.
 *
 * @param running what the table is to see
 * @param due whether its deadline has passed
 * @param escalate whether the next signal of the stop plan is due
 * @param held why it must not be launched now, whatever the table says; null if it may
 * @param moved why {@code next} is not what it was, or null
 */
record Inputs(
        boolean operable,
        NextAction next,
        TargetState target,
        boolean running,
        boolean due,
        boolean escalate,
        @Nullable Reason held,
        @Nullable Reason moved,
        Facts facts) {
    /** As it is, before any rule: what runs is what the table sees. */
    Inputs(boolean operable, NextAction next, TargetState target, boolean due, Facts facts) {
        this(operable, next, target, facts.isAlive(), due, false, null, null, facts);
    }

    boolean is(NextAction action) {
        return next == action;
    }

    boolean isBeforeLaunch() {
        return next == NextAction.DOWN || next == NextAction.START_AT || next == NextAction.START;
    }

    boolean wantedUp() {
        return target == TargetState.UP;
    }

    boolean wantedDown() {
        return target == TargetState.DOWN;
    }

    /** As if that were wanted. */
    Inputs wanted(TargetState other) {
        return new Inputs(operable, next, other, running, due, escalate, held, moved, facts);
    }

    /** As if something ran, or nothing did. */
    Inputs seen(boolean other) {
        return new Inputs(operable, next, target, other, due, escalate, held, moved, facts);
    }

    /** As if it had got to another place. */
    Inputs moved(NextAction other, Reason why) {
        return new Inputs(operable, other, target, running, due, escalate, held, why, facts);
    }

    /** As if there were no deadline, or another one. */
    Inputs notDue() {
        return new Inputs(operable, next, target, running, false, escalate, held, moved, facts);
    }

    /** The deadline is not the last one: the stop plan goes on. */
    Inputs escalated() {
        return new Inputs(operable, next, target, running, false, true, held, moved, facts);
    }

    /** Not to be launched now; the first reason counts. */
    Inputs held(Reason why) {
        return held != null ? this : new Inputs(operable, next, target, running, due, escalate, why, moved, facts);
    }
}
