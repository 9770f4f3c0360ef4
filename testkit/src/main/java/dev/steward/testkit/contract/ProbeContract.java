package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Probe} must do. <b>Made for you to extend</b> in the test of a probe of your own: say how to make one that
 * {@linkplain #findsWell finds all well}, and one that {@linkplain #findsUnwell does not}.
 *
 * <p>Answers are awaited for {@link #patience} at most; where a rule says that none comes, the test listens for {@link #quiet}. A probe on
 * virtual time overrides {@link #poll}.
 */
public abstract class ProbeContract {
    private static final int MANY = 5;

    /** For subclasses. */
    protected ProbeContract() {}

    // ---- what an implementation says

    /** A probe of something that is well, whatever {@link #subject} it is asked about. */
    protected abstract Probe findsWell();

    /** A probe of something that is not well, whatever {@link #subject} it is asked about. */
    protected abstract Probe findsUnwell();

    /**
     * A probe whose looks find out nothing for longer than a test takes: nobody answers it, what it asks never ends. Where it belongs to
     * something that owns several probes, that is the owner of {@link #findsWell} too. Empty if there is no such thing.
     */
    protected Optional<Probe> hangs() {
        return Optional.empty();
    }

    /** A probe that would find all well, if it, or what it belongs to, were not closed. Empty if there is nothing to close. */
    protected Optional<Probe> closed() {
        return Optional.empty();
    }

    /** Whom the probes are asked about: for each number, another instance. */
    protected Probe.Subject subject(int number) {
        long pid = ProcessHandle.current().pid();
        return new Probe.Subject("web-" + number, new Incarnation("life-" + number), pid);
    }

    /** Takes the next of {@code answers} as soon as it is there, or null if there is none within {@code limit}. */
    protected <T> @Nullable T poll(BlockingQueue<T> answers, Duration limit) throws InterruptedException {
        return answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long an answer may take; at first 20 s. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** How long to listen where no answer may come; at first 200 ms. */
    protected Duration quiet() {
        return Duration.ofMillis(200);
    }

    /** How long the call may take that begins a look, in real time; at first 2 s, because the machine may be busy. */
    protected Duration promptness() {
        return Duration.ofSeconds(2);
    }

    // ---- the rules

    @Test
    public final void finds_what_is_well() throws InterruptedException {
        assertThat(look(1).of(findsWell()).result().isWell()).isTrue();
    }

    @Test
    public final void finds_what_is_not_well_and_says_what() throws InterruptedException {
        ProbeResult result = look(1).of(findsUnwell()).result();

        assertThat(result.isWell()).isFalse();
        assertThat(result.text()).as("what is wrong, for people").isNotBlank();
    }

    @Test
    public final void never_answers_with_null() throws InterruptedException {
        assertThat(look(1).of(findsWell()).answer()).isPresent();
        assertThat(look(1).of(findsUnwell()).answer()).isPresent();
    }

    @Test
    public final void answers_each_look_once() throws InterruptedException {
        ProbeLook well = look(1).of(findsWell());
        ProbeLook unwell = look(2).of(findsUnwell());
        well.answer();
        unwell.answer();

        well.assertQuiet();
        unwell.assertQuiet();
    }

    @Test
    public final void knows_nothing_of_earlier_looks() throws InterruptedException {
        Probe well = findsWell();
        Probe unwell = findsUnwell();

        for (int i = 0; i < MANY; i++) {
            assertThat(look(1).of(well).result().isWell())
                    .as("well in round %s", i)
                    .isTrue();
            assertThat(look(1).of(unwell).result().isWell())
                    .as("well in round %s", i)
                    .isFalse();
        }
    }

    @Test
    public final void looks_at_several_at_once() throws InterruptedException {
        Probe probe = findsWell();
        List<ProbeLook> looks = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            looks.add(look(i).of(probe));
        }

        for (ProbeLook look : looks) {
            assertThat(look.result().isWell()).as("%s", look.subject()).isTrue();
        }
    }

    @Test
    public final void answers_two_looks_at_the_same_life_at_once() throws InterruptedException {
        Probe probe = findsWell();
        ProbeLook first = look(1).of(probe);
        ProbeLook second = look(1).of(probe);

        assertThat(first.result().isWell()).isTrue();
        assertThat(second.result().isWell()).isTrue();
        first.assertQuiet();
        second.assertQuiet();
    }

    @Test
    public final void does_not_wait_and_minds_no_interrupt() throws InterruptedException {
        Probe probe = findsWell();
        boolean kept;
        ProbeLook look;

        Thread.currentThread().interrupt();
        try {
            look = look(1).of(probe);
        } finally {
            kept = Thread.interrupted();
        }

        assertThat(kept)
                .as("the interrupt status is kept: nothing has waited and swallowed it")
                .isTrue();
        assertThat(look.result().isWell()).isTrue();
    }

    @Test
    public final void may_be_asked_from_another_thread() throws InterruptedException {
        Probe probe = findsWell();
        look(1).of(probe).answer();

        ProbeLook second = look(2);
        assertThat(returnsInTime(() -> second.of(probe))).as("the call returns").isTrue();

        assertThat(second.result().isWell()).isTrue();
    }

    @Test
    public final void may_be_asked_again_from_within_an_answer() throws InterruptedException {
        Probe probe = findsWell();
        ProbeLook second = look(1);

        probe.check(subject(1), first -> second.of(probe));

        assertThat(second.result().isWell()).isTrue();
    }

    @Test
    public final void does_not_suffer_from_an_answer_that_throws() throws InterruptedException {
        Probe probe = findsWell();
        var told = new LinkedBlockingQueue<ProbeResult>();
        try {
            probe.check(subject(1), result -> {
                told.add(result);
                throw new Hostile();
            });
            assertThat(poll(told, patience())).as("the answer").isNotNull();
        } catch (RuntimeException passedOn) {
            assertThat(passedOn).hasStackTraceContaining("hostile");
        }

        assertThat(look(2).of(probe).result().isWell()).isTrue();
    }

    @Test
    public final void returns_at_once_from_a_look_that_hangs_and_looks_at_others_meanwhile()
            throws InterruptedException {
        Probe hanging = hangs().orElse(null);
        if (hanging == null) {
            return;
        }
        Probe probe = findsWell();
        ProbeLook first = look(1);

        assertThat(returnsInTime(() -> first.of(hanging)))
                .as("the call returns")
                .isTrue();

        assertThat(look(2).of(probe).result().isWell()).isTrue();
    }

    @Test
    public final void finds_nothing_well_when_it_is_closed() throws InterruptedException {
        Probe closed = closed().orElse(null);
        if (closed == null) {
            return;
        }
        ProbeLook look = look(1).of(closed);

        assertThat(look.resultIfAny().map(ProbeResult::isWell))
                .as("an answer that is good")
                .isNotEqualTo(Optional.of(true));
    }

    private ProbeLook look(int subject) {
        return new ProbeLook(this, subject(subject));
    }

    /** Whether a call on another thread returns in time; if not, it is interrupted. */
    private boolean returnsInTime(Runnable call) throws InterruptedException {
        Thread other = new Thread(call, "probe-contract");
        other.setDaemon(true);
        other.start();
        other.join(promptness().toMillis());
        boolean returned = !other.isAlive();
        other.interrupt();
        return returned;
    }
}
