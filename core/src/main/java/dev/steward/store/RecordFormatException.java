package dev.steward.store;

import org.jspecify.annotations.Nullable;

/**
 * A record that this version of the software cannot read: of a newer format, or not of its type at all. It has been left as it is; whoever
 * gets this does not write the record either.
 */
public final class RecordFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final boolean newer;

    RecordFormatException(String key, String message, boolean newer, @Nullable Throwable cause) {
        super(key + ": " + message, cause);
        this.key = key;
        this.newer = newer;
    }

    /** The key of the record. */
    public String key() {
        return key;
    }

    /** Whether a newer version of the software wrote it, which can read it. */
    public boolean isNewer() {
        return newer;
    }
}
