package dev.steward.vectors;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * One file of recordings, read record by record, and the count of what its replay has seen.
 *
 * <p>Its records are its lines, or the members of its array, or of the array {@code vectors} of its object; any other
 * document is one record. Numbers with a point are exact decimals.
 *
 * <p>Not safe for use by many threads.
 */
public final class VectorFile implements Iterable<JsonNode> {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private final Path path;
    private final String name;
    private final Deviations known;
    private final TreeMap<String, Integer> deviations = new TreeMap<>();
    private int vectors;
    private int steps;
    private boolean whole;

    VectorFile(Path folder, Path path, Deviations known) {
        this.path = path;
        this.name = plain(folder.relativize(path).toString());
        this.known = known;
    }

    /** All records, once each. May be asked for again; then they count again. */
    @Override
    public Iterator<JsonNode> iterator() {
        InputStream in = open(path);
        Iterator<JsonNode> records = records(in);
        return new AbstractIterator<>() {
            @Override
            protected JsonNode computeNext() {
                if (records.hasNext()) {
                    vectors++;
                    return records.next();
                }
                close(in);
                whole = true;
                return endOfData();
            }
        };
    }

    /** Counts {@code n} further steps as replayed. */
    public void steps(int n) {
        steps += n;
    }

    /** Counts one deviation; fails if the page does not admit it. What we return instead is the caller's to assert. */
    public void deviates(String id) {
        known.check(id);
        deviations.merge(id, 1, Integer::sum);
    }

    /**
     * What a replay asserts, and goes on from: the recorded value, or ours if this is the situation of a deviation.
     *
     * @param here whether the recorded situation is the one that the deviation names
     */
    public <T> T unless(String id, boolean here, T recorded, T ours) {
        if (!here || recorded.equals(ours)) {
            return recorded;
        }
        deviates(id);
        return ours;
    }

    /** The bytes of a file beside this one, such as a document that an index names. */
    public byte[] beside(String other) {
        Path plain = path.resolveSibling(other);
        try (InputStream in = open(Files.exists(plain) ? plain : path.resolveSibling(other + ".gz"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " names " + other, e);
        }
    }

    /** The line that stands in the build's output. */
    String summary() {
        if (!whole || vectors == 0) {
            throw new AssertionError(name + ": the replay ended after " + vectors + " vectors");
        }
        int all = deviations.values().stream().mapToInt(Integer::intValue).sum();
        String which = deviations.entrySet().stream()
                .map(deviation -> deviation.getKey() + ": " + deviation.getValue())
                .collect(joining(", ", " (", ")"));
        return "vectors " + name + ": " + vectors + " vectors, " + steps + " steps, " + all + " deviations"
                + (all == 0 ? "" : which);
    }

    JsonNode first() {
        try (InputStream in = open(path)) {
            Iterator<JsonNode> records = records(in);
            if (!records.hasNext()) {
                throw new AssertionError(name + " is empty");
            }
            return records.next();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Family and file, without the compression. */
    @Override
    public String toString() {
        return name;
    }

    static String plain(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private static Iterator<JsonNode> records(InputStream in) {
        try {
            MappingIterator<JsonNode> values = JSON.readValues(in);
            return Iterators.concat(Iterators.transform(values, VectorFile::unpack));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterator<JsonNode> unpack(JsonNode value) {
        JsonNode vectors = value.path("vectors");
        return vectors.isArray() ? vectors.iterator() : Iterators.singletonIterator(value);
    }

    private static InputStream open(Path path) {
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(path));
            return path.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        } catch (IOException e) {
            throw new UncheckedIOException("no recording " + path, e);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
