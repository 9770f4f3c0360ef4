package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is around the processes of one run: its clock, what happens in it, and the store that the processes share.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; each run has its own.
 */
public final class World {
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final Play play;
    private final List<Expectation> expectations = new ArrayList<>();
    private @Nullable RecordStore operator;
    private String event = ""; // the one that is happening
    private int within; // it, how many others were asked for
    private int events; // of all rounds
    private int round;
    private int deaths;
    private int written;
    private boolean isInRound;
    private final Map<String, Duration> asked = new LinkedHashMap<>(); // when each event is to happen

    private static final class Expectation {
        private final String what;
        private final @Nullable ProofProcess process;
        private final int deaths;
        private boolean settled;

        private Expectation(String what, @Nullable ProofProcess process, int deaths) {
            this.what = what;
            this.process = process;
            this.deaths = deaths;
        }
    }

    World(Play play) {
        this.play = play;
    }

    /** The clock of everything in the run. */
    public TimeSource time() {
        return play.simulation().time();
    }

    /** How long the run has lasted, in its own time. */
    public Duration elapsed() {
        return play.simulation().elapsed();
    }

    /** What the run goes on in; for fakes of one's own that are made of it. */
    public Simulation simulation() {
        return play.simulation();
    }

    /** Random numbers of the run's seed. */
    public Random random() {
        return play.simulation().random();
    }

    /** Which round it is, from 1; 0 before the first. */
    public int round() {
        return round;
    }

    /**
     * Lets something happen {@code delay} from now. What is asked for in {@link Scenario#round} happens before everything becomes quiet, and
     * a failure is told with as few of these as it takes; what is asked for elsewhere, such as by fakes, is never left out by itself.
     */
    public void after(Duration delay, String what, Runnable action) {
        String id = "";
        if (isInRound) {
            id = Integer.toString(++events);
            if (play.replay().without().contains(id)) {
                return;
            }
            play.busy(delay.plus(BEHIND));
            asked.put(id, elapsed().plus(delay));
        } else if (!event.isEmpty()) {
            id = event + "." + ++within;
        }
        happensAs(id, delay, what, action);
    }

    private void happensAs(String id, Duration delay, String what, Runnable action) {
        play.simulation().after(checkNotNull(delay, "delay"), what, () -> happen(id, what, action));
    }

    /** The same, at a time of the run. */
    public void at(Duration when, String what, Runnable action) {
        after(when.minus(elapsed()), what, action);
    }

    private void happen(String id, String what, Runnable action) {
        String outer = event;
        int count = within;
        event = id;
        within = 0;
        play.mark(Mark.EVENT, "", id.isEmpty() ? what : "event " + id + ": " + what);
        play.news();
        try {
            action.run();
        } catch (Death death) {
            play.mark(Mark.EVENT, "", "a process dies in the midst of it");
        } finally {
            event = outer;
            within = count;
        }
    }

    /** Writes something into the story of a failure. */
    public void note(String line) {
        play.simulation().note(line);
        play.mark(Mark.EVENT, "", line);
    }

    /** The records that all processes share, by key. */
    public Map<String, Versioned> records() {
        return play.ground().records();
    }

    /** An operator's own client of the store, at which nothing ever goes wrong. */
    public RecordStore operator() {
        RecordStore own = operator;
        if (own == null) {
            own = play.ground().client("operator");
            operator = own;
        }
        return own;
    }

    /** Somebody else writes a record of a type, making it if there is none: soon, and whoever writes at the same time. */
    public <R> void write(RecordType<R> type, String name, R value) {
        Versioned before = records().get(type.key(name));
        Stage stage = before == null ? new Stage().create(type, name, value) : new Stage().put(type, before, value);
        commit(stage, () -> write(type, name, value));
    }

    /** Somebody else deletes the record of a type, if there is one: soon, and whoever writes at the same time. */
    public void delete(RecordType<?> type, String name) {
        Versioned before = records().get(type.key(name));
        if (before != null) {
            commit(new Stage().delete(before), () -> delete(type, name));
        }
    }

    private void commit(Stage stage, Runnable again) {
        operator().commit(stage.toBatch("operator-" + ++written), answer -> {
            if (answer instanceof CommitAnswer.Conflict) {
                again.run();
            }
        });
    }

    /** A request to some process must be answered by the end of the round, unless a process has died since. */
    public void expect(String what, CompletionStage<?> answer) {
        expect(new Expectation(what, null, deaths), answer);
    }

    /** A request to this process must be answered by the end of the round, unless it has died since. */
    public void expect(String what, ProofProcess process, CompletionStage<?> answer) {
        expect(new Expectation(what, checkNotNull(process, "process"), deaths), answer);
    }

    private void expect(Expectation expectation, CompletionStage<?> answer) {
        play.mark(Mark.REQUEST, "", expectation.what);
        expectations.add(expectation);
        answer.whenComplete((result, failure) -> expectation.settled = true);
    }

    // ---- for the run

    void died() {
        deaths++;
    }

    void begin(int number, Scenario scenario) {
        round = number;
        isInRound = true;
        try {
            scenario.round(this);
        } finally {
            isInRound = false;
        }
    }

    /** What was asked for, and when it happened, or will. */
    Map<String, Duration> events() {
        return asked;
    }

    /** Every request has been answered by now. */
    void checkAnswered() {
        for (Expectation each : expectations) {
            boolean excused = each.process == null ? each.deaths < deaths : each.process.isDead();
            if (!each.settled && !excused) {
                play.broken(Violation.NO_LOST_REQUEST, "'" + each.what + "' has not been answered", null);
                return;
            }
        }
        expectations.clear();
    }

    @Override
    public String toString() {
        return "World[" + play.replay() + ", after " + elapsed() + "]";
    }
}
