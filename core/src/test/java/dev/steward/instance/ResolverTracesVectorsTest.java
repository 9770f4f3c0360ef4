package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import org.junit.jupiter.api.Test;

class ResolverTracesVectorsTest {
    @Test
    void lives_every_recorded_story() {
        FiredRows rows = new FiredRows();
        for (VectorFile file : Vectors.of(Shape.RESOLVER_TRACES)) {
            for (JsonNode vector : file) {
                replay(file + " " + vector.get("id").asText(), vector, rows);
                file.steps(vector.get("steps").size());
            }
        }
        rows.report("resolver traces");
    }

    private static void replay(String story, JsonNode vector, FiredRows rows) {
        JsonNode initial = vector.get("initial");
        var instance = new RecordedInstance(initial.get("now"), initial.get("state"), initial.get("handle"));
        int number = 0;
        for (JsonNode step : vector.get("steps")) {
            String where = story + " step " + number++;
            step.get("events").forEach(event -> instance.event(event, step.get("now")));

            assertThat(instance.isRunning())
                    .as("%s: running", where)
                    .isEqualTo(step.get("running").asBoolean());
            rows.count(instance.step(where, step.get("now"), step.get("after"), step.get("actions")));
        }
    }
}
