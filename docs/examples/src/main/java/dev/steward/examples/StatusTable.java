package dev.steward.examples;

import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.instance.HostManager;
import dev.steward.instance.ManagedInstance;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Shows the instances of a host: as a table that renews itself in place where the output is a terminal, else as a line for each event.
 * It is a loop like any other, and so an example of one.
 */
final class StatusTable implements ControlLoop {
    private static final Duration REFRESH = Duration.ofMillis(500);
    private static final String FORMAT = "  %-8s %-11s %-7s %8s %8s %9s %10s  %s%n";

    private final HostManager host;
    private final Subscription events;
    private final PrintStream out;
    private final boolean terminal;
    private volatile WakeUp runner = () -> {};
    private int lines;

    StatusTable(HostManager host, StateFeed feed, PrintStream out, boolean terminal) {
        this.host = host;
        this.events = feed.subscribe(() -> runner.wake());
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public Step manageOnce() {
        tellEvents();
        if (!terminal) {
            return Step.parked();
        }
        draw(host.instances());
        return Step.after(REFRESH);
    }

    /** A terminal shows the table instead; there the events are only read. */
    private void tellEvents() {
        events.poll(event -> {
            if (!terminal) {
                String cause = event.cause().isNone() ? "" : ", " + event.cause();
                out.println("  " + event.name() + ": " + event.state() + cause);
            }
        });
    }

    /** What to tell besides the table, after all that has happened before. */
    void say(String text) {
        tellEvents();
        lines = 0; // the table stays where it is, and goes on below
        out.println(text);
    }

    private void draw(List<ManagedInstance> instances) {
        if (lines > 0) {
            out.print("\033[" + lines + "A\033[J"); // up to the head of the table, and clear from there
        }
        out.printf(Locale.ROOT, FORMAT, "name", "state", "target", "pid", "uptime", "restarts", "stability", "why");
        instances.forEach(this::row);
        out.flush();
        lines = instances.size() + 1;
    }

    private void row(ManagedInstance instance) {
        out.printf(
                Locale.ROOT,
                FORMAT,
                instance.instanceId(),
                ManagedInstance.INSTANCE.text(instance.state()),
                instance.targetState().toString().toLowerCase(Locale.ROOT),
                instance.pid().isPresent() ? instance.pid().getAsLong() : "-",
                instance.uptime().toSeconds() + " s",
                instance.restarts(),
                String.format(Locale.ROOT, "%.2f", instance.stability()),
                instance.cause());
    }

    /** The table as plain lines, whatever the output is, after all that has happened before. */
    void print() {
        tellEvents();
        out.printf(Locale.ROOT, FORMAT, "name", "state", "target", "pid", "uptime", "restarts", "stability", "why");
        host.instances().forEach(this::row);
    }

    @Override
    public String name() {
        return "status table";
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        runner = wakeUp;
        wakeUp.wake();
    }

    @Override
    public void close() {
        events.close();
    }
}
