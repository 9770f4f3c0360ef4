package dev.steward.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import org.junit.jupiter.api.Test;

class ResolverStepsVectorsTest {
    @Test
    void resolves_every_recorded_step() {
        FiredRows rows = new FiredRows();
        for (VectorFile file : Vectors.of(Shape.RESOLVER_STEPS)) {
            for (JsonNode vector : file) {
                String where = file + " " + vector.get("id").asText();
                JsonNode now = vector.get("now");
                var instance = new RecordedInstance(now, vector.get("before"), vector.get("handle"));

                rows.count(instance.step(where, now, vector.get("after"), vector.get("actions")));
                file.steps(1);
            }
        }
        rows.report("resolver steps");
    }
}
