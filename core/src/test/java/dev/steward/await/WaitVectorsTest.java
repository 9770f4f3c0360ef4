package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.CANCELLED;
import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.RecordedBus.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replays every recorded wait twice: on our feed, where events are taken as they are published, and on a foreign one. */
class WaitVectorsTest {
    @Test
    void waits_as_recorded() {
        for (VectorFile file : Vectors.of(Shape.WAIT)) {
            for (JsonNode trace : file) {
                new Replay(file, trace, Scene.onOurFeed()).run();
                new Replay(file, trace, Scene.onForeignFeed()).run();
                file.steps(trace.get("steps").size());
            }
        }
    }

    /** One caller, who has at most one wait at a time. */
    private static final class Replay {
        private final VectorFile file;
        private final JsonNode trace;
        private final Scene scene;
        private final RecordedBus bus;
        private final Set<String> keptByUs = new HashSet<>(); // cancelled in the recording, but not by us
        private StateWait wait;
        private boolean abandoned; // closed with names pending
        private int looked; // so many had ended at the last look
        private String where;

        private Replay(VectorFile file, JsonNode trace, Scene scene) {
            this.file = file;
            this.trace = trace;
            this.scene = scene;
            this.bus = new RecordedBus(file, scene, trace);
        }

        private void run() {
            int number = 0;
            for (JsonNode step : trace.get("steps")) {
                where = file + " " + trace.get("id").asText() + " step " + number++
                        + (scene.isForeign() ? ", foreign" : "");
                bus.advanceTo(step.get("at").asLong());
                switch (step.get("op").asText()) {
                    case "advance" -> bus.advanceTo(step.get("to").asLong());
                    case "init" -> init(step);
                    case "wait" -> await(step);
                    case "cancel" -> cancel(step);
                    case "end" -> end();
                    default -> throw new AssertionError(where + ": unknown step " + step);
                }
            }
            end();
            assertThat(scene.ours.tap(WaitIndex::new))
                    .as("%s: what is left in the index", where)
                    .extracting(index -> ((WaitIndex) index).size())
                    .isEqualTo(0);
        }

        private void init(JsonNode step) {
            end();
            keptByUs.clear();
            looked = 0;
            abandoned = false;
            wait = bus.open(words(step.get("states")), words(step.get("nodes")));
        }

        private void await(JsonNode step) {
            long began = bus.clock();
            bus.await(wait, step.path("timeout").asLong());
            looked = wait.result().settled().size();

            long returned =
                    file.unless("D-await-2", abandoned, step.get("returned_at").asLong(), began);
            assertThat(bus.clock()).as("%s: returned at", where).isEqualTo(returned);
            assertThat(names(FINISHED)).as("%s: finished", where).isEqualTo(words(step.get("finished")));
            assertThat(names(FAILED)).as("%s: failed", where).isEqualTo(words(step.get("failed")));
        }

        private List<String> names(NameResult.Outcome outcome) {
            return wait.result().names(outcome).stream()
                    .filter(name -> !keptByUs.contains(name))
                    .toList();
        }

        private void cancel(JsonNode step) {
            String node = step.get("node").asText();
            boolean unseen = hasEndedSinceTheLastLook(node);

            int rc = file.unless("D-await-1", unseen, step.get("rc").asInt(), 1);

            assertThat(wait.cancel(Scene.NODE, node) ? 0 : 1)
                    .as("%s: cancelled", where)
                    .isEqualTo(rc);
            if (unseen) {
                keptByUs.add(node);
                assertThat(wait.result().find(Scene.NODE, node).orElseThrow().outcome())
                        .as("%s: what had arrived", where)
                        .isIn(FINISHED, FAILED);
            } else if (rc == 0) {
                assertThat(wait.result().names(CANCELLED)).as(where).contains(node);
            }
        }

        private boolean hasEndedSinceTheLastLook(String node) {
            List<NameResult> settled = wait.result().settled();
            return settled.subList(Math.min(looked, settled.size()), settled.size()).stream()
                    .anyMatch(result -> result.name().equals(node) && result.outcome() != CANCELLED);
        }

        private void end() {
            if (wait != null && !wait.isSettled()) {
                abandoned = !wait.result().names(PENDING).isEmpty();
            }
            if (wait != null) {
                wait.close();
            }
        }
    }
}
