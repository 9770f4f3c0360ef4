package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One look of a probe, and the answers to it, which may come from any thread; the rest is for the thread of the test. */
final class ProbeLook implements Consumer<@Nullable ProbeResult> {
    private static final ProbeResult NULL = ProbeResult.unwell("null");

    private final ProbeContract contract;
    private final Probe.Subject subject;
    private final BlockingQueue<Optional<ProbeResult>> answers = new LinkedBlockingQueue<>();

    /** Not begun. */
    ProbeLook(ProbeContract contract, Probe.Subject subject) {
        this.contract = contract;
        this.subject = subject;
    }

    /** Begins it. */
    ProbeLook of(Probe probe) {
        probe.check(subject, this);
        return this;
    }

    Probe.Subject subject() {
        return subject;
    }

    @Override
    public void accept(@Nullable ProbeResult result) {
        answers.add(Optional.ofNullable(result));
    }

    /** The answer, which must come in time; empty for null. */
    Optional<ProbeResult> answer() throws InterruptedException {
        Optional<ProbeResult> answer = contract.poll(answers, contract.patience());
        assertThat(answer).as("the answer to the look at %s", subject).isNotNull();
        return answer == null ? Optional.empty() : answer;
    }

    /** The same; null is one rule's business and a bad answer for all others. */
    ProbeResult result() throws InterruptedException {
        return answer().orElse(NULL);
    }

    /** The answer, if there is one within a while. */
    Optional<ProbeResult> resultIfAny() throws InterruptedException {
        Optional<ProbeResult> answer = contract.poll(answers, contract.quiet());
        return answer == null ? Optional.empty() : Optional.of(answer.orElse(NULL));
    }

    /** Fails if there is an answer within a while that has not been taken. */
    void assertQuiet() throws InterruptedException {
        assertThat(contract.poll(answers, contract.quiet()))
                .as("another answer to the look at %s", subject)
                .isNull();
    }
}
