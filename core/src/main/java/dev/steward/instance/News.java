package dev.steward.instance;

import java.util.HashSet;
import java.util.Set;

/** Takes what the driver tells to whom it is about. Not safe for use by many threads. */
final class News {
    private final Host host;

    News(Host host) {
        this.host = host;
    }

    /** News of one life; what is about a life that is over is dropped, and what runs without an order of ours is stopped. */
    void observed(Observation news) {
        InstanceRunner runner = host.roster().find(news.name());
        if (runner != null && runner.seen().observe(news)) {
            runner.wake();
            return;
        }
        Leftovers.Leftover leftover = host.leftovers().find(news.name(), news.life());
        if (leftover != null) {
            observed(leftover, news);
        } else if (!host.survivors().observed(news) && news instanceof Observation.Running running) {
            found(running);
        }
    }

    private static void observed(Leftovers.Leftover leftover, Observation news) {
        if (news instanceof Observation.Running running) {
            leftover.life().seenRunning(running.pid());
        } else if (news instanceof Observation.Exited exited && exited.lingering()) {
            leftover.life().lingers();
        } else if (!(news instanceof Observation.Measured)) {
            leftover.gone();
        }
    }

    private void found(Observation.Running running) {
        if (host.isInStep()) {
            host.leftovers()
                    .add(
                            running.name(),
                            host.orders().found(running, host.roster().launchOf(running.name())),
                            Leftovers.Sort.STRAY);
        } else {
            host.survivors().found(running);
        }
    }

    /** A look at everything. The first one that succeeds puts the manager in step: from then on it decides. */
    void census(Census census) {
        if (!host.orders().answered(census)) {
            return;
        }
        Set<Incarnation> listed = new HashSet<>();
        for (Observation.Running running : census.running()) {
            listed.add(running.life());
            observed(running);
        }
        host.roster().forEach(runner -> {
            Life life = runner.seen().life();
            if (life != null && !listed.contains(life.id()) && runner.seen().notListed(census)) {
                runner.wake();
            }
        });
        host.leftovers().forEach(leftover -> {
            if (!listed.contains(leftover.life().id())
                    && census.ticket() > leftover.life().ticket()) {
                leftover.gone();
            }
        });
        host.survivors().onlyListed(listed);
        if (!host.isInStep()) {
            host.inStep();
            host.roster().readyAll();
        }
    }
}
