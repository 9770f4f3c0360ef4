package dev.steward.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What one kind of database does in its own way. Used by one thread at a time. */
interface Database {
    /** The store in messages; without a password. */
    String name();

    /** A new connection, set up so that a commit is on disk when it is acknowledged. Nothing of the records is changed. */
    Connection connect() throws SQLException;

    /** Gives back what {@link #connect} has made. */
    void release(Connection connection) throws SQLException;

    /** Whether there is any table of a store. */
    boolean hasSchema(Session session) throws SQLException;

    /** All that has to be done to come to the newest schema, oldest first. */
    List<Migration> migrations();

    /** Begins a transaction in which nobody else migrates. */
    void beginMigration(Session session) throws SQLException;

    /** Begins a transaction that writes. */
    void begin(Session session) throws SQLException;

    /** Commits the transaction; it is on disk when this returns. */
    void commit(Session session) throws SQLException;

    /** Rolls the transaction back, if there is one. */
    void rollback(Session session) throws SQLException;

    /** Counts one commit and answers the revision and the version of the schema, with every other writer locked out till the end. */
    String bump();

    /** A condition on {@code key} with one parameter: {@link #keys}. */
    String amongKeys();

    /** A condition on {@code r.key} with one parameter: prefixes as {@link #keys}. */
    String amongPrefixes();

    /** A condition on {@code r.key} with two parameters: it is not below the one, and below the other. */
    String inRange();

    /** Keys, or prefixes, as one parameter. */
    String keys(Iterable<String> keys);

    /**
     * Selects the store's revision, what it has purged, and up to so many changes in the order of revisions; without a change, one row
     * with a null key.
     *
     * @param condition has a parameter for the revision that changes come after, and more of its own; the limit is the last of all
     */
    String page(String condition);

    /** Whether it is worth asking how far the store is: false if the database would have said that somebody has committed. */
    boolean mayHaveNews() throws SQLException;

    /** Begins to read more than should be fetched at once: what a statement finds comes in portions, as it is asked for. */
    void beginReading(Session session) throws SQLException;

    /** Ends that; what is left is not fetched. */
    void endReading(Session session) throws SQLException;

    /** Whether many writes go to the database as one. */
    boolean batches();

    /** Fails if what the connection reads and writes is not the store any more. */
    void checkInPlace() throws SQLException;

    /** What an error means. */
    Fault faultOf(SQLException error);
}
