package dev.steward.benchmarks;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The ring of the LMAX Disruptor for several producers, with a batching processor, as its user guide sets it up. */
final class DisruptorHop implements Hop {
    private static final int ROOM = 16_384;
    private static final EventTranslatorOneArg<Slot, Integer> FILL = (slot, sequence, number) -> slot.number = number;

    private final int events;
    private final RingBuffer<Slot> ring;
    private @Nullable BatchEventProcessor<Slot> processor;

    private static final class Slot {
        private Integer number = 0;
    }

    DisruptorHop(int events, WaitStrategy waiting) {
        this.events = events;
        this.ring = RingBuffer.createMultiProducer(Slot::new, ROOM, waiting);
    }

    @Override
    public void send(int number) {
        ring.publishEvent(FILL, number);
    }

    @Override
    public void receive(IntConsumer reached) {
        var handler = new Handler(reached);
        processor = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), handler);
        ring.addGatingSequences(processor.getSequence());
        processor.run();
    }

    private final class Handler implements EventHandler<Slot> {
        private final IntConsumer reached;

        private Handler(IntConsumer reached) {
            this.reached = reached;
        }

        @Override
        public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
            reached.accept(slot.number);
            if (slot.number == events - 1 && processor != null) {
                processor.halt();
            }
        }
    }
}
