package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.kernel.Due;
import dev.steward.kernel.Texts;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/** Asks the recycle policy of one instance about one life, each period until it is told to end. Not safe for use by many threads. */
final class Recycler implements Due {
    private static final String KEY = "recycle";
    private static final Duration PERIOD_AFTER_DEFECT = Duration.ofMinutes(1);
    private static final Duration TIME_TO_MEASURE = Duration.ofSeconds(1);

    private final Host host;
    private final InstanceRunner runner;
    private final RecyclePolicy policy;
    private final Life life;
    private final int slot;
    private boolean measuring;
    private long at;

    Recycler(Host host, InstanceRunner runner, RecyclePolicy policy, Life life) {
        this.host = host;
        this.runner = runner;
        this.policy = policy;
        this.life = life;
        this.slot = host.schedule().add(this);
        wakeIn(period());
    }

    /** Whether it asks that policy about that life. */
    boolean asks(RecyclePolicy other, Life about) {
        return life == about && policy.equals(other);
    }

    /** No more questions. */
    void end() {
        host.schedule().remove(slot);
        host.publisher().clear(runner.name(), KEY);
    }

    private void wakeIn(Duration delay) {
        at = host.pass().now() + Math.max(TimeSource.saturatedNanos(delay), 1);
        host.schedule().at(slot, at);
    }

    @Override
    public void run(long now) {
        if (now - at < 0) {
            host.schedule().at(slot, at); // it may be a turn after a defect
        } else if (!measuring && needsMemory()) {
            measuring = true;
            host.orders().measure(runner.name(), life);
            wakeIn(TIME_TO_MEASURE);
        } else {
            measuring = false;
            wakeIn(period());
            ask(now);
        }
    }

    private Duration period() {
        try {
            return policy.period();
        } catch (RuntimeException error) {
            fails(error);
            return PERIOD_AFTER_DEFECT;
        }
    }

    private boolean needsMemory() {
        try {
            return policy.needsMemory();
        } catch (RuntimeException error) {
            fails(error);
            return false;
        }
    }

    private void ask(long now) {
        var vitals = new RecyclePolicy.Vitals(
                runner.name(),
                Duration.ofNanos(now - life.since()),
                life.memory(),
                host.pass().moment().wall());
        try {
            Optional<String> reason = checkNotNull(policy.reason(vitals), "a policy answers null");
            host.publisher().clear(runner.name(), KEY);
            reason.ifPresent(text -> runner.recycle(Recycle.asked(InstanceCause.RECYCLED, runner.hide(text))));
        } catch (RuntimeException error) {
            fails(error);
        }
    }

    private void fails(RuntimeException error) {
        String text = "its policy for restarts fails: " + runner.hide(Texts.thrown(error));
        host.publisher().raise(runner.name(), KEY, text);
    }

    @Override
    public String name() {
        return runner.name();
    }
}
