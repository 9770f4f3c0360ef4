package dev.steward.instance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a recording says of the process of its instance. Immutable.
 *
 * @param exitCode as text, {@code null} for none
 * @param stderr its last lines, if it is of the kind that keeps them
 */
record RecordedHandle(boolean running, String exitCode, Optional<List<String>> stderr) {
    private static final RecordedHandle NONE = new RecordedHandle(false, "null", Optional.empty());

    static RecordedHandle of(JsonNode handle) {
        return handle.isNull()
                ? NONE
                : new RecordedHandle(
                        handle.get("running").asBoolean(),
                        handle.get("exit_code").asText(),
                        lines(handle));
    }

    /** The handle after an event of a trace, most of which don't concern it. */
    RecordedHandle after(JsonNode event) {
        return switch (event.get("type").asText()) {
            case "started" ->
                new RecordedHandle(
                        true,
                        "null",
                        Optional.of(List.<String>of())
                                .filter(none -> event.get("keeps_stderr").asBoolean()));
            case "exited" ->
                new RecordedHandle(
                        false, event.get("code").asText(), lines(event).or(() -> stderr));
            case "handle-dropped" -> NONE;
            default -> this;
        };
    }

    private static Optional<List<String>> lines(JsonNode from) {
        return Optional.ofNullable(from.get("stderr"))
                .map(lines -> StreamSupport.stream(lines.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }
}
