package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NodeVectorsTest {
    private static final NodeManager.Options DEFAULTS = NodeManager.Options.defaults();

    @Test
    void sees_and_asks_nodes_as_recorded() {
        int comparisons = 0;
        for (VectorFile file : Vectors.of(Shape.NODE_STORIES)) {
            for (JsonNode vector : file) {
                Story story = new Story(vector, DEFAULTS);

                assertThat(story.play())
                        .as("%s %s", file, vector.get("name").asText())
                        .isEmpty();
                comparisons += story.comparisons();
                file.steps(vector.get("steps").size());
            }
        }
        System.out.println("vectors guardian: " + comparisons + " values compared");
    }

    /** Why a release leaves MANAGER alone unless it is told otherwise. */
    @Test
    void clearing_manager_at_a_release_would_differ_from_three_recorded_views() {
        Assumptions.assumeFalse(Vectors.areGiven(), "other recordings may hold other stories");
        List<String> differences = new ArrayList<>();
        for (VectorFile file : Vectors.of(Shape.NODE_STORIES)) {
            for (JsonNode vector : file) {
                new Story(vector, DEFAULTS.withForgetManager(true))
                        .play().stream()
                                .filter(difference -> difference.contains("i_manage"))
                                .map(difference -> vector.get("name").asText() + ", " + difference)
                                .forEach(differences::add);
                file.steps(vector.get("steps").size());
            }
        }
        assertThat(differences)
                .hasSize(3)
                .allSatisfy(difference -> assertThat(difference)
                        .containsAnyOf("management-408, step 9,", "management-408, step 10,", "random-604, step 59,")
                        .endsWith("true is recorded, false is ours"));
    }

    @Test
    void the_rule_of_ok_is_as_recorded() {
        for (VectorFile file : Vectors.of(Shape.NODE_OK_RULE)) {
            for (JsonNode vector : file) {
                for (JsonNode ok : vector.get("cases")) {
                    JsonNode records = ok.get("records");
                    boolean ours = okRule(records);

                    assertThat(ours)
                            .as("%s: %s", file, records)
                            .isEqualTo(ok.get("ok").booleanValue());
                    assertThat(view(records).okByRule().build().ok()).isEqualTo(ours);
                    file.steps(1);
                }
            }
        }
    }

    private static boolean okRule(JsonNode records) {
        return NodeView.okRule(
                NodeOp.valueOf(records.get("OP").asText()),
                NodeMode.valueOf(records.get("MODE").asText()),
                records.get("REQUEST").asText(),
                records.get("STATE").asText(),
                nominal(records),
                NodeStatus.valueOf(records.get("STATUS").asText()),
                Story.error(records.get("ERROR")),
                records.get("CONNECT").asText());
    }

    private static String nominal(JsonNode records) {
        return records.get("NOMINAL").isNull() ? "" : records.get("NOMINAL").asText();
    }

    private static NodeViewBuilder view(JsonNode records) {
        return NodeView.in(records.get("STATE").asText())
                .op(NodeOp.valueOf(records.get("OP").asText()))
                .mode(NodeMode.valueOf(records.get("MODE").asText()))
                .request(records.get("REQUEST").asText())
                .nominal(nominal(records))
                .status(NodeStatus.valueOf(records.get("STATUS").asText()))
                .error(Story.error(records.get("ERROR")))
                .connect(records.get("CONNECT").asText())
                .notification(records.path("NOTIFICATION").asBoolean());
    }
}
