package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.creating;
import static dev.steward.jdbc.Ask.putting;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Writes triples: three records of one batch with equal content, under {@code triple/RUN/NUMBER}. Each one that is acknowledged is said, as its
 * number, on the standard output.
 */
final class Writer {
    /** Begins a line that is meant for whoever has started it. */
    static final String SAID = "said: ";

    private Writer() {}

    /** {@code triples} or {@code count}, then where (see {@link #open}), the run, and how many. */
    public static void main(String[] arguments) {
        int at = arguments[1].equals("postgres") ? 4 : 3;
        try (RecordStore store = open(arguments)) {
            int most = Integer.parseInt(arguments[at + 1]);
            if (arguments[0].equals("count")) {
                count(store, most);
            } else {
                triples(store, arguments[at], most);
            }
        }
        System.exit(0);
    }

    private static final JdbcOptions PATIENT = JdbcOptions.defaults().withPatience(Duration.ofSeconds(20));

    /** {@code sqlite} or {@code unsafe} and a file, or {@code postgres}, a port and a schema. */
    private static RecordStore open(String[] arguments) {
        if (arguments[1].equals("sqlite")) {
            return SqliteRecordStore.open(Path.of(arguments[2]), TimeSource.system(), PATIENT);
        }
        if (arguments[1].equals("unsafe")) {
            var database =
                    new SqliteDatabase(Path.of(arguments[2]), PATIENT.patience(), "off", SqliteDatabase.MIGRATIONS);
            return SqliteRecordStore.open(database, TimeSource.system(), PATIENT);
        }
        return PostgresRecordStore.open(
                "written", Server.source(Integer.parseInt(arguments[2]), arguments[3]), TimeSource.system(), PATIENT);
    }

    private static void triples(RecordStore store, String run, int most) {
        for (int number = 0; number < most; number++) {
            Ask.committed(store, triple(run, number));
            say(number);
        }
    }

    /** Three records with one content, which says what it should be, and is of any length. */
    static Batch.Op[] triple(String run, int number) {
        String content = content(run, number);
        String key = "triple/" + run + "/" + number + "/";
        return new Batch.Op[] {creating(key + "a", content), creating(key + "b", content), creating(key + "c", content)
        };
    }

    private static String content(String run, int number) {
        int length = new Random(run.hashCode() * 31L + number).nextInt(3_000);
        return run + " " + number + " " + "x".repeat(length);
    }

    /** Whether a triple is there: whole, or not at all. */
    static boolean isThere(Map<String, Versioned> records, String run, int number) {
        String key = "triple/" + run + "/" + number + "/";
        int found = 0;
        for (String each : Set.of("a", "b", "c")) {
            Versioned record = records.get(key + each);
            if (record != null) {
                found++;
                if (!record.value().toUtf8().equals(content(run, number))) {
                    return torn(records, key);
                }
            }
        }
        return found == 3 || (found != 0 && torn(records, key));
    }

    private static boolean torn(Map<String, Versioned> records, String key) {
        throw new TornException(key + ": "
                + records.keySet().stream().filter(each -> each.startsWith(key)).toList());
    }

    /** A triple that is not whole. */
    static final class TornException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TornException(String message) {
            super(message);
        }
    }

    /** Counts one record on, together with others that do the same. */
    private static void count(RecordStore store, int most) {
        for (int done = 0; done < most; ) {
            ReadAnswer.Found found = (ReadAnswer.Found) Ask.read(store, "count");
            Versioned now = found.records().get(0);
            String next = Integer.toString(Integer.parseInt(now.value().toUtf8()) + 1);
            CommitAnswer answer = Ask.commit(store, putting("count", now.revision(), next));
            if (answer instanceof CommitAnswer.Committed) {
                say(next);
                done++;
            } else if (!(answer instanceof CommitAnswer.Conflict)) {
                throw new AssertionError("neither counted nor in conflict: " + answer);
            }
        }
    }

    private static void say(Object what) {
        System.out.println(SAID + what);
    }
}
