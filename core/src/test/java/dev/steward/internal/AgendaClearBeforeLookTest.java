package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A wake-up that comes just as the pass looks at the data is not lost.
 *
 * <p>The window is a few dozen nanoseconds wide: between the look and the moment at which the cleared flag can be seen by others, if
 * the flag is cleared by anything weaker than a volatile write. So both sides spin, and the second of two wake-ups is aimed at the
 * pass that the first one causes. With {@code lazySet} in place of {@code set} this test fails.
 */
class AgendaClearBeforeLookTest {
    private static final int ROUNDS = 100_000;
    private static final long BOUND = TimeUnit.SECONDS.toNanos(20);

    private final Agenda agenda = new Agenda(0);
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile int published;
    private volatile int seen;
    private volatile boolean over;

    @Test
    @Timeout(120)
    void a_wake_up_aimed_at_the_look_of_a_pass_is_not_lost() {
        agenda.wakeWith(wakeUps::incrementAndGet);
        Agenda.Waker waker = agenda.waker(0);
        Thread passes = new Thread(this::makePasses, "passes");
        passes.setDaemon(true);
        passes.start();
        Random random = new Random(1);
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                published = 2 * round - 1;
                waker.run();
                for (int aim = random.nextInt(200); aim > 0; aim--) {
                    published = 2 * round - 1;
                }
                published = 2 * round;
                waker.run();
                awaitSeen(2 * round);
            }
        } finally {
            over = true;
        }
        System.out.println("agenda: " + ROUNDS + " wake-ups aimed at the look of a pass, none lost");
    }

    private void awaitSeen(int value) {
        long began = System.nanoTime();
        for (int spins = 1; seen != value; spins++) {
            Thread.onSpinWait();
            if (spins % 4_096 == 0) {
                assertThat(System.nanoTime() - began)
                        .as("a wake-up was lost at %s", value)
                        .isLessThan(BOUND);
            }
        }
    }

    private void makePasses() {
        int handled = 0;
        while (!over) {
            int wanted = wakeUps.get();
            if (wanted == handled) {
                Thread.onSpinWait();
                continue;
            }
            handled = wanted;
            for (int ready = agenda.collect(0); ready > 0; ready--) {
                agenda.next();
                int look = published;
                if (look != seen) {
                    seen = look;
                }
            }
        }
    }
}
