package dev.steward.testkit.lead;

import dev.steward.loop.Calls;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.testkit.lead.LeadIndex.Known;
import dev.steward.testkit.lead.LeadProvisioner.Answer;
import dev.steward.testkit.lead.LeadRecords.State;
import dev.steward.testkit.lead.LeadRecords.Thing;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes what has become of things, in every process and without a fence: it only moves them towards their end. Not safe for use by many threads. */
final class LeadReactor implements ControlLoop {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long KEPT = Duration.ofSeconds(20).toNanos();

    private final LeadWorld world;
    private final LeadProcess process;
    private final RecordCache cache;
    private final RecordWriter writer;
    private final Mailbox mailbox = new Mailbox();
    private final Calls calls;
    private final Map<String, Report> reports = new TreeMap<>();

    private record Report(Answer answer, long at) {}

    LeadReactor(LeadWorld world, LeadProcess process, RecordCache cache) {
        this.world = world;
        this.process = process;
        this.cache = cache;
        writer = new RecordWriter(cache, process.holder() + " reactor");
        calls = new Calls(mailbox, world.simulation.time());
    }

    @Override
    public String name() {
        return "reactor";
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        cache.wakes(this, wakeUp);
        mailbox.wakeWith(wakeUp);
    }

    /** Takes the answer to one call about a thing. */
    Consumer<Answer> expect(String name) {
        return calls.expect(LIMIT, answer -> take(name, answer), () -> Answer.UNKNOWN);
    }

    /** Takes in what was answered, and what is late. */
    private void settle() {
        mailbox.drain();
        calls.expire();
    }

    /** When the next answer is late, as of now: whoever has asked in his pass asks this last. */
    Step nextLimit() {
        settle();
        return calls.next();
    }

    /** Somebody says of himself what has become of a thing. */
    void report(String name, Answer answer) {
        mailbox.post(() -> take(name, answer));
    }

    private void take(String name, Answer answer) {
        Report before = reports.get(name);
        if (answer != Answer.UNKNOWN && (before == null || before.answer != Answer.GONE)) {
            reports.put(name, new Report(answer, world.now()));
        }
    }

    @Override
    public Step manageOnce() {
        cache.poll();
        settle();
        reports.entrySet().removeIf(report -> isOver(report.getKey(), report.getValue()));
        if (!reports.isEmpty() && writer.isReady()) {
            Stage stage = new Stage();
            reports.forEach((name, report) -> stage(name, report, stage));
            if (!stage.isEmpty()) {
                writer.commit(stage, answer -> {});
            }
        }
        Step expiry = Step.parked();
        for (Map.Entry<String, Report> report : reports.entrySet()) {
            if (process.index().thing(report.getKey()) == null) { // else its record is waited for, not its time
                expiry = expiry.earliest(Step.afterNanos(Math.max(report.getValue().at + KEPT - world.now(), 0)));
            }
        }
        return expiry.earliest(writer.next()).earliest(cache.next()).earliest(calls.next());
    }

    private boolean isOver(String name, Report report) {
        Known<Thing> thing = process.index().thing(name);
        if (thing == null) {
            return world.now() - report.at - KEPT >= 0; // its record may be on its way
        }
        State state = thing.value().state();
        return state == State.GONE || (report.answer == Answer.RUNNING && state != State.REQUESTING);
    }

    private void stage(String name, Report report, Stage stage) {
        Known<Thing> thing = process.index().thing(name);
        if (thing != null) {
            State next = report.answer == Answer.GONE ? State.GONE : State.RUNNING;
            stage.put(Thing.TYPE, thing.record(), thing.value().in(next));
        }
    }

    /** What it has not yet written, or does not know where to. */
    int remembered() {
        return reports.size();
    }

    @Override
    public void close() {
        calls.forget();
        cache.wakesNoMore(this);
    }
}
