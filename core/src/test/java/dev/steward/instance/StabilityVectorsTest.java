package dev.steward.instance;

import static dev.steward.vectors.Vectors.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import org.junit.jupiter.api.Test;

class StabilityVectorsTest {
    @Test
    void forgets_and_weighs_failures_as_recorded() {
        for (VectorFile file : Vectors.of(Shape.STABILITY)) {
            for (JsonNode vector : file) {
                String where = file + " " + vector.get("id").asText();
                long now = nanos(vector.get("now"));
                Stability stability = Stability.STEADY;
                for (JsonNode time : vector.get("times")) {
                    stability = stability.failedAt(nanos(time));
                }

                Stability kept = stability.at(now, nanos(vector.get("window")));

                assertThat(kept.times()).as("%s: kept", where).containsExactly(nanosOf(vector.get("kept")));
                assertThat(kept.factor(now))
                        .as("%s: factor", where)
                        .isCloseTo(vector.get("factor").asDouble(), within(1e-9));
                file.steps(1);
            }
        }
    }

    private static long[] nanosOf(JsonNode times) {
        long[] nanos = new long[times.size()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = nanos(times.get(i));
        }
        return nanos;
    }
}
