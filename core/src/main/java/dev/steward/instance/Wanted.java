package dev.steward.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is wanted of one instance: its configuration, its target, and whether it is to go. Not safe for use by many threads. */
final class Wanted {
    private InstanceSpec spec;
    private TargetState target;
    private boolean withdrawn;
    private @Nullable Successor successor;
    private boolean requested;
    private @Nullable Instant reset;

    /**
     * What takes the place of a withdrawn instance of the same name once that has come down.
     *
     * @param requested whether its target was asked for; else it is as configured
     */
    record Successor(InstanceSpec spec, TargetState target, boolean requested) {}

    Wanted(InstanceSpec spec, TargetState target, boolean requested) {
        this.spec = spec;
        this.target = target;
        this.requested = requested;
    }

    /** A request; for a withdrawn instance it is about its successor. */
    void request(TargetState wanted, Instant at) {
        Successor comes = successor;
        if (!withdrawn) {
            target = wanted;
            requested = true;
            reset = at;
        } else if (comes != null) {
            successor = new Successor(comes.spec(), wanted, true);
        }
    }

    /** Somebody asks for it to be started anew. */
    void reset(Instant at) {
        reset = at;
    }

    /** It was wanted so before the restart of the manager. */
    void recall(KeptInstance kept) {
        if (kept.requested()) {
            target = kept.target();
            requested = true;
        }
        reset = kept.reset();
    }

    /** The table has taken a target back. */
    void settleFor(TargetState decided) {
        target = decided;
    }

    /** It is configured in another way that does not make it another instance; answers whether that changes anything. */
    boolean configure(InstanceSpec changed) {
        boolean other = !changed.equals(spec);
        spec = changed;
        return other;
    }

    /** It is configured no more, or as another instance: then {@code comes} takes its place. */
    void withdraw(@Nullable Successor comes) {
        withdrawn = true;
        successor = comes;
        target = TargetState.DOWN;
    }

    InstanceSpec spec() {
        return spec;
    }

    TargetState target() {
        return target;
    }

    boolean up() {
        return target == TargetState.UP;
    }

    boolean down() {
        return target == TargetState.DOWN;
    }

    /** Whether its target was asked for; else it is as configured. */
    boolean isRequested() {
        return requested;
    }

    /** Whether anybody has asked for anything. */
    boolean hasBeenAsked() {
        return requested || reset != null;
    }

    /** When somebody last asked for it, so that all counted anew; null if nobody did. */
    @Nullable
    Instant reset() {
        return reset;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    @Nullable
    Successor successor() {
        return successor;
    }

    /** The text without its secrets. */
    String hide(String text) {
        return Secret.hideAll(spec.launch(), text);
    }

    /** Why it is not wanted up. */
    String whyDown() {
        return !withdrawn ? "wanted down" : successor == null ? "not configured any more" : "configured otherwise";
    }
}
