package dev.steward.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sorts of recordings, each told by the members of a file's first record: the table shape → module → issue.
 *
 * <p>The replay of a shape is a class named {@code …VectorsTest} in the tests of the shape's module that names
 * {@code Shape.X}. A shape without one is listed as {@code not replayed}, and fails from its issue on.
 *
 * <p>Immutable.
 */
public enum Shape {
    RESOLVER_STEPS("hostmanager", "core", 2, r -> r.has("before") && r.has("handle")),
    RESOLVER_TRACES("hostmanager", "core", 2, r -> r.has("mode") && r.has("initial")),
    STABILITY("hostmanager", "core", 2, r -> r.has("factor_bits")),
    REQUESTS("hostmanager", "core", 2, r -> r.has("before") && r.has("requests")),
    CONTAINER_TRACES(
            "hostmanager", "drivers", Shape.LATER, r -> r.path("initial").has("record")),
    DOCKER_PARSE("hostmanager", "drivers", Shape.LATER, r -> r.has("config_as_json")),
    CONFIG_MERGE("hostmanager", "testkit", Shape.LATER, r -> r.has("known_classes") && r.has("steps")),
    MANAGER_TRACES("hostmanager", "testkit", Shape.LATER, r -> r.has("passes")),
    /** Informative only: raw pieces of a pipe, which we never read. */
    PROCESS_OUTPUT("hostmanager", "drivers", Shape.LATER, r -> r.has("chunks")),

    WAIT("statewait", "core", 2, r -> r.has("family")),
    WAIT_TOOL("statewait", "core", 2, r -> r.has("args")),
    DEADLINE_QUEUE("statewait", "core", 2, r -> r.has("ops")),
    MACHINE("statewait", "core", Shape.LATER, r -> r.has("rules") && r.has("steps")),
    /** Not vectors but the tables that the machine recordings speak of. */
    MACHINE_TABLES("statewait", "core", Shape.LATER, r -> r.has("rules") && r.has("modes")),

    NODE_STORIES("guardian", "core", 4, r -> r.has("steps")),
    NODE_OK_RULE("guardian", "core", 4, r -> r.has("cases")),

    DOMAIN("epu", "testkit", Shape.LATER, r -> r.path("type").asText().equals("scenario")),

    SHOULD_ADD("elasticslice", "core", Shape.LATER, r -> r.path("in").has("count")),
    SHOULD_DELETE("elasticslice", "core", Shape.LATER, r -> r.path("in").has("enable_delete")),
    SLICE_SCHEDULER("elasticslice", "core", Shape.LATER, r -> r.has("ticks")),
    DELETE_OPERATIONS("elasticslice", "core", Shape.LATER, r -> r.has("delete_in_group")),
    URN("elasticslice", "core", Shape.LATER, r -> r.has("parse")),
    XML_RPC("elasticslice", "drivers", Shape.LATER, r -> r.has("service") && r.has("style")),
    RSPEC("elasticslice", "core", Shape.LATER, r -> r.has("file") && r.has("expect") && !r.has("service"));

    /** The last issue of whose shapes none may be without a replay. Raised by the landing that completes an issue. */
    static final int REACHED = 5;

    /** An issue that is not written yet. */
    private static final int LATER = Integer.MAX_VALUE;

    private final String family;
    private final String module;
    private final int issue;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above hold nothing
    private final Predicate<JsonNode> telling;

    Shape(String family, String module, int issue, Predicate<JsonNode> telling) {
        this.family = family;
        this.module = module;
        this.issue = issue;
        this.telling = telling;
    }

    /** The shape of a file of {@code family} that begins with {@code first}; empty if it is none of ours. */
    static Optional<Shape> of(String family, JsonNode first) {
        List<Shape> told = Arrays.stream(values())
                .filter(shape -> shape.family.equals(family) && shape.telling.test(first))
                .toList();
        if (told.size() > 1) {
            throw new IllegalStateException("a record of " + family + " is told as " + told + ": " + first);
        }
        return told.stream().findFirst();
    }

    /** The folder below the vectors folder. */
    public String family() {
        return family;
    }

    /** The module whose tests replay it: a folder of the project, its submodules included. */
    public String module() {
        return module;
    }

    /** Whether a missing replay is a failure by now. */
    boolean isDue() {
        return issue <= REACHED;
    }

    String issue() {
        return issue == LATER ? "a later issue" : "issue " + issue;
    }

    /** As it stands in the reader's lines. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
