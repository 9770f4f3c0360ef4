package dev.steward.instance;

import org.jspecify.annotations.Nullable;

/** What is wanted of one instance: its configuration, its target, and whether it is to go. Not safe for use by many threads. */
final class Wanted {
    private InstanceSpec spec;
    private TargetState target;
    private boolean withdrawn;
    private @Nullable Successor successor;

    /** What takes the place of a withdrawn instance of the same name once that has come down. */
    record Successor(InstanceSpec spec, TargetState target) {}

    Wanted(InstanceSpec spec, TargetState target) {
        this.spec = spec;
        this.target = target;
    }

    /** A request; for a withdrawn instance it is about its successor. */
    void request(TargetState wanted) {
        Successor comes = successor;
        if (!withdrawn) {
            target = wanted;
        } else if (comes != null) {
            successor = new Successor(comes.spec(), wanted);
        }
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

    boolean isWithdrawn() {
        return withdrawn;
    }

    @Nullable
    Successor successor() {
        return successor;
    }

    /** The text without its secrets. */
    String hide(String text) {
        return Texts.hideSecrets(spec.launch(), text);
    }

    /** Why it is not wanted up. */
    String whyDown() {
        return !withdrawn ? "wanted down" : successor == null ? "not configured any more" : "configured otherwise";
    }
}
