package dev.steward.jdbc;

import dev.steward.store.Batch;
import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.Deleted;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads records and changes, each answer by one statement and so from one moment of the store. Not safe for use by many threads. */
final class Pages {
    private static final String META = "select revision, purged from steward_meta where id = 1";
    private static final int MOST_RANGES = 16;
    private static final int PORTION = 100;
    private static final long ENOUGH_BYTES = 4L << 20;

    private final Database database;
    private final String read;

    Pages(Database database) {
        this.database = database;
        this.read = "select m.revision, r.key, r.revision, r.value from steward_meta m left join steward_record r"
                + " on r.deleted is null and r." + database.amongKeys() + " where m.id = 1";
    }

    /** How far the store is. */
    long revision(Session session) throws SQLException {
        return meta(session).revision;
    }

    ReadAnswer.Found read(Session session, Set<String> keys) throws SQLException {
        PreparedStatement query = session.prepared(read);
        query.setString(1, database.keys(keys));
        List<Versioned> found = new ArrayList<>();
        long asOf = 0;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                asOf = rows.getLong(1);
                String key = rows.getString(2);
                if (key != null) {
                    found.add(new Versioned(key, rows.getLong(3), value(rows, 4)));
                }
            }
        }
        found.sort(Comparator.comparing(Versioned::key));
        return new ReadAnswer.Found(found, asOf);
    }

    Changes changes(Session session, ChangeQuery query) throws SQLException {
        Cursor cursor = query.cursor();
        Meta meta = meta(session);
        if (cursor.equals(Cursor.START) || meta.outdates(cursor)) {
            return portioned(session, query, true);
        }
        if (cursor.after() == meta.revision) {
            return new Changes(List.of(), Cursor.at(meta.revision), meta.revision, false, false);
        }
        return portioned(session, query, false);
    }

    private record Meta(long revision, long purged) {
        boolean outdates(Cursor cursor) {
            return cursor.since() < purged || cursor.after() > revision;
        }
    }

    private Meta meta(Session session) throws SQLException {
        try (ResultSet row = session.prepared(META).executeQuery()) {
            if (!row.next()) {
                throw new SQLException("steward_meta has no row", "58000");
            }
            return new Meta(row.getLong(1), row.getLong(2));
        }
    }

    private Changes portioned(Session session, ChangeQuery query, boolean reset) throws SQLException {
        Changes page;
        try {
            database.beginReading(session);
            page = page(session, query, reset);
        } catch (SQLException failed) {
            try {
                database.endReading(session);
            } catch (SQLException lost) {
                session.lose();
                failed.addSuppressed(lost);
            }
            throw failed;
        }
        database.endReading(session);
        return page;
    }

    /** Ends between two commits when there is enough in it, by number or by size. */
    private Changes page(Session session, ChangeQuery query, boolean reset) throws SQLException {
        PreparedStatement statement = ask(session, query, reset);
        List<Change> page = new ArrayList<>();
        Meta meta = new Meta(0, 0);
        try (ResultSet rows = statement.executeQuery()) {
            long last = 0;
            long bytes = 0;
            while (rows.next()) {
                meta = new Meta(rows.getLong(1), rows.getLong(2));
                if (!reset && meta.outdates(query.cursor())) {
                    break;
                }
                String key = rows.getString(3);
                if (key == null) {
                    break;
                }
                long revision = rows.getLong(4);
                if ((page.size() >= query.limit() || bytes > ENOUGH_BYTES) && revision != last) {
                    long since = reset ? meta.revision : query.cursor().since();
                    return new Changes(page, new Cursor(Math.max(since, last), last), meta.revision, true, reset);
                }
                if (rows.getObject(6) == null) {
                    RecordValue value = value(rows, 5);
                    bytes += value.size();
                    page.add(new Versioned(key, revision, value));
                } else {
                    page.add(new Deleted(key, revision));
                }
                last = revision;
            }
        }
        if (!reset && meta.outdates(query.cursor())) {
            return page(session, query, true); // purged since the first look
        }
        return new Changes(page, Cursor.at(meta.revision), meta.revision, false, reset);
    }

    private PreparedStatement ask(Session session, ChangeQuery query, boolean reset) throws SQLException {
        List<String> parameters = new ArrayList<>();
        String condition =
                "r.revision > ? and (r.deleted is null or r.revision > ?)" + among(query.prefixes(), parameters);
        PreparedStatement statement = session.prepared(database.page(condition));
        statement.setFetchSize(PORTION);
        int at = 1;
        statement.setLong(at++, reset ? 0 : query.cursor().after());
        statement.setLong(at++, reset ? Long.MAX_VALUE : query.cursor().since());
        for (String parameter : parameters) {
            statement.setString(at++, parameter);
        }
        // One commit more than asked for is enough to see where it ends.
        statement.setLong(at, (long) query.limit() + Batch.MOST_CHANGES + 1);
        return statement;
    }

    /** A few prefixes are ranges; many are a list. */
    private String among(Set<String> prefixes, List<String> parameters) {
        if (prefixes.contains("")) {
            return "";
        }
        if (prefixes.size() > MOST_RANGES) {
            parameters.add(database.keys(prefixes));
            return " and " + database.amongPrefixes();
        }
        List<String> ranges = new ArrayList<>();
        for (String prefix : prefixes) {
            ranges.add(database.inRange());
            parameters.add(prefix);
            parameters.add(prefix.substring(0, prefix.length() - 1) + '0'); // what follows the slash
        }
        return " and (" + String.join(" or ", ranges) + ")";
    }

    private static RecordValue value(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? RecordValue.of() : RecordValue.of(bytes); // SQLite's driver has no empty array
    }
}
