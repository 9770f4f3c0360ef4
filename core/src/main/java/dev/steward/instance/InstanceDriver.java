package dev.steward.instance;

/**
 * Starts and stops instances on behalf of a {@code HostManager}, and tells what becomes of them.
 *
 * <p><b>Contract.</b> Every call returns at once. Orders are carried out in the order given; news come in the order of what happened,
 * through {@link DriverEvents}, from any thread. A launch is answered by {@link Observation.Running} or {@link Observation.Refused}; where
 * the answer is lost, a {@link #look} tells. The end of a life is told once: {@link Observation.Exited}, and {@link Observation.Gone}
 * later if something lingered. A driver launches nothing by itself and signals nothing but what belongs to the life named.
 *
 * <p><b>Threads.</b> Called from one thread at a time, but for {@link #close}, which may come from any.
 *
 * <p>Implementations are tested with the testkit's {@code InstanceDriverContract}.
 */
public interface InstanceDriver extends AutoCloseable {
    /**
     * Starts looking. The first {@link Census} follows by itself, with ticket 0; the manager decides nothing before it.
     *
     * @throws IllegalStateException if it is open or closed
     */
    void open(DriverEvents events);

    /** What it can start and stop. */
    Management manages();

    /** Starts a life of an instance. */
    void launch(InstanceSpec spec, Incarnation life);

    /** Sends a signal to everything that belongs to a life; to one that is gone, nothing happens. */
    void signal(String name, Incarnation life, Signal signal);

    /** Asks for a {@link Census} that has seen at least all orders given before. */
    void look(long ticket);

    /** Lets go: no more news, no more orders, nothing is killed. Idempotent, and bounded to a few seconds. */
    @Override
    void close();
}
