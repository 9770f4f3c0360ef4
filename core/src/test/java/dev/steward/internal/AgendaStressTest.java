package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing woken is lost, whoever wakes it and whenever: real threads, no sleeping.
 *
 * <p>A lost wake-up is healed by the next one, so it only shows when there is none. Hence many short rounds: in each, the producers
 * wake a few times while passes are made, and the round is over only when a pass has seen all of it.
 */
class AgendaStressTest {
    private static final int PRODUCERS = 4;
    private static final int SLOTS = 3;
    private static final int ROUNDS = 20_000;
    private static final int WAKE_UPS = 5;

    private final Agenda agenda = new Agenda(0);
    private final Agenda.Waker[] wakers = new Agenda.Waker[SLOTS];
    private final AtomicIntegerArray news = new AtomicIntegerArray(SLOTS);
    private final Semaphore wanted = new Semaphore(0);
    private final int[] known = new int[SLOTS];

    @Test
    @Timeout(120)
    void every_piece_of_news_is_seen_by_a_pass_that_only_runs_when_woken() throws InterruptedException {
        agenda.wakeWith(wanted::release);
        for (int slot = 0; slot < SLOTS; slot++) {
            wakers[slot] = agenda.waker(slot);
        }
        Semaphore[] turns = new Semaphore[PRODUCERS];
        for (int producer = 0; producer < PRODUCERS; producer++) {
            Semaphore turn = new Semaphore(0);
            turns[producer] = turn;
            Thread thread = new Thread(() -> produce(turn), "producer");
            thread.setDaemon(true);
            thread.start();
        }

        int passes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Semaphore turn : turns) {
                turn.release();
            }
            for (int seen = 0; seen < PRODUCERS * WAKE_UPS; passes++) {
                assertThat(wanted.tryAcquire(20, TimeUnit.SECONDS))
                        .as("a wake-up was lost in round %s: %s seen in it", round, seen)
                        .isTrue();
                seen += pass();
            }
        }
        System.out.println("agenda: " + ROUNDS * PRODUCERS * WAKE_UPS + " wake-ups by " + PRODUCERS + " producers in "
                + ROUNDS + " rounds and " + passes + " passes, none lost");
    }

    private void produce(Semaphore turn) {
        for (int round = 0; round < ROUNDS; round++) {
            turn.acquireUninterruptibly();
            for (int i = 0; i < WAKE_UPS; i++) {
                int slot = (round + i) % SLOTS;
                news.incrementAndGet(slot);
                wakers[slot].run();
            }
        }
    }

    private int pass() {
        int seen = 0;
        for (int ready = agenda.collect(0); ready > 0; ready--) {
            int slot = agenda.next();
            int now = news.get(slot); // a plain look, as a loop's would be
            seen += now - known[slot];
            known[slot] = now;
        }
        return seen;
    }
}
