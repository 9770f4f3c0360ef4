package dev.steward.jdbc;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches. Each is one transaction that first counts the store's revision on: that row is locked till the end, so there is one writer at
 * a time, what it finds stays as it is while it writes, and revisions become visible in their order. Not safe for use by many threads.
 */
final class Commits {
    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);
    private static final int MOST_PURGED = 1_000;

    private static final String WRITE = "insert into steward_record (key, revision, value, deleted) values (?, ?, ?, ?)"
            + " on conflict (key) do update set revision = excluded.revision, value = excluded.value, deleted = excluded.deleted";
    private static final String PURGE = "delete from steward_record where key in (select key from steward_record"
            + " where deleted <= ? order by deleted limit " + MOST_PURGED + ") returning revision";
    private static final String FORGET = "update steward_meta set purged = ? where id = 1 and purged < ?";

    private final Database database;
    private final TimeSource time;
    private final String found;
    private long lastPurge;

    Commits(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
        this.found = "select key, revision from steward_record where deleted is null and " + database.amongKeys();
        this.lastPurge = time.nanos();
    }

    /** Commits the batch; if the connection is of no use afterwards, the session says so. */
    CommitAnswer commit(Session session, Batch batch) {
        boolean asked = false;
        try {
            database.begin(session);
            long revision = bump(session);
            Set<String> unexpected = unexpected(session, batch);
            if (!unexpected.isEmpty()) {
                database.rollback(session);
                return new CommitAnswer.Conflict(unexpected);
            }
            purge(session);
            write(session, batch, revision);
            asked = true;
            database.commit(session);
            return new CommitAnswer.Committed(revision);
        } catch (SQLException failed) {
            return failed(session, batch, failed, asked);
        } catch (StoreOpenException newer) {
            rollback(session);
            return new StoreTrouble.Refused(String.valueOf(newer.getMessage()));
        }
    }

    private long bump(Session session) throws SQLException {
        try (ResultSet row = session.prepared(database.bump()).executeQuery()) {
            if (!row.next()) {
                throw new SQLException("steward_meta has no row", "58000");
            }
            int version = row.getInt(2);
            if (version > Schema.newest(database.migrations())) {
                throw Schema.newer(database, version);
            }
            return row.getLong(1);
        }
    }

    private Set<String> unexpected(Session session, Batch batch) throws SQLException {
        List<String> keys = new ArrayList<>(batch.changes().size());
        batch.changes().forEach(change -> keys.add(change.key()));
        PreparedStatement query = session.prepared(found);
        query.setString(1, database.keys(keys));
        Map<String, Long> revisions = new HashMap<>(keys.size() * 2);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                revisions.put(rows.getString(1), rows.getLong(2));
            }
        }
        Set<String> unexpected = new HashSet<>();
        for (Batch.Op change : batch.changes()) {
            if (revisions.getOrDefault(change.key(), 0L) != change.expected()) {
                unexpected.add(change.key());
            }
        }
        return unexpected;
    }

    private void write(Session session, Batch batch, long revision) throws SQLException {
        PreparedStatement write = session.prepared(WRITE);
        long now = time.now().toEpochMilli();
        int pending = 0;
        for (Batch.Op change : batch.changes()) {
            if (change instanceof Batch.Require) {
                continue;
            }
            write.setString(1, change.key());
            write.setLong(2, revision);
            write.setBytes(3, valueOf(change));
            if (change instanceof Batch.Delete) {
                write.setLong(4, now);
            } else {
                write.setNull(4, Types.BIGINT);
            }
            if (database.batches()) {
                write.addBatch();
                pending++;
            } else {
                write.executeUpdate();
            }
        }
        if (pending > 0) {
            write.executeBatch();
        }
    }

    private static byte @Nullable [] valueOf(Batch.Op change) {
        if (change instanceof Batch.Create create) {
            return create.value().toByteArray();
        }
        return change instanceof Batch.Put put ? put.value().toByteArray() : null;
    }

    /** Forgets deletions of more than an hour ago, now and then, and a few at a time. */
    private void purge(Session session) throws SQLException {
        long now = time.nanos();
        if (now - lastPurge < BETWEEN_PURGES.toNanos()) {
            return;
        }
        PreparedStatement purge = session.prepared(PURGE);
        purge.setLong(1, time.now().minus(REMEMBERED).toEpochMilli());
        long newest = 0;
        int count = 0;
        try (ResultSet rows = purge.executeQuery()) {
            for (; rows.next(); count++) {
                newest = Math.max(newest, rows.getLong(1));
            }
        }
        if (count > 0) {
            PreparedStatement forget = session.prepared(FORGET);
            forget.setLong(1, newest);
            forget.setLong(2, newest);
            forget.executeUpdate();
        }
        if (count < MOST_PURGED) {
            lastPurge = now;
        }
    }

    private CommitAnswer failed(Session session, Batch batch, SQLException failed, boolean asked) {
        Fault fault = database.faultOf(failed);
        String reason = database.name() + ": " + failed.getMessage();
        log.atDebug().setCause(failed).addKeyValue("batch", batch.id()).log("{}", reason);
        session.forgetStatements();
        if (fault == Fault.LOST) {
            session.lose();
        } else {
            rollback(session);
        }
        if (asked && (fault == Fault.LOST || fault == Fault.DOUBTFUL)) {
            return new StoreTrouble.Unknown(reason);
        }
        if (fault == Fault.CONFLICT) {
            Set<String> keys = new HashSet<>();
            batch.changes().forEach(change -> keys.add(change.key()));
            return new CommitAnswer.Conflict(keys);
        }
        return SqlStore.troubleOf(fault, reason);
    }

    private void rollback(Session session) {
        try {
            database.rollback(session);
        } catch (SQLException lost) {
            session.lose();
        }
    }
}
