package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;
import java.util.Optional;

/**
 * What became of one update. Immutable.
 *
 * @param answers one for each request, in order
 * @param reload what became of the reload that was asked for; empty if none was asked for or it was not tried
 */
public record UpdateAnswer(List<TargetAnswer> answers, Optional<ConfigStatus> reload) {
    /** Neither is null. */
    public UpdateAnswer {
        answers = List.copyOf(answers);
        checkNotNull(reload, "reload");
    }

    /** Whether every request was accepted and no reload failed. */
    public boolean isAccepted() {
        return refused().isEmpty() && reload.map(ConfigStatus::ok).orElse(true);
    }

    /** The requests that were not accepted. */
    public List<TargetAnswer> refused() {
        return answers.stream().filter(answer -> !answer.isAccepted()).toList();
    }
}
