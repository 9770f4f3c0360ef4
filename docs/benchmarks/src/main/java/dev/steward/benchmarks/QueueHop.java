package dev.steward.benchmarks;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntConsumer;

/** The JDK's {@link ArrayBlockingQueue}, read without a pause or by a thread that it parks. */
final class QueueHop implements Hop {
    private static final int ROOM = 16_384;

    private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(ROOM);
    private final int events;
    private final boolean parked;

    QueueHop(int events, boolean parked) {
        this.events = events;
        this.parked = parked;
    }

    @Override
    public void send(int number) {
        while (!queue.offer(number)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void receive(IntConsumer reached) {
        try {
            for (int arrived = 0; arrived < events; arrived++) {
                reached.accept(parked ? queue.take() : spin());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private int spin() {
        Integer number;
        do {
            number = queue.poll();
        } while (number == null);
        return number;
    }
}
