package dev.steward.benchmarks;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.RunState;
import dev.steward.instance.SiteConfig;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link HostManager} with many instances, all of them up, over a {@link TableDriver}. Its passes have no budget, so that one pass does
 * all that is due. Not safe for use by many threads.
 */
final class Fleet {
    private static final Duration NO_BUDGET = Duration.ofHours(1);
    private static final long RESTART_DELAY = Duration.ofSeconds(3).toNanos();

    private final SkippingTime time = new SkippingTime();
    private final TableDriver driver = new TableDriver();
    private final List<String> names = new ArrayList<>();
    private final HostManager host;
    private int next;

    Fleet(int size) {
        List<InstanceSpec> specs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add("instance-" + i);
            specs.add(InstanceSpec.of(names.get(i), "/bin/sleep", "1000"));
        }
        host = new HostManager(
                SiteConfig.of(specs),
                driver,
                new InMemoryStateFeed(time),
                time,
                HostManager.Options.defaults().withBudget(NO_BUDGET));
        settle();
        requireUp(size);
    }

    private void settle() {
        while (host.manageOnce().kind() == Step.Kind.AGAIN) {
            // until it is content
        }
    }

    private void requireUp(int size) {
        int up = 0;
        for (ManagedInstance one : host.instances()) {
            up += one.state() == RunState.UP ? 1 : 0;
        }
        if (up != size) {
            throw new IllegalStateException(up + " of " + size + " are up");
        }
    }

    /** One pass. */
    Step pass(boolean force) {
        return host.manageOnce(force);
    }

    /**
     * So many die, the manager sees it, the time until the restart passes at once, they are launched again and seen running. Each of them
     * changes three times, and says so on the feed.
     *
     * @return how many passes it took
     */
    int crashAndRecover(int many) {
        for (int i = 0; i < many; i++) {
            driver.crash(names.get(next));
            next = next + 1 == names.size() ? 0 : next + 1;
        }
        int passes = 1;
        host.manageOnce();
        time.skip(RESTART_DELAY);
        do {
            passes++;
        } while (host.manageOnce().kind() == Step.Kind.AGAIN);
        return passes;
    }

    /** Throws unless everybody is up. The manager is not closed, as that tells of every instance, in the middle of a measurement. */
    void check() {
        settle();
        requireUp(names.size());
    }
}
