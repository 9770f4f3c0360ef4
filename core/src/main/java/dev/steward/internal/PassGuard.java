package dev.steward.internal;

import java.util.concurrent.atomic.AtomicBoolean;

/** Detects two passes of one loop at once, be it from two threads or from inside the loop itself. Safe for use by many threads. */
public final class PassGuard {
    private final AtomicBoolean inPass = new AtomicBoolean();

    /** A guard of a loop that is not in a pass. */
    public PassGuard() {}

    /**
     * Begins a pass.
     *
     * @throws IllegalStateException if one is under way
     */
    public void enter(String name) {
        if (!tryEnter()) {
            throw new IllegalStateException("two passes at once of loop '" + name + "'");
        }
    }

    /**
     * Begins something that must not happen in the middle of a pass, and during which no pass may begin; {@link #exit} ends it.
     *
     * @throws IllegalStateException if a pass is under way
     */
    public void enter(String action, String name) {
        if (!tryEnter()) {
            throw new IllegalStateException(action + " during a pass of loop '" + name + "'");
        }
    }

    /** The same, if no pass is under way; answers whether. */
    public boolean tryEnter() {
        return inPass.compareAndSet(false, true);
    }

    /** Ends the pass; what it wrote is visible to whoever begins the next one. */
    public void exit() {
        inPass.setRelease(false);
    }
}
