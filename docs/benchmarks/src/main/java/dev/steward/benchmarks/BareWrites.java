package dev.steward.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;

/** The least that could persist decisions: values written by hand, without fence, revision or copy. Not safe for use by many threads. */
interface BareWrites extends AutoCloseable {
    /** How many values a batch has. */
    int HUNDRED = 100;

    /** Writes one value and waits until it is persisted. */
    void one() throws Exception;

    /** Writes a hundred at once and waits until they are. */
    void hundred() throws Exception;

    /** A value, another one each time: SQLite writes nothing where it finds the same. */
    static byte[] value(int number) {
        return (Decision.FILLING + number).getBytes(UTF_8);
    }

    @Override
    void close() throws SQLException;
}
