package dev.steward.jdbc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The file of a store, looked at before anything writes to it: what is no SQLite database, a broken one, one of something else or one of a newer
 * version is refused as it is. Used by one thread at a time.
 *
 * <p>Only SQLite opens the file, except to make it: whoever closes a file, by whatever means, ends all locks that the process has on it, those
 * of SQLite's other connections included.
 */
final class SqliteFile {
    private static final String NO_DATABASE = "is no SQLite database; it has been left as it is";
    private static final int SMALLEST = 512;
    private static final Object MAKING = new Object();
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final long CHECKED_WHOLE = 256L << 20;

    private final Path path;
    private @Nullable Object identity;

    SqliteFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** @throws StoreOpenException if the file cannot be a store */
    void check(SqliteDatabase database) throws SQLException {
        if (toString().indexOf('?') >= 0) {
            throw refused("a question mark in its name means something else to SQLite", null);
        }
        Path folder = path.getParent();
        if (folder == null || Files.isDirectory(path)) {
            throw refused("is a folder", null);
        }
        if (!Files.isDirectory(folder)) {
            throw refused("there is no folder " + folder, null);
        }
        if (!Files.isWritable(folder)) {
            throw refused("the folder may not be written to, and a log belongs beside the file", null);
        }
        synchronized (MAKING) {
            if (!Files.exists(path)) {
                make();
            }
        }
        if (Files.exists(path) && !(Files.isReadable(path) && Files.isWritable(path))) {
            throw refused("may not be read and written", null);
        }
        if (size() > 0) {
            checkHead(database);
            checkContent(database);
        }
    }

    /** For its owner only, as the files of SQLite beside it will be; records may be secrets. */
    private void make() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createFile(path);
            }
        } catch (FileAlreadyExistsException another) {
            return;
        } catch (IOException failed) {
            throw refused("cannot be made: " + failed.getMessage(), failed);
        }
    }

    /** The file alone, for a log of something that stood here before could make SQLite believe in it. */
    private void checkHead(SqliteDatabase database) throws SQLException {
        if (size() < SMALLEST) {
            throw refused(NO_DATABASE, null);
        }
        try (Connection connection = database.look(true);
                Statement statement = connection.createStatement()) {
            first(statement, "pragma schema_version");
        } catch (SQLException failed) {
            if (SqliteDatabase.codeOf(failed) == SQLiteErrorCode.SQLITE_NOTADB) {
                throw refused(NO_DATABASE, failed);
            } // anything else may be because the log is missing
        }
    }

    /** Through a connection that writes nothing, not even what is left of the log into the file. */
    private void checkContent(SqliteDatabase database) throws SQLException {
        try (Connection connection = database.look(false);
                Statement statement = connection.createStatement()) {
            boolean anything = first(statement, "select count(*) from sqlite_master") != 0;
            if (size() <= CHECKED_WHOLE) {
                checkWhole(statement);
            }
            if (anything && first(statement, "select count(*) from sqlite_master where name = 'steward_meta'") == 0) {
                throw refused("is a SQLite database of something else; it has been left as it is", null);
            }
            if (anything) {
                Schema.version(database, new Session(database, connection));
            }
        } catch (SQLException failed) {
            if (database.faultOf(failed) == Fault.LASTING) {
                throw refused("is a broken SQLite database, left as it is: " + failed.getMessage(), failed);
            }
            throw failed;
        }
    }

    private void checkWhole(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("pragma quick_check(1)")) {
            String found = rows.next() ? rows.getString(1) : "nothing";
            if (!found.equals("ok")) {
                throw refused("is a broken SQLite database, left as it is: " + found, null);
            }
        }
    }

    private static long first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException failed) {
            throw refused("cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** Takes note of which file it is that stands there, and fails if it is not the one that stood there the first time. */
    void remember() throws SQLException {
        if (identity == null) {
            identity = identity();
        } else {
            checkInPlace();
        }
    }

    /** Fails if another file, or none, stands there now: what is written to the old one would be lost, and what it shows is nobody's. */
    void checkInPlace() throws SQLException {
        if (identity != null && !identity.equals(identity())) {
            throw new SQLException("the file has been replaced by another: open the store anew");
        }
    }

    private @Nullable Object identity() throws SQLException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            throw new SQLException("the file has been taken away: put it back, or open the store anew", gone);
        }
    }

    String uri() {
        return path.toUri().toString();
    }

    private StoreOpenException refused(String why, @Nullable Throwable cause) {
        return new StoreOpenException(toString(), why, cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
