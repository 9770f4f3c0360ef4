package dev.steward.jdbc;

import org.jspecify.annotations.Nullable;

/** A store could not be opened, and nothing of what stood there has been changed. The message names it, and holds no password. */
public final class StoreOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String store;

    StoreOpenException(String store, String message, @Nullable Throwable cause) {
        super(store + ": " + message, cause);
        this.store = store;
    }

    /** Which store: the file, or the database. */
    public String store() {
        return store;
    }
}
