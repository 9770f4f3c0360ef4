package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.TargetAnswer.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Set<String> IDS = Set.of("pump", "lamp");

    @Test
    void answers_each_request_on_its_own() {
        var answers = Requests.answer(
                IDS,
                List.of(
                        TargetRequest.up("pump"),
                        TargetRequest.up("nobody"),
                        new TargetRequest("lamp", "restart"),
                        TargetRequest.down("lamp")));

        assertThat(answers.answers())
                .extracting(TargetAnswer::verdict)
                .containsExactly(Verdict.ACCEPTED, Verdict.UNKNOWN_ID, Verdict.BAD_TARGET, Verdict.ACCEPTED);
        assertThat(answers.targets()).isEqualTo(Map.of("pump", TargetState.UP, "lamp", TargetState.DOWN));
        assertThat(answers.allAccepted()).isFalse();
    }

    @Test
    void reads_requests_in_order_so_that_the_last_one_wins() {
        var answers = Requests.answer(IDS, List.of(TargetRequest.up(TargetRequest.ALL), TargetRequest.down("lamp")));

        assertThat(answers.targets()).isEqualTo(Map.of("pump", TargetState.UP, "lamp", TargetState.DOWN));
        assertThat(answers.allAccepted()).isTrue();
    }

    @Test
    void says_bad_target_of_a_request_that_is_wrong_in_both() {
        var answers = Requests.answer(IDS, List.of(new TargetRequest("nobody", "passive")));

        assertThat(answers.answers())
                .containsExactly(new TargetAnswer(new TargetRequest("nobody", "passive"), Verdict.BAD_TARGET));
        assertThat(answers.targets()).isEmpty();
    }

    @Test
    void takes_words_exactly_as_they_are_written() {
        var answers = Requests.answer(
                IDS, List.of(new TargetRequest("pump", "UP"), TargetRequest.up("Pump"), new TargetRequest("", "")));

        assertThat(answers.answers())
                .extracting(TargetAnswer::verdict)
                .containsExactly(Verdict.BAD_TARGET, Verdict.UNKNOWN_ID, Verdict.BAD_TARGET);
    }

    @Test
    void accepts_a_request_of_all_when_there_is_none() {
        var answers = Requests.answer(Set.of(), List.of(TargetRequest.up(TargetRequest.ALL)));

        assertThat(answers.allAccepted()).isTrue();
        assertThat(answers.targets()).isEmpty();
    }

    @Test
    void refuses_null_words() {
        assertThatThrownBy(() -> new TargetRequest(null, "up")).hasMessage("key");
        assertThatThrownBy(() -> new TargetRequest("pump", null)).hasMessage("target");
    }
}
