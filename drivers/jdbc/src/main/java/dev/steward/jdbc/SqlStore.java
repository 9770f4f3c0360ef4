package dev.steward.jdbc;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordKeys;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on a database of any kind. All calls wait in one line for one thread with one connection; answers and hints come on that thread, so
 * whoever takes them does not dwell. Safe for use by many threads.
 */
final class SqlStore implements RecordStore, StoreThread.Chores {
    private static final Logger log = LoggerFactory.getLogger(SqlStore.class);

    private static final Duration LAST_CALL = Duration.ofSeconds(2);
    private static final Duration BROKEN_OFF = Duration.ofSeconds(1);

    private final Database database;
    private final Line line;
    private final Commits commits;
    private final Pages pages;
    private final StoreThread thread;
    private final Map<Object, WakeUp> hints = new ConcurrentHashMap<>();
    private long revision = -1; // as last seen; of the thread

    /** @throws StoreOpenException if the store cannot be opened */
    SqlStore(String threadName, Database database, JdbcOptions options, TimeSource time) {
        this.database = database;
        this.line = new Line(database, time);
        this.commits = new Commits(database, time);
        this.pages = new Pages(database);
        this.thread = new StoreThread(threadName, options, this);
        line.open();
        thread.start();
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        post(session -> committed(commits.commit(session, batch)), then, then);
    }

    private CommitAnswer committed(CommitAnswer answer) {
        if (answer instanceof CommitAnswer.Committed committed) {
            seen(committed.revision());
        }
        return answer;
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        post(
                session -> {
                    Changes page = pages.changes(session, query);
                    seen(page.asOf());
                    return page;
                },
                then,
                then);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        Set<String> asked = Set.copyOf(keys);
        asked.forEach(RecordKeys::check);
        post(session -> pages.read(session, asked), then, then);
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        Object tie = new Object();
        hints.put(tie, hint);
        thread.nudge();
        return () -> hints.remove(tie);
    }

    @Override
    public void close() {
        hints.clear();
        if (!thread.stop(LAST_CALL)) {
            line.abort();
            if (!thread.stop(BROKEN_OFF)) {
                log.atWarn().addKeyValue("store", database.name()).log("closed, but its last call has not ended");
            }
        }
    }

    private interface Work<A> {
        A with(Session session) throws SQLException;
    }

    private <A> void post(Work<? extends A> work, Consumer<? super A> then, Consumer<? super StoreTrouble> otherwise) {
        thread.post(new StoreThread.Order() {
            @Override
            public void run() {
                A answer;
                try {
                    answer = work.with(session());
                } catch (SQLException failed) {
                    otherwise.accept(failed(failed));
                    return;
                } catch (StoreOpenException refused) {
                    otherwise.accept(new StoreTrouble.Refused(String.valueOf(refused.getMessage())));
                    return;
                } catch (RuntimeException | Error defect) {
                    line.drop();
                    otherwise.accept(new StoreTrouble.Unknown(database.name() + ": " + defect));
                    throw defect;
                }
                line.dropIfLost();
                then.accept(answer);
            }

            @Override
            public void decline(StoreTrouble why) {
                otherwise.accept(why);
            }
        });
    }

    private Session session() throws SQLException {
        Session session = line.session();
        database.checkInPlace();
        return session;
    }

    /** What was wrong with a call that writes nothing. */
    private StoreTrouble failed(SQLException failed) {
        Fault fault = database.faultOf(failed);
        log.atDebug().setCause(failed).addKeyValue("store", database.name()).log("a call failed");
        if (fault == Fault.LOST) {
            line.drop();
        } else {
            line.forgetStatements();
            line.dropIfLost();
        }
        return troubleOf(fault, database.name() + ": " + failed.getMessage());
    }

    /** The answer to a call that certainly was not done. */
    static StoreTrouble troubleOf(Fault fault, String reason) {
        return fault == Fault.LASTING ? new StoreTrouble.Refused(reason) : new StoreTrouble.Unavailable(reason);
    }

    private void seen(long now) {
        line.reached(now);
        if (now != revision) {
            revision = now;
            hints.values().forEach(this::hint);
        }
    }

    private void hint(WakeUp hint) {
        try {
            hint.wake();
        } catch (RuntimeException | Error defect) {
            log.atError().setCause(defect).log("a hint failed");
        }
    }

    @Override
    public boolean wanted() {
        return !hints.isEmpty();
    }

    @Override
    public void look() {
        try {
            Session session = session();
            if (database.mayHaveNews()) {
                seen(pages.revision(session));
            }
        } catch (SQLException failed) {
            failed(failed);
        } catch (StoreOpenException refused) {
            log.atDebug().setCause(refused).log("{}", database.name());
        } catch (RuntimeException | Error defect) {
            line.drop();
            throw defect;
        }
    }

    @Override
    public void end() {
        line.drop();
    }
}
