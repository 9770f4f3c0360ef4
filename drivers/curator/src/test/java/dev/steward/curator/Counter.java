package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Counts up two records by compare-and-set and writes who did it into a third, in one batch, beside others who do the same. So what was
 * lost, doubled or torn can be told afterwards. {@link #count} belongs to the thread that runs it.
 */
final class Counter {
    static final String ONE = "count/one";
    static final String OTHER = "count/other";
    private static final String LOG = "log/";

    private final Asked store;
    private final String name;
    private final Consumer<String> acknowledged;
    private final Set<String> notDone = new HashSet<>();
    private volatile boolean stopped;
    private int attempts;

    /** @param acknowledged told each attempt that was answered as committed, with its number: {@code number attempt} */
    Counter(Asked store, String name, Consumer<String> acknowledged) {
        this.store = store;
        this.name = name;
        this.acknowledged = acknowledged;
    }

    static void begin(Asked store) {
        assertThat(store.commitWhenAvailable(Asked.creating(ONE, "0"), Asked.creating(OTHER, "0")))
                .isInstanceOf(CommitAnswer.Committed.class);
    }

    void stop() {
        stopped = true;
    }

    /** Goes on until it is stopped. */
    void count() {
        List<Versioned> seen = store.found(ONE, OTHER);
        while (!stopped) {
            int next = Integer.parseInt(seen.get(0).value().toUtf8()) + 1;
            String attempt = name + "." + ++attempts;
            CommitAnswer answer = store.commit(
                    attempt,
                    Asked.putting(seen.get(0), "" + next),
                    Asked.putting(seen.get(1), "" + next),
                    Asked.creating(key(next), attempt));
            if (answer instanceof CommitAnswer.Committed committed) {
                acknowledged.accept(next + " " + attempt);
                seen = List.of(written(ONE, committed, next), written(OTHER, committed, next));
            } else {
                assertThat(answer).isNotInstanceOf(StoreTrouble.Refused.class);
                if (!(answer instanceof StoreTrouble.Unknown)) {
                    notDone.add(attempt);
                }
                seen = store.found(ONE, OTHER);
            }
        }
    }

    private static Versioned written(String key, CommitAnswer.Committed committed, int number) {
        return new Versioned(key, committed.revision(), RecordValue.utf8("" + number));
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "%s%03d/%d", LOG, number / 1_000, number);
    }

    /** Attempts that were answered as certainly not done; asked when it has ended. */
    Set<String> notDone() {
        return notDone;
    }

    /** One who counts on a thread of its own. */
    static final class Running {
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
        private final Set<String> acknowledged = new HashSet<>();
        private final Counter counter;
        private final Thread thread;
        private volatile Throwable failure;

        Running(Asked store, String name) {
            counter = new Counter(store, name, news::add);
            thread = new Thread(
                    () -> {
                        try {
                            counter.count();
                        } catch (RuntimeException | Error thrown) {
                            failure = thrown;
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits until it was told of so many more. */
        void await(int more) throws InterruptedException {
            for (int i = 0; i < more; i++) {
                String next = news.poll(30, TimeUnit.SECONDS);
                assertThat(next)
                        .as("%s goes on; failure: %s", thread.getName(), failure)
                        .isNotNull();
                acknowledged.add(next);
            }
        }

        void end() throws InterruptedException {
            counter.stop();
            thread.join(60_000);
            assertThat(thread.isAlive())
                    .as("%s has not ended", thread.getName())
                    .isFalse();
            if (failure != null) {
                throw new AssertionError(thread.getName() + " failed", failure);
            }
            news.drainTo(acknowledged);
        }

        Set<String> acknowledged() {
            return acknowledged;
        }

        Set<String> notDone() {
            return counter.notDone();
        }
    }

    /** What is wrong with what the counters have left, as a line of figures. */
    static String verdict(Asked store, Set<String> acknowledged, Set<String> notDone) {
        List<Versioned> ends = store.found(ONE, OTHER);
        int last = Integer.parseInt(ends.get(0).value().toUtf8());
        Map<String, String> log = new HashMap<>();
        store.all(LOG).forEach(record -> log.put(record.key(), record.value().toUtf8()));
        int lost = 0;
        for (String each : acknowledged) {
            int space = each.indexOf(' ');
            String found = log.get(key(Integer.parseInt(each.substring(0, space))));
            lost += each.substring(space + 1).equals(found) ? 0 : 1;
        }
        Set<String> attempts = new HashSet<>(log.values());
        int doubled = log.size() - attempts.size();
        attempts.retainAll(notDone);
        doubled += attempts.size();
        int torn = ends.get(0).revision() == ends.get(1).revision()
                        && ends.get(0).value().equals(ends.get(1).value())
                ? 0
                : 1;
        for (int number = 1; number <= last; number++) {
            torn += log.containsKey(key(number)) ? 0 : 1;
        }
        torn += Math.max(0, log.size() - last);
        return "acknowledged " + acknowledged.size() + ", lost " + lost + ", doubled " + doubled + ", torn " + torn;
    }
}
