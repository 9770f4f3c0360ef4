package dev.steward.instance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an earlier manager has left running: each is taken over by the instance of its name if that is wanted so, else it is stopped. Before
 * a configuration has been loaded nobody can tell which, so until then they are left alone. Not safe for use by many threads.
 */
final class Survivors {
    private static final String KEY = "survivors";

    private final Host host;
    private final boolean adopt;
    private final Map<Incarnation, Found> unclaimed = new LinkedHashMap<>();

    /** As it was when it was last seen. */
    private record Found(Observation.Running running, long at) {
        Observation.Running asOf(long now, boolean led) {
            Duration age = running.age().plusNanos(now - at);
            return new Observation.Running(running.name(), running.life(), running.pid(), age, led);
        }
    }

    /** @param adopt whether they are taken over at all */
    Survivors(Host host, boolean adopt) {
        this.host = host;
        this.adopt = adopt;
    }

    /** One has been found; it may be told of again. */
    void found(Observation.Running running) {
        if (host.isConfigured()) {
            take(running);
        } else {
            found(running.life(), running);
            tell();
        }
    }

    private void found(Incarnation life, Observation.Running running) {
        unclaimed.put(life, new Found(running, host.pass().now()));
    }

    /** News of one that nobody looks after yet; answers whether it was. */
    boolean observed(Observation news) {
        Found known = unclaimed.get(news.life());
        if (known == null) {
            return false;
        }
        if (news instanceof Observation.Running running) {
            found(news.life(), running);
        } else if (news instanceof Observation.Exited exited && exited.lingering()) {
            found(news.life(), known.asOf(host.pass().now(), false));
        } else if (!(news instanceof Observation.Measured)) {
            unclaimed.remove(news.life());
            tell();
        }
        return true;
    }

    /** A look has not found it any more. */
    void onlyListed(Set<Incarnation> listed) {
        if (unclaimed.keySet().retainAll(listed)) {
            tell();
        }
    }

    /** From now on it is known who is configured, or that nobody will be. */
    void claim() {
        if (!unclaimed.isEmpty()) {
            List<Found> all = List.copyOf(unclaimed.values());
            unclaimed.clear();
            all.forEach(one -> take(one.asOf(host.pass().now(), one.running().led())));
            tell();
        }
    }

    private void take(Observation.Running running) {
        InstanceRunner runner = host.roster().find(running.name());
        Life life = host.orders().found(running, host.roster().launchOf(running.name()));
        if (adopt && running.led() && runner != null && runner.standing().mayAdopt()) {
            runner.adopt(life, running.age());
        } else {
            host.leftovers().add(running.name(), life, Leftovers.Sort.SURVIVOR);
        }
    }

    private void tell() {
        if (unclaimed.isEmpty()) {
            host.publisher().clear(host.name(), KEY);
            return;
        }
        host.publisher().raise(host.name(), KEY, "left alone until a configuration can be loaded: " + left());
    }

    /** Who is left alone so far, for people. */
    List<String> left() {
        return unclaimed.values().stream()
                .map(one -> one.running().name() + " (pid " + one.running().pid() + ")")
                .toList();
    }

    boolean isEmpty() {
        return unclaimed.isEmpty();
    }
}
