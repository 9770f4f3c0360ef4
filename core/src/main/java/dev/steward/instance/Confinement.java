package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a program may do: as whom it runs, and how much it may use. Immutable. What a platform, or the account of the host application,
 * cannot do is refused by name and never left out in silence.
 *
 * @param user name of the account that it runs as; empty for that of the host application
 * @param group name of its group; empty for that of the user
 * @param umask which permissions new files do not get, from 0 to 0777; -1 for that of the host application
 * @param limits each for each process of the instance, soft and hard; those not named are as in the host application
 */
public record Confinement(String user, String group, int umask, Map<Limit, Long> limits) {
    private static final Confinement NONE = new Confinement("", "", -1, Map.of());

    /** A resource, as in {@code setrlimit}. */
    public enum Limit {
        /** Bytes of address space. */
        ADDRESS_SPACE,
        /** Bytes of a core dump. */
        CORE_SIZE,
        /** Seconds of processor time. */
        CPU_TIME,
        /** Bytes of each file that it writes. */
        FILE_SIZE,
        /** Open files. */
        OPEN_FILES,
        /** Processes and threads of the user, all together. */
        PROCESSES
    }

    /** @throws IllegalArgumentException if a name is none, the umask or a limit is out of its range */
    public Confinement {
        checkArgument(user.isEmpty() || isAccount(user), "not the name of a user: '%s'", user);
        checkArgument(group.isEmpty() || isAccount(group), "not the name of a group: '%s'", group);
        checkArgument(umask >= -1 && umask <= 0777, "not a umask: %s", umask);
        limits = ImmutableMap.copyOf(limits);
        limits.forEach((limit, most) -> checkArgument(most >= 0, "the limit of %s is %s", limit, most));
    }

    /** As the host application itself. */
    public static Confinement none() {
        return NONE;
    }

    /** Whether it changes nothing. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** The same as another user. */
    public Confinement withUser(String other) {
        return new Confinement(other, group, umask, limits);
    }

    /** The same in another group. */
    public Confinement withGroup(String other) {
        return new Confinement(user, other, umask, limits);
    }

    /** The same with another umask. */
    public Confinement withUmask(int other) {
        return new Confinement(user, group, other, limits);
    }

    /** The same with one more limit, or another for the same resource. */
    public Confinement withLimit(Limit limit, long most) {
        Map<Limit, Long> other = new LinkedHashMap<>(limits);
        other.put(limit, most);
        return new Confinement(user, group, umask, other);
    }

    /** The umask, if one is set. */
    public OptionalInt umaskIfSet() {
        return umask < 0 ? OptionalInt.empty() : OptionalInt.of(umask);
    }

    /** The limit of a resource; null if it has none of its own. */
    public @Nullable Long limit(Limit limit) {
        return limits.get(limit);
    }

    private static boolean isAccount(String name) {
        return name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");
    }
}
