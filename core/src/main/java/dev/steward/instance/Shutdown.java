package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Due;
import dev.steward.kernel.Texts;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes everything down within a limit, in the order that is configured as long as there is time for that: over once nothing of ours runs,
 * or when the time is, and then says by name what is left. Not safe for use by many threads.
 */
final class Shutdown implements Due {
    private final Host host;
    private final int slot;
    private boolean begun;
    private long end;
    private long hurry;
    private Duration limit = Duration.ZERO;
    private boolean late;
    private boolean leaves; // what runs as it is

    private record Left(String name, Life life) {}

    Shutdown(Host host) {
        this.host = host;
        this.slot = host.schedule().add(this);
    }

    /** Begins, or brings the limit forward. */
    void begin(long now, Duration within) {
        if (host.observes()) {
            leave();
            return;
        }
        long until = now + Math.min(TimeSource.saturatedNanos(within), Long.MAX_VALUE / 2);
        if (!begun) {
            begun = true;
            host.shuttingDown();
            host.restarting().close();
            if (!host.isConfigured()) {
                host.configured(List.of());
            }
            host.roster().shutDown();
        } else if (until - end >= 0) {
            return;
        }
        end = until;
        limit = within;
        long most = end - now;
        long force = TimeSource.saturatedNanos(host.roster().longestForce());
        long patient =
                most >= force ? most - force : most / 2; // so that whoever waits can still be stopped with all force
        hurry = now + patient;
        host.schedule().at(slot, hurry);
        if (patient == 0) {
            host.ordering().hurry();
        }
    }

    private void leave() {
        if (!begun) {
            begun = true;
            leaves = true;
            host.shuttingDown();
            host.restarting().close();
        }
    }

    @Override
    public void run(long now) {
        late = now - end >= 0;
        if (!late && now - hurry >= 0) {
            host.ordering().hurry();
            host.schedule().at(slot, end);
        } else if (!late) {
            host.schedule().at(slot, hurry);
        }
    }

    /** Looks whether it is over, at the end of each pass; answers what became of it, or null. */
    @Nullable
    ShutdownAnswer endOfPass() {
        if (!begun || !(late || leaves || host.isQuiet())) {
            return null;
        }
        List<Left> left = left();
        if (!leaves) {
            left.forEach(this::tell);
        }
        ShutdownAnswer answer = answer(left);
        host.publisher().message(host.name(), answer.isClean() ? "shut down" : "shut down, leaving " + answer.left());
        return answer;
    }

    /** What is left, if nobody looks any longer. */
    ShutdownAnswer abandon() {
        return answer(left());
    }

    private ShutdownAnswer answer(List<Left> left) {
        List<String> texts = new ArrayList<>();
        if (!host.isInStep()) {
            texts.add("not known: the driver has not told what runs");
        }
        left.forEach(one -> texts.add(one.name() + " (" + one.life().describe() + ")"));
        texts.addAll(host.survivors().left());
        return new ShutdownAnswer(texts);
    }

    private List<Left> left() {
        List<Left> left = new ArrayList<>();
        host.roster().forEach(runner -> {
            Life life = runner.seen().life();
            if (life != null) {
                left.add(new Left(runner.name(), life));
            }
        });
        host.leftovers().forEach(leftover -> left.add(new Left(leftover.name(), leftover.life())));
        return left;
    }

    private void tell(Left left) {
        String text = left.life().describe() + " is left behind after " + Texts.seconds(limit);
        Reason cause = new Reason(InstanceCause.SHUTDOWN_LIMIT, text);
        host.publisher().failed(left.name(), host.roster().stateOf(left.name()), cause);
    }

    @Override
    public String name() {
        return "shutdown";
    }
}
