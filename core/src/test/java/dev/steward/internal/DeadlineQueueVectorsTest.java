package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeadlineQueueVectorsTest {
    @Test
    void keeps_deadlines_as_recorded() {
        for (VectorFile file : Vectors.of(Shape.DEADLINE_QUEUE)) {
            for (JsonNode trace : file) {
                // the same on a clock that starts anywhere, and that wraps within the recording
                LongStream.of(0, 12_345, Long.MAX_VALUE - 3).forEach(origin -> new Replay(file, trace, origin).run());
                file.steps(trace.get("ops").size());
            }
        }
    }

    /** The items of a recording as slots, in the order in which they are mentioned. */
    private static final class Replay {
        private final VectorFile file;
        private final JsonNode trace;
        private final long origin;
        private final DeadlineQueue queue;
        private final DeadlineQueue twin;
        private final List<String> items = new ArrayList<>();

        private Replay(VectorFile file, JsonNode trace, long origin) {
            this.file = file;
            this.trace = trace;
            this.origin = origin;
            this.queue = new DeadlineQueue(origin);
            this.twin = new DeadlineQueue(origin);
        }

        private void run() {
            int number = 0;
            for (JsonNode op : trace.get("ops")) {
                String where = file + " " + trace.get("id").asText() + " op " + number++ + " " + op;
                switch (op.get("op").asText()) {
                    case "insert" -> {
                        queue.schedule(slot(op), origin + op.get("time").asLong());
                        twin.schedule(slot(op), origin + op.get("time").asLong());
                    }
                    case "delete" ->
                        assertThat(cancel(slot(op)) ? 0 : 1)
                                .as(where)
                                .isEqualTo(op.get("rc").asInt());
                    case "find" -> {
                        boolean there = queue.isScheduled(slot(op));
                        assertThat(there).as(where).isNotEqualTo(op.get("time").isNull());
                        if (there) {
                            assertThat(time(slot(op)))
                                    .as(where)
                                    .isEqualTo(op.get("time").asLong());
                        }
                    }
                    case "head" -> assertFirst(where, op);
                    case "pop" -> {
                        assertFirst(where, op);
                        assertThat(cancel(queue.first()))
                                .as(where)
                                .isEqualTo(op.get("rc").asInt() == 0);
                    }
                    case "size" ->
                        assertThat(queue.size())
                                .as(where)
                                .isEqualTo(op.get("size").asInt());
                    default -> throw new AssertionError(where + ": unknown operation");
                }
            }
            assertDrainedAsPopped();
        }

        private void assertFirst(String where, JsonNode op) {
            int first = queue.first();
            if (op.get("rc").asInt() == 0) {
                assertThat(items.get(first)).as(where).isEqualTo(op.get("item").asText());
                assertThat(time(first)).as(where).isEqualTo(op.get("time").asLong());
            } else {
                assertThat(first).as(where).isNegative();
            }
        }

        /** What is left at the end comes out of a drain in the order in which it would be popped. */
        private void assertDrainedAsPopped() {
            List<Integer> popped = new ArrayList<>();
            for (int first = twin.first(); first >= 0; first = twin.first()) {
                popped.add(first);
                twin.cancel(first);
            }
            List<Integer> drained = new ArrayList<>();
            queue.drain(origin + Integer.MAX_VALUE, drained::add);
            assertThat(drained).isEqualTo(popped);
            assertThat(queue.size()).isZero();
        }

        private boolean cancel(int slot) {
            twin.cancel(slot);
            return queue.cancel(slot);
        }

        private long time(int slot) {
            return queue.deadline(slot) - origin;
        }

        private int slot(JsonNode op) {
            String item = op.get("item").asText();
            if (!items.contains(item)) {
                items.add(item);
            }
            return items.indexOf(item);
        }
    }
}
