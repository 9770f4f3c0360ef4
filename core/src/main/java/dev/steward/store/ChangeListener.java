package dev.steward.store;

import java.util.Optional;

/** Told of every record that changes in a {@link RecordCache}, whoever wrote it. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * A record has come, changed, or gone.
     *
     * <p>Called on the loop's thread while the cache is polled, before the pass decides; in the order of revisions for each key. It must not
     * throw, nor call the cache: it marks what is to be done. Changes that followed each other quickly may show as one.
     *
     * @param before the record as it was known; empty if there was none
     * @param after the record as it is; empty if it is gone
     */
    void changed(Optional<Versioned> before, Optional<Versioned> after);
}
