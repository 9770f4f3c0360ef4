package dev.steward.instance;

import java.util.List;

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

    /**
     * Asks how much memory a life uses; answered by {@link Observation.Measured}, or not at all by a driver that cannot tell, and for a life
     * that is gone.
     */
    void measure(String name, Incarnation life);

    /**
     * The last complete lines that an instance has written, the oldest first; none if it never wrote. Control characters are still in it.
     * Reads what it has to, so this is not for a pass; safe for use by many threads, and answers before {@link #open} and after
     * {@link #close} too.
     *
     * @param most lines; at least 1
     * @throws java.io.UncheckedIOException if there are some and they cannot be read
     */
    List<String> tail(String name, Output output, int most);

    /**
     * Lets go: no more news, no more orders. What becomes of the children that still run was said when the driver was made, as
     * {@link OnClose}. Idempotent, and bounded to a few seconds.
     */
    @Override
    void close();
}
