package dev.steward.guard;

import java.util.List;
import java.util.function.Supplier;

/**
 * One state of a system as it was declared and checked. Immutable.
 *
 * @param supplier makes the object of a visit
 * @param periodNanos how often {@code run} is called; 0 = as the node has it
 * @param checks looked at before each call, in this order
 */
record Declared(
        String name,
        int index,
        Supplier<? extends GuardState> supplier,
        boolean isHidden,
        boolean isFromAnywhere,
        boolean isProtected,
        long periodNanos,
        List<StateCheck> checks) {}
