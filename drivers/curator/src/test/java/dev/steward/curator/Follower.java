package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Change;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.Map;
import java.util.TreeMap;

/** Follows all records of counters on a thread of its own, and looks at each step for half a commit. */
final class Follower {
    private final Map<String, Versioned> seen = new TreeMap<>();
    private final Asked store;
    private final Thread thread = new Thread(this::follow, "follower");
    private volatile boolean stopping;
    private volatile Throwable failure;
    private int looks;

    Follower(Asked store) {
        this.store = store;
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try {
            Cursor cursor = Cursor.START;
            boolean complete = false;
            while (!stopping || !complete) {
                boolean last = stopping;
                ChangesAnswer answer = store.changes(cursor);
                complete = answer instanceof Changes && last;
                if (answer instanceof Changes page) {
                    apply(page);
                    complete &= !page.more();
                    cursor = page.next();
                } else {
                    assertThat(answer).isInstanceOf(StoreTrouble.Unavailable.class);
                    Asked.pause();
                }
            }
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    private void apply(Changes page) {
        assertThat(page.reset()).as("reset").isEqualTo(looks == 0);
        looks++;
        for (Change change : page.changes()) {
            Versioned old = seen.get(change.key());
            assertThat(change.revision()).isGreaterThan(old == null ? 0 : old.revision());
            seen.put(change.key(), (Versioned) change);
        }
        Versioned one = seen.get(Counter.ONE);
        Versioned other = seen.get(Counter.OTHER);
        if (!page.more() && one != null && other != null) {
            assertThat(one.revision()).as("%s and %s", one, other).isEqualTo(other.revision());
            assertThat(seen)
                    .as("as of %s", page.asOf())
                    .hasSize(2 + Integer.parseInt(one.value().toUtf8()));
        }
    }

    Map<String, Versioned> seen() {
        return seen;
    }

    int looks() {
        return looks;
    }

    Map<String, Versioned> end() throws InterruptedException {
        store.found(Counter.ONE); // so that what others have written shows
        stopping = true;
        thread.join(30_000);
        if (failure != null || thread.isAlive()) {
            throw new AssertionError("the follower failed", failure);
        }
        return seen;
    }
}
