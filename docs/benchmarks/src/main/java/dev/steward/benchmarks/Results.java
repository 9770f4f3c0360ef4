package dev.steward.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What one round has measured, as JMH wrote it. Immutable once read. */
final class Results {
    private static final String BYTES = "gc.alloc.rate.norm";

    private final Map<String, JsonNode> byKey = new HashMap<>();

    private Results() {}

    /** Reads those of the files that are there. */
    static Results read(List<Path> files) throws IOException {
        var results = new Results();
        for (Path file : files) {
            if (Files.exists(file)) {
                for (JsonNode one : new ObjectMapper().readTree(file.toFile())) {
                    results.byKey.put(key(one), one);
                }
            }
        }
        return results;
    }

    /** {@code Class.method}, and for each parameter that tells benchmarks apart {@code :value}. */
    private static String key(JsonNode one) {
        String full = one.path("benchmark").asText();
        int method = full.lastIndexOf('.');
        String simple = full.substring(full.lastIndexOf('.', method - 1) + 1);
        StringBuilder key = new StringBuilder(simple);
        for (String parameter : List.of("waited", "instances", "nodes", "guards", "by")) {
            JsonNode value = one.path("params").path(parameter);
            if (!value.isMissingNode()) {
                key.append(':').append(value.asText());
            }
        }
        return key.toString();
    }

    /** A score, or a counter if the key ends in {@code #counter}. */
    OptionalDouble value(String key) {
        int hash = key.indexOf('#');
        return hash < 0
                ? number(node(key).path("primaryMetric").path("score"))
                : number(secondary(key.substring(0, hash), key.substring(hash + 1)));
    }

    /** Bytes allocated for each operation. */
    OptionalDouble bytes(String key) {
        return number(secondary(key, BYTES));
    }

    private JsonNode secondary(String key, String metric) {
        JsonNode metrics = node(key).path("secondaryMetrics");
        JsonNode found = metrics.path(metric);
        return (found.isMissingNode() ? metrics.path("·" + metric) : found).path("score");
    }

    private JsonNode node(String key) {
        JsonNode found = byKey.get(key);
        return found == null ? new ObjectMapper().missingNode() : found;
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
