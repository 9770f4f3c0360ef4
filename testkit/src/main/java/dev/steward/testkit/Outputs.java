package dev.steward.testkit;

import dev.steward.instance.Output;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the programs of a {@link FakeHost} have written: the last lines of each instance and stream, over all of its lives and drivers, as
 * files keep them. Safe for use by many threads.
 */
final class Outputs {
    private static final int KEPT = 1_000;

    private final Map<Key, Stream> streams = new HashMap<>();

    private record Key(String owner, String name, Output output) {}

    private static final class Stream {
        private final Deque<String> lines = new ArrayDeque<>();
        private long written;
    }

    Outputs() {}

    synchronized void write(FakeLife life, Output output, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        Stream stream = streams.computeIfAbsent(new Key(life.owner(), life.name(), output), any -> new Stream());
        for (String line : lines) {
            stream.written++;
            stream.lines.addLast(line);
            if (stream.lines.size() > KEPT) {
                stream.lines.removeFirst();
            }
        }
    }

    /** How many lines there have been so far. */
    synchronized long written(String owner, String name, Output output) {
        Stream stream = streams.get(new Key(owner, name, output));
        return stream == null ? 0 : stream.written;
    }

    /** The last lines, at most {@code most}, the oldest first. */
    synchronized List<String> tail(String owner, String name, Output output, long most) {
        Stream stream = streams.get(new Key(owner, name, output));
        if (stream == null) {
            return List.of();
        }
        return stream.lines.stream()
                .skip(Math.max(stream.lines.size() - most, 0))
                .toList();
    }

    /** What has been written to standard error since this life began, as far as it is kept. */
    List<String> errors(FakeLife life) {
        long since = written(life.owner(), life.name(), Output.STDERR) - life.errorsFrom;
        return tail(life.owner(), life.name(), Output.STDERR, since);
    }
}
