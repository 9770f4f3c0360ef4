package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();
    private final List<String> ran = new ArrayList<>();
    private final AtomicInteger wakeUps = new AtomicInteger();

    private void post(String name) {
        mailbox.post(() -> ran.add(name));
    }

    private void postThrowing(String name) {
        mailbox.post(() -> {
            ran.add(name);
            throw new IllegalStateException(name);
        });
    }

    @Test
    void runs_tasks_in_the_order_posted_and_only_when_drained() {
        post("a");
        post("b");
        post("c");
        assertThat(ran).isEmpty();
        assertThat(mailbox.isEmpty()).isFalse();

        assertThat(mailbox.drain()).isEqualTo(3);

        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(mailbox.isEmpty()).isTrue();
        assertThat(mailbox.drain()).isZero();
    }

    @Test
    void what_is_posted_while_draining_waits_for_the_next_drain() {
        mailbox.post(() -> {
            ran.add("a");
            post("late");
        });
        post("b");

        assertThat(mailbox.drain()).isEqualTo(2);
        assertThat(ran).containsExactly("a", "b");
        assertThat(mailbox.isEmpty()).isFalse();

        assertThat(mailbox.drain()).isOne();
        assertThat(ran).containsExactly("a", "b", "late");
    }

    @Test
    void a_task_that_throws_ends_the_drain_and_the_others_stay_in_order() {
        post("a");
        postThrowing("bad");
        post("b");
        postThrowing("worse");
        post("c");
        assertThatThrownBy(mailbox::drain).hasMessage("bad");
        assertThat(ran).containsExactly("a", "bad");
        assertThat(mailbox.isEmpty()).isFalse();

        post("d"); // behind what was left

        assertThatThrownBy(mailbox::drain).hasMessage("worse");
        assertThat(mailbox.drain()).isEqualTo(2);
        assertThat(ran).containsExactly("a", "bad", "b", "worse", "c", "d");
    }

    @Test
    void the_first_post_to_an_empty_mailbox_wakes_and_the_next_ones_need_not() {
        mailbox.wakeWith(wakeUps::incrementAndGet);
        assertThat(wakeUps).hasValue(0);
        post("a");
        post("b");
        assertThat(wakeUps).hasValue(1);

        mailbox.drain();
        post("c");
        assertThat(wakeUps).hasValue(2);
    }

    @Test
    void a_post_while_draining_wakes() {
        mailbox.wakeWith(wakeUps::incrementAndGet);
        mailbox.post(() -> post("late"));
        mailbox.drain();

        assertThat(wakeUps).hasValue(2);
    }

    @Test
    void who_comes_after_the_post_is_woken_at_once() {
        post("a");
        mailbox.wakeWith(wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void who_takes_over_after_a_drain_that_broke_off_is_woken_for_the_rest() {
        postThrowing("bad");
        post("rest");
        assertThatThrownBy(mailbox::drain).hasMessage("bad");

        mailbox.wakeWith(wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1);
    }

    @Test
    @Timeout(120)
    void loses_nothing_and_keeps_the_order_of_each_of_many_producers() throws InterruptedException {
        int producers = 4;
        int posts = 100_000;
        Semaphore woken = new Semaphore(0);
        mailbox.wakeWith(woken::release);
        int[] last = new int[producers];
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread thread = new Thread(() -> {
                for (int i = 1; i <= posts; i++) {
                    int number = i;
                    mailbox.post(() -> {
                        assertThat(number).isEqualTo(last[producer] + 1);
                        last[producer] = number;
                    });
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int drained = 0;
        int drains = 0;
        while (drained < producers * posts) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS))
                    .as("a post did not wake: %s of %s drained", drained, producers * posts)
                    .isTrue();
            woken.drainPermits();
            drained += mailbox.drain();
            drains++;
        }

        assertThat(last).containsOnly(posts);
        assertThat(mailbox.isEmpty()).isTrue();
        System.out.println("mailbox: " + drained + " posts by " + producers + " producers in " + drains + " drains");
    }
}
