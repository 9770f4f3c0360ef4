package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of the probes, the limit of a look, and the end of all of them. */
@Timeout(60)
class LooksTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Asked.Threads threads = new Asked.Threads();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private HostProbes probes = probes(LONG, 2, 100);

    @AfterEach
    void close() {
        release.countDown();
        probes.close();
        assertThat(threads.living()).isEmpty();
    }

    private HostProbes probes(Duration limit, int most, int queue) {
        return new HostProbes(null, limit, most, queue, threads);
    }

    /** Returns when it is released, and takes no notice of an interrupt. */
    private Probe deaf() {
        return probes.custom(() -> {
            boolean interrupted = false;
            while (true) {
                try {
                    release.await();
                    break;
                } catch (InterruptedException ignored) {
                    interrupted = true;
                }
            }
            return ProbeResult.unwell(interrupted ? "late" : "released");
        });
    }

    private Probe patient(AtomicInteger interrupts) {
        return probes.custom(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException givenUp) {
                interrupts.incrementAndGet();
            }
            return ProbeResult.unwell("released");
        });
    }

    @Test
    void has_no_thread_before_the_first_look_and_only_named_daemons_after() {
        assertThat(threads.made).isEmpty();

        Asked.ask(probes.custom(ProbeResult::well));

        assertThat(threads.living())
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .containsExactlyInAnyOrder("steward-probe-1", "steward-probe-limits");
    }

    @Test
    void answers_at_the_limit_what_hangs_and_interrupts_it() {
        probes = probes(SHORT, 2, 100);
        var interrupts = new AtomicInteger();
        Probe hanging = patient(interrupts);

        assertThat(Asked.ask(hanging)).isEqualTo(ProbeResult.unwell("no answer within 0.05 s"));

        Host.await(() -> interrupts.get() == 1, "the interrupt");
    }

    @Test
    void looks_at_others_however_often_one_is_asked_that_hangs() {
        Probe hanging = deaf();
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(Asked.begin(hanging));
        }

        assertThat(Asked.ask(probes.custom(ProbeResult::well)).isWell()).isTrue();

        assertThat(asked).noneMatch(Asked::isAnswered);
        release.countDown();
        assertThat(asked).extracting(Asked::answer).containsOnly(ProbeResult.unwell("released"));
    }

    @Test
    void does_not_ask_again_what_has_not_come_back_until_it_has() {
        probes = probes(SHORT, 2, 100);
        Probe deaf = deaf();
        assertThat(Asked.ask(deaf).text()).startsWith("no answer");

        Asked again = Asked.begin(deaf);
        assertThat(again.isAnswered()).isTrue();
        assertThat(again.answer().text()).isEqualTo("a look that began 0 s ago has not come back");

        release.countDown();
        Host.await(() -> Asked.ask(deaf).text().equals("released"), "a look that ends");
    }

    @Test
    void says_so_when_all_threads_are_busy_and_when_too_many_wait() {
        probes = probes(Duration.ofMillis(200), 1, 1);
        Asked first = Asked.begin(deaf(), Asked.subject("a"));
        Host.await(() -> threads.living().size() == 2, "its thread");
        Asked second = Asked.begin(probes.custom(ProbeResult::well), Asked.subject("b"));
        Asked third = Asked.begin(probes.custom(ProbeResult::well), Asked.subject("c"));

        assertThat(third.answer().text()).isEqualTo("too many looks wait for one of 1 threads");
        assertThat(first.answer().text()).isEqualTo("no answer within 0.2 s");
        assertThat(second.answer().text()).isEqualTo("not begun within 0.2 s: all 1 threads are busy");
    }

    @Test
    void says_so_when_there_is_no_thread_and_goes_on_when_there_is() {
        var none = new AtomicInteger(2);
        try (var poor = new HostProbes(null, LONG, 1, 100, work -> {
            if (none.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return threads.newThread(work);
        })) {
            Probe probe = poor.custom(ProbeResult::well);

            assertThat(Asked.ask(probe).text()).isEqualTo("no thread to look with");
            assertThat(Asked.ask(probe).text()).isEqualTo("no thread to look with");
            assertThat(Asked.ask(probe).isWell()).isTrue();
        }
    }

    @Test
    void a_supplier_that_throws_or_answers_nothing_makes_a_bad_answer() {
        assertThat(Asked.ask(probes.custom(() -> {
                    throw new IllegalStateException("no\tmoney");
                })))
                .isEqualTo(ProbeResult.unwell("IllegalStateException: no\\u0009money"));
        assertThat(Asked.ask(probes.custom(() -> {
                            throw new StackOverflowError();
                        }))
                        .text())
                .isEqualTo("StackOverflowError");
        assertThat(Asked.ask(probes.custom(() -> null)).text()).isEqualTo("answered nothing");
        assertThat(Asked.ask(probes.custom(ProbeResult::well)).isWell()).isTrue();
    }

    @Test
    void an_interrupt_that_a_supplier_leaves_behind_meets_nobody_else() {
        probes = probes(LONG, 1, 100);
        Asked.ask(probes.custom(() -> {
            Thread.currentThread().interrupt();
            return ProbeResult.well();
        }));

        assertThat(Asked.ask(probes.custom(() -> ProbeResult.unwell("" + Thread.interrupted())))
                        .text())
                .isEqualTo("false");
    }

    @Test
    void answers_all_that_is_under_way_when_it_is_closed_and_whatever_comes_after() throws InterruptedException {
        var interrupts = new AtomicInteger();
        Asked running = Asked.begin(patient(interrupts), Asked.subject("a"));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Probe probe = probes.custom(ProbeResult::well);

        probes.close();
        probes.close();

        assertThat(running.isAnswered()).isTrue();
        assertThat(running.answer()).isEqualTo(ProbeResult.unwell("the probes are closed"));
        Asked after = Asked.begin(probe);
        assertThat(after.isAnswered()).isTrue();
        assertThat(after.answer()).isEqualTo(ProbeResult.unwell("the probes are closed"));
        assertThat(interrupts).hasValue(1);
        assertThat(threads.living()).isEmpty();
    }

    @Test
    void may_be_closed_from_within_an_answer() throws InterruptedException {
        var done = new LinkedBlockingQueue<ProbeResult>();

        probes.custom(ProbeResult::well).check(Asked.subject("a"), result -> {
            probes.close();
            done.add(result);
        });

        assertThat(done.poll(4, TimeUnit.SECONDS)).isEqualTo(ProbeResult.well());
        Host.await(() -> threads.living().isEmpty(), "the end of its threads");
    }

    @Test
    void an_interrupt_during_close_is_kept() {
        Asked asked = Asked.begin(deaf());
        Host.await(() -> threads.living().size() == 2, "its thread");

        Thread.currentThread().interrupt();
        probes.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked.answer().text()).isEqualTo("the probes are closed");
    }

    @Test
    void refuses_a_limit_that_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostProbes(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostProbes(Duration.ofHours(2)))
                .withMessageContaining("PT2H");
    }
}
