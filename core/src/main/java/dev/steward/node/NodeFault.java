package dev.steward.node;

import java.util.List;
import java.util.Locale;

/** One thing that is wrong with a node, or worth a message, as its manager sees it. Immutable. */
public sealed interface NodeFault {
    /** What was looked at, in the order of the reports. */
    enum Check {
        /** Whether it is there and runs. */
        ALIVE(true),
        /** Whether it has no error. */
        ERROR(true),
        /** Whether its request is still the one that this manager made last. */
        REQUEST(true),
        /** Whether it is still managed by this manager, if that had set it so. */
        MANAGEMENT(true),
        /** Whether what was asked of it was taken. */
        WRITE(true),
        /** Whether it has nothing to say. */
        NOTIFICATION(false),
        /** Whether it has not stalled; only told if the manager's options ask for it. */
        STALL(false),
        /** Whether it is looked at. */
        SKIPPED(false);

        private final boolean fault;
        private final String key = name().toLowerCase(Locale.ROOT);

        Check(boolean fault) {
            this.fault = fault;
        }

        /** What it is called among the notifications. */
        String key() {
            return key;
        }

        /** Whether failing it is a fault; else it is only told. */
        public boolean isFault() {
            return fault;
        }
    }

    /** The name of the node. */
    String node();

    /** Which check has failed. */
    Check check();

    /** For people: the name of the node, and what is wrong. */
    String message();

    /** Whether this is a fault; else it is only told. */
    default boolean isFault() {
        return check().isFault();
    }

    /** It is not there. */
    record NotConnected(String node) implements NodeFault {
        @Override
        public Check check() {
            return Check.ALIVE;
        }

        @Override
        public String message() {
            return node + ": not connected";
        }
    }

    /** It is there and does not run. */
    record NotRunning(String node, NodeOp op) implements NodeFault {
        @Override
        public Check check() {
            return Check.ALIVE;
        }

        @Override
        public String message() {
            return node + ": not running (OP=" + op + ")";
        }
    }

    /** It has an error. */
    record InError(String node, NodeError error) implements NodeFault {
        @Override
        public Check check() {
            return Check.ERROR;
        }

        @Override
        public String message() {
            return node + ": in ERROR" + (error == NodeError.CONNECT ? " (it has lost connections of its own)" : "");
        }
    }

    /** Somebody else has asked it for something. */
    record RequestChanged(String node, String wanted, String found) implements NodeFault {
        @Override
        public Check check() {
            return Check.REQUEST;
        }

        @Override
        public String message() {
            return node + ": REQUEST changed: " + wanted + " -> " + found;
        }
    }

    /** It is not managed any more. */
    record NotManaged(String node, NodeMode mode) implements NodeFault {
        @Override
        public Check check() {
            return Check.MANAGEMENT;
        }

        @Override
        public String message() {
            return node + ": not MANAGED (MODE=" + mode + ")";
        }
    }

    /** Somebody else manages it. */
    record ManagerChanged(String node, String found) implements NodeFault {
        @Override
        public Check check() {
            return Check.MANAGEMENT;
        }

        @Override
        public String message() {
            return node + ": MANAGER changed: " + (found.isEmpty() ? "nobody" : found);
        }
    }

    /** What this manager asked of it was not taken, or nobody knows. */
    record WriteFailed(String node, NodeWrite write, WriteOutcome outcome) implements NodeFault {
        @Override
        public Check check() {
            return Check.WRITE;
        }

        @Override
        public String message() {
            return node + ": " + write.text() + " " + outcome;
        }
    }

    /** It has something to say. */
    record HasNotification(String node, List<String> messages) implements NodeFault {
        /** Copies the messages. */
        public HasNotification {
            messages = List.copyOf(messages);
        }

        @Override
        public Check check() {
            return Check.NOTIFICATION;
        }

        @Override
        public String message() {
            return node + ": has notification" + (messages.isEmpty() ? "" : ": " + String.join("; ", messages));
        }
    }

    /** It has stalled. */
    record HasStalled(String node, String state, String request) implements NodeFault {
        @Override
        public Check check() {
            return Check.STALL;
        }

        @Override
        public String message() {
            return node + ": stalled in " + state + ", REQUEST is " + request;
        }
    }

    /** It is left out of every question about all. */
    record IsSkipped(String node) implements NodeFault {
        @Override
        public Check check() {
            return Check.SKIPPED;
        }

        @Override
        public String message() {
            return node + ": skipped";
        }
    }
}
