package dev.steward.testkit;

/**
 * Something that the world will do in a {@link Simulation}: a process that ends, an answer that arrives. Not safe for use by many
 * threads.
 */
public final class Happening extends Due {
    private final Simulation simulation;
    private final String what;
    private final Runnable action;

    Happening(Simulation simulation, String what, Runnable action) {
        this.simulation = simulation;
        this.what = what;
        this.action = action;
    }

    void happen() {
        action.run();
    }

    /** What will happen, as the trace has it. */
    public String what() {
        return what;
    }

    /** Whether it is still to come. */
    public boolean isPending() {
        return isScheduled();
    }

    /** Keeps it from happening; answers whether it was still to come. */
    public boolean cancel() {
        return simulation.cancel(this);
    }

    @Override
    public String toString() {
        return what;
    }
}
