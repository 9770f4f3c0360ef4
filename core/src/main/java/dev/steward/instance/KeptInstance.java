package dev.steward.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.steward.event.Reason;
import dev.steward.kernel.Moment;
import dev.steward.store.RecordInput;
import dev.steward.store.RecordOutput;
import dev.steward.store.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the manager of one instance. Immutable.
 *
 * <p>All stamps are of the wall clock, as the monotonic one dies with the machine.
 *
 * @param target what it is wanted as
 * @param requested whether somebody asked for that; else it is as configured, and the next manager looks there
 * @param kind how it is managed, and its class: of another kind, it is another instance
 * @param setting what it is launched with, and its restart policy, as a hash: if that is another, its failures count anew
 * @param failures when it failed, as far as that may count, the earliest first
 * @param streak how often it has ended in a row
 * @param rests why it is not launched again; null if it is
 * @param reset when somebody last asked for it, so that all counted anew; null if nobody did
 */
record KeptInstance(
        TargetState target,
        boolean requested,
        String kind,
        long setting,
        List<Instant> failures,
        int streak,
        @Nullable Reason rests,
        @Nullable Instant reset) {
    /** The version of the fields; whoever changes them reads the earlier ones too. */
    static final int VERSION = 1;

    private static final int MOST_FAILURES = 1_000;
    private static final int LONGEST_TEXT = 1_000;

    KeptInstance {
        failures = List.copyOf(failures.subList(Math.max(failures.size() - MOST_FAILURES, 0), failures.size()));
    }

    /** The records of the instances of a host. */
    static RecordType<KeptInstance> type(String prefix) {
        return RecordType.of(prefix, VERSION, KeptInstance::write, KeptInstance::read);
    }

    /** What is to be kept of an instance as it is now; empty if it is as a new one would be. */
    static Optional<KeptInstance> of(InstanceRunner runner, Moment now) {
        Wanted wanted = runner.wanted();
        Wanted.Successor comes = wanted.successor();
        if (comes != null) {
            return comes.requested() ? Optional.of(fresh(comes)) : Optional.empty();
        }
        Restarts restarts = runner.restarts();
        Reason rests = restarts.rests();
        boolean isNew = !wanted.isRequested() && restarts.streak() == 0 && rests == null && wanted.reset() == null;
        if (wanted.isWithdrawn() || isNew) {
            return Optional.empty();
        }
        return Optional.of(new KeptInstance(
                wanted.target(),
                wanted.isRequested(),
                kind(wanted.spec()),
                setting(wanted.spec()),
                restarts.failures(now),
                restarts.streak(),
                rests,
                wanted.reset()));
    }

    private static KeptInstance fresh(Wanted.Successor comes) {
        return new KeptInstance(
                comes.target(), true, kind(comes.spec()), setting(comes.spec()), List.of(), 0, null, null);
    }

    /** Whether it was kept of an instance that a reload would leave in its place. */
    boolean isOf(InstanceSpec spec) {
        return kind.equals(kind(spec));
    }

    /** Whether what it has counted still says something. */
    boolean isAsSet(InstanceSpec spec) {
        return setting == setting(spec);
    }

    private static String kind(InstanceSpec spec) {
        return spec.management() + " " + spec.agentClass();
    }

    /** The values of secrets are left out: the store is to know nothing of them, not even a hash. */
    static long setting(InstanceSpec spec) {
        LaunchSpec launch = spec.launch();
        RestartPolicy restart = spec.restart();
        Hasher hasher = Hashing.sha256().newHasher();
        put(hasher, launch.argv());
        put(hasher, List.of(launch.directory()));
        put(hasher, new TreeMap<>(launch.environment()).entrySet());
        put(hasher, new TreeSet<>(launch.secrets().keySet()));
        put(hasher, new TreeSet<>(launch.inherit()));
        Confinement confinement = launch.confinement();
        put(hasher, List.of(confinement.user(), confinement.group(), confinement.umask()));
        put(hasher, new TreeMap<>(confinement.limits()).entrySet());
        put(hasher, List.of(restart.when(), restart.mostFailures(), restart.window()));
        put(hasher, new TreeSet<>(restart.successCodes()));
        return hasher.hash().asLong();
    }

    private static void put(Hasher hasher, Collection<?> values) {
        hasher.putInt(values.size());
        for (Object value : values) {
            byte[] bytes = value.toString().getBytes(UTF_8);
            hasher.putInt(bytes.length).putBytes(bytes);
        }
    }

    private static void write(KeptInstance kept, RecordOutput out) {
        out.constant(kept.target).flag(kept.requested).text(kept.kind).number(kept.setting);
        out.number(kept.failures.size());
        kept.failures.forEach(out::instant);
        out.number(kept.streak);
        out.flag(kept.rests != null);
        if (kept.rests != null) {
            String text = kept.rests.text();
            out.constant(kept.rests.code()).text(text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
        }
        out.flag(kept.reset != null);
        if (kept.reset != null) {
            out.instant(kept.reset);
        }
    }

    private static KeptInstance read(RecordInput in) {
        TargetState target = in.constant(TargetState.class);
        boolean requested = in.flag();
        String kind = in.text();
        long setting = in.number();
        List<Instant> failures = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            failures.add(in.instant());
        }
        int streak = Math.toIntExact(in.number());
        Reason rests = in.flag() ? new Reason(in.constant(InstanceCause.class), in.text()) : null;
        Instant reset = in.flag() ? in.instant() : null;
        return new KeptInstance(target, requested, kind, setting, failures, streak, rests, reset);
    }
}
