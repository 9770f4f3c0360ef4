package dev.steward.node;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * What can be asked of a node: an intent, never a record to be written. The channel knows which records that takes, and in which order.
 * Immutable.
 */
public sealed interface NodeWrite {
    /** What of a node an intent is about: a newer one of the same kind overtakes it. */
    enum Kind {
        /** Where it should go. */
        REQUEST,
        /** Who manages it. */
        MANAGEMENT,
        /** Whether it runs. */
        OP,
        /** Its code. */
        LOAD
    }

    /** What it is about. */
    Kind kind();

    /** In a few words, for people. */
    String text();

    /**
     * Go to a state.
     *
     * @param state not empty
     */
    record Request(String state) implements NodeWrite {
        /** @throws IllegalArgumentException if the state is empty */
        public Request {
            checkArgument(!state.isEmpty(), "a request for no state");
        }

        @Override
        public Kind kind() {
            return Kind.REQUEST;
        }

        @Override
        public String text() {
            return "request " + state;
        }
    }

    /**
     * Be managed. A watcher must never see MODE managed together with the manager before.
     *
     * @param by the name of the managing system; not empty
     */
    record Manage(String by) implements NodeWrite {
        /** @throws IllegalArgumentException if the name is empty */
        public Manage {
            checkArgument(!by.isEmpty(), "a manager without a name");
        }

        @Override
        public Kind kind() {
            return Kind.MANAGEMENT;
        }

        @Override
        public String text() {
            return "be managed by " + by;
        }
    }

    /**
     * Go by yourself: MODE becomes AUTO.
     *
     * @param forgetManager whether the name of the manager is cleared too
     */
    record Release(boolean forgetManager) implements NodeWrite {
        @Override
        public Kind kind() {
            return Kind.MANAGEMENT;
        }

        @Override
        public String text() {
            return "be released";
        }
    }

    /** Run, halt, or stop. */
    record Operate(NodeOp op) implements NodeWrite {
        /** Takes any. */
        public Operate {
            checkNotNull(op, "op");
        }

        @Override
        public Kind kind() {
            return Kind.OP;
        }

        @Override
        public String text() {
            return "OP " + op;
        }
    }

    /** Take up changed code. */
    record Load() implements NodeWrite {
        @Override
        public Kind kind() {
            return Kind.LOAD;
        }

        @Override
        public String text() {
            return "load";
        }
    }
}
