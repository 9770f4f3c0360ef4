package dev.steward.guard;

/** How what foreign code throws is told, and what of it is not ours to hold. */
final class Thrown {
    private static final int LONGEST = 500;

    private Thrown() {}

    /** Whether the machine itself is in trouble; a stack that was too deep is the code's own. */
    static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** Passes on what is fatal. */
    static void rethrowFatal(Throwable thrown) {
        if (isFatal(thrown)) {
            throw (VirtualMachineError) thrown;
        }
    }

    /** In one line that is safe to show, whatever was thrown. */
    static String text(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String message = message(thrown);
        if (message.isBlank()) {
            return type;
        }
        StringBuilder line = new StringBuilder(type).append(": ");
        message.codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    @SuppressWarnings("CatchingUnchecked")
    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException | StackOverflowError error) { // it is the user's class
            return "";
        }
    }
}
