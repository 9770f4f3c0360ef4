package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import dev.steward.testkit.FakeProbe;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fake probe can be told to do. */
class FakeProbeTest {
    private static final Probe.Subject WEB = new Probe.Subject("web", new Incarnation("one"), 17);

    private final Simulation simulation = new Simulation(1);
    private final FakeProbe probe = new FakeProbe(simulation);
    private final List<ProbeResult> answers = new ArrayList<>();

    @Test
    void finds_all_well_at_first_at_its_instant_but_not_in_the_call() {
        probe.check(WEB, answers::add);
        assertThat(answers).isEmpty();

        simulation.run(Duration.ZERO);
        assertThat(answers).containsExactly(ProbeResult.well());
    }

    @Test
    void finds_what_it_is_told_to() {
        probe.answersUnwell("out of paper").answersInTheCall();
        probe.check(WEB, answers::add);
        probe.answersWell();
        probe.check(WEB, answers::add);

        assertThat(answers).containsExactly(ProbeResult.unwell("out of paper"), ProbeResult.well());
    }

    @Test
    void answers_to_the_nanosecond_when_it_is_told_to_with_what_was_true_when_it_looked() {
        probe.takes(Duration.ofSeconds(2)).answersUnwell("then");
        probe.check(WEB, answers::add);
        probe.answersWell();

        simulation.run(Duration.ofSeconds(2).minusNanos(1));
        assertThat(answers).isEmpty();
        simulation.run(Duration.ofNanos(1));
        assertThat(answers).containsExactly(ProbeResult.unwell("then"));
    }

    @Test
    void says_nothing_or_throws_when_it_is_told_to_and_counts_all_looks() {
        probe.silent().check(WEB, answers::add);
        probe.throwsIt();
        assertThatIllegalStateException()
                .isThrownBy(() -> probe.check(WEB, answers::add))
                .withMessageContaining("web");
        simulation.run(Duration.ofHours(1));

        assertThat(answers).isEmpty();
        assertThat(probe.looks()).isEqualTo(2);
        assertThat(probe.subjects()).containsExactly(WEB, WEB);
    }

    @Test
    void loses_delays_and_repeats_answers_as_planned() {
        simulation
                .faults()
                .on("probe.answer.lost", 1)
                .on("probe.answer.late", 1)
                .on("probe.answer.twice", 2);
        probe.answersInTheCall();

        probe.check(WEB, answers::add);
        simulation.run(Duration.ofMinutes(1));
        assertThat(answers).isEmpty();

        probe.check(WEB, answers::add);
        assertThat(answers).isEmpty();
        simulation.run(Duration.ofSeconds(20));
        assertThat(answers).hasSize(1);

        probe.check(WEB, answers::add);
        assertThat(answers).hasSize(2);
        simulation.run(Duration.ofSeconds(20));
        assertThat(answers).hasSize(3);
    }

    @Test
    void refuses_a_time_that_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> probe.takes(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> probe.lag(Duration.ZERO));
    }
}
