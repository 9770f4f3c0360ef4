package dev.steward.instance;

import java.util.OptionalInt;

/** How a process ended: with a code of its own, by a signal, or nobody knows. Immutable. */
public final class ExitStatus {
    private static final ExitStatus UNKNOWN = new ExitStatus(-1);
    private static final int SIGNALLED = 128;

    private final int code;

    private ExitStatus(int code) {
        this.code = code;
    }

    /**
     * It ended with this code; from 129 on, a signal may have ended it, which cannot be told apart.
     *
     * @throws IllegalArgumentException if the code is not from 0 to 255
     */
    public static ExitStatus of(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("not an exit code: " + code);
        }
        return new ExitStatus(code);
    }

    /** It ended, and nobody who was told how is left. */
    public static ExitStatus unknown() {
        return UNKNOWN;
    }

    /** The code, if it is known. */
    public OptionalInt code() {
        return code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExitStatus status && code == status.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** For people: {@code exit code 3}, {@code exit code 137 (signal 9)}, {@code exit code unknown}. */
    @Override
    public String toString() {
        if (code < 0) {
            return "exit code unknown";
        }
        return "exit code " + code
                + (code > SIGNALLED && code <= SIGNALLED + 64 ? " (signal " + (code - SIGNALLED) + ")" : "");
    }
}
