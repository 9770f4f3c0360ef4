package dev.steward.node;

/** Whether a node has trouble of its own: its ERROR record. The numbers have a gap, so they are {@link #number}, never the ordinal. */
public enum NodeError {
    /** None. */
    FALSE(0),
    /** Its code has thrown; it holds until it is loaded or asked again. */
    TRUE(1),
    /** It has lost what it reads and writes, and tries to get it back. */
    CONNECT(3);

    private final int number;

    NodeError(int number) {
        this.number = number;
    }

    /** The number in the record. */
    public int number() {
        return number;
    }
}
