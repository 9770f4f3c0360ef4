package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.instance.TargetAnswer.Verdict;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestsVectorsTest {
    @Test
    void answers_requests_as_recorded() {
        for (VectorFile file : Vectors.of(Shape.REQUESTS)) {
            for (JsonNode vector : file) {
                String where = file + " " + vector.get("id").asText();

                var answers = Requests.answer(ids(vector.get("before")), requests(vector.get("requests")));

                assertThat(after(vector.get("before"), answers.targets()))
                        .as("%s: targets", where)
                        .isEqualTo(words(vector.get("after")));
                assertThat(complaints(answers.answers()))
                        .as("%s: complaints", where)
                        .isEqualTo(recordedComplaints(vector.get("messages")));
                file.steps(vector.get("requests").size());
            }
        }
    }

    private static Set<String> ids(JsonNode table) {
        Set<String> ids = new LinkedHashSet<>();
        table.properties().stream()
                .filter(row -> !row.getValue().get("management").asText().equals("retired"))
                .forEach(row -> ids.add(row.getKey()));
        return ids;
    }

    private static List<TargetRequest> requests(JsonNode pairs) {
        List<TargetRequest> requests = new ArrayList<>();
        pairs.forEach(pair ->
                requests.add(new TargetRequest(pair.get(0).asText(), pair.get(1).asText())));
        return requests;
    }

    private static Map<String, String> after(JsonNode before, Map<String, TargetState> targets) {
        Map<String, String> after = new LinkedHashMap<>();
        before.properties()
                .forEach(row -> after.put(
                        row.getKey(), row.getValue().get("target_state").asText()));
        targets.forEach((id, target) -> after.put(id, target.name().toLowerCase(Locale.ROOT)));
        return after;
    }

    private static Map<String, String> words(JsonNode table) {
        Map<String, String> words = new LinkedHashMap<>();
        table.properties().forEach(row -> words.put(row.getKey(), row.getValue().asText()));
        return words;
    }

    private static List<String> complaints(List<TargetAnswer> answers) {
        return answers.stream()
                .filter(answer -> !answer.isAccepted())
                .map(answer -> (answer.verdict() == Verdict.BAD_TARGET ? "bad-state " : "bad-key ")
                        + answer.request().key())
                .toList();
    }

    private static List<String> recordedComplaints(JsonNode messages) {
        List<String> complaints = new ArrayList<>();
        messages.forEach(message -> complaints.add(
                message.get("kind").asText() + " " + message.get("id").asText()));
        return complaints;
    }
}
