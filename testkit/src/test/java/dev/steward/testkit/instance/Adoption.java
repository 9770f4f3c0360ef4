package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.HostManager;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeLife;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An oracle for what an earlier manager has left: whoever is configured and has its first process is taken over, without a launch and
 * without a signal; everybody else is stopped before anything is launched. Told what the driver has really said. Not safe for use by many
 * threads.
 */
final class Adoption {
    private final FakeHost host;
    private final Map<Incarnation, Observation.Running> survivors = new HashMap<>();
    private final Set<Incarnation> ended = new HashSet<>();
    private final Set<Incarnation> adoptable = new HashSet<>();
    private final Set<String> killed = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private boolean known;
    private boolean checked;
    private boolean muddled;

    Adoption(FakeHost host) {
        this.host = host;
    }

    /** The driver has looked. */
    void census(Census census) {
        if (!known && !census.isFailed()) {
            known = true;
            census.running().forEach(one -> survivors.put(one.life(), one));
        }
    }

    /** Whether it has. */
    boolean isKnown() {
        return known;
    }

    /** The driver tells of something. */
    void observed(Observation news) {
        if (!(news instanceof Observation.Running) && !(news instanceof Observation.Measured)) {
            ended.add(news.life());
        }
    }

    /** The configuration is another before it is known who is there: whoever is left is not what is configured any more. */
    void reloaded() {
        muddled |= !checked;
    }

    /** A signal is ordered, whatever comes of it. */
    void signalled(String name, Signal signal) {
        if (signal == Signal.KILL) {
            killed.add(name);
        }
    }

    /** Something is launched, this is configured, and these are held, so that what is left of them stays and keeps nobody waiting. */
    void launched(String name, Map<String, InstanceSpec> specs, Predicate<String> held) {
        for (FakeLife life : host.lives()) {
            Observation.Running survivor = survivors.get(life.life());
            boolean adopted = adoptable.contains(life.life())
                    || (survivor != null && !checked && survivor.led() && specs.containsKey(survivor.name()));
            if (survivor != null
                    && life.isAlive()
                    && !adopted
                    && !killed.contains(life.name())
                    && !held.test(life.name())) {
                violations.add("launch of '" + name + "', and " + life + " is there");
            }
        }
    }

    /** A pass has ended; answers how many were taken over in it. */
    int passEnded(Map<String, InstanceSpec> specs, HostManager manager) {
        if (!known || checked || specs.isEmpty()) {
            return 0;
        }
        checked = true;
        int adopted = 0;
        for (Observation.Running survivor : survivors.values()) {
            ManagedInstance instance = manager.instance(survivor.name()).orElse(null);
            boolean owned = instance != null
                    && instance.view().adopted()
                    && instance.life().filter(survivor.life()::equals).isPresent();
            if (owned || (survivor.led() && specs.containsKey(survivor.name()))) {
                adoptable.add(survivor.life());
            }
            adopted += owned ? 1 : 0;
            if (ended.contains(survivor.life())) {
                continue;
            }
            if (owned && !survivor.led()) {
                violations.add(survivor + " is taken over without its first process");
            } else if (!owned && survivor.led() && specs.containsKey(survivor.name()) && !muddled) {
                violations.add(survivor + " is not taken over: " + instance);
            } else if (!owned && !isNamed(survivor, manager)) {
                violations.add(survivor + " is neither taken over nor named to anybody");
            }
        }
        return adopted;
    }

    private static boolean isNamed(Observation.Running survivor, HostManager manager) {
        return manager.notifications().stream()
                .anyMatch(one -> one.toString().contains(String.valueOf(survivor.pid()))
                        || one.toString().contains(survivor.life().id()));
    }

    /** What was wrong, in order. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
