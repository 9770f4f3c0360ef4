package dev.steward.benchmarks;

import java.util.function.IntConsumer;

/** One way of handing numbered events from one thread to another. */
interface Hop extends AutoCloseable {
    /** Sends one event; the numbers are 0, 1, 2 and so on. On the sender's thread. */
    void send(int number);

    /** Calls {@code reached} with the number of each event as it arrives, and returns after the last. On the receiver's thread. */
    void receive(IntConsumer reached);

    @Override
    default void close() {}
}
