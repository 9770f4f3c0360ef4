package dev.steward.process;

import dev.steward.instance.Confinement.Limit;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What this JVM may do to its children, as the kernel tells. Immutable.
 *
 * @param user number of the account
 * @param capabilities one bit for each that a child has at its start
 * @param hardLimits those that there are
 * @param mostFiles how many open files this system allows anybody
 */
record Privileges(long user, long capabilities, Map<Limit, Long> hardLimits, long mostFiles) {
    private static final Map<String, Limit> LIMITS = Map.of(
            "Max address space", Limit.ADDRESS_SPACE,
            "Max core file size", Limit.CORE_SIZE,
            "Max cpu time", Limit.CPU_TIME,
            "Max file size", Limit.FILE_SIZE,
            "Max open files", Limit.OPEN_FILES,
            "Max processes", Limit.PROCESSES);
    private static final int NAME_WIDTH = 26;

    /** A thing that an account may be allowed to do; the number is the kernel's. */
    enum Capability {
        /** To signal processes of others. */
        KILL(5),
        /** To become another group. */
        SETGID(6),
        /** To become another user. */
        SETUID(7),
        /** To read the environment of processes of others. */
        SYS_PTRACE(19),
        /** To raise hard limits. */
        SYS_RESOURCE(24);

        private final int number;

        Capability(int number) {
            this.number = number;
        }
    }

    Privileges {
        hardLimits = Map.copyOf(hardLimits);
    }

    /** As of now. */
    static Privileges ofThisJvm() {
        try (var number = new FileInputStream("/proc/sys/fs/nr_open")) {
            return of(
                    Files.readAllLines(Path.of("/proc/self/status")),
                    Files.readAllLines(Path.of("/proc/self/limits")),
                    new String(
                            number.readNBytes(32),
                            StandardCharsets.US_ASCII)); // one read: there is nothing for a second
        } catch (IOException unseen) {
            throw new UncheckedIOException(unseen);
        }
    }

    /** From the files of those names. */
    static Privileges of(List<String> status, List<String> limits, String nrOpen) {
        long user = Long.parseLong(value(status, "Uid:").split("\\s+", -1)[1]); // real, effective, ...
        // root's capabilities come back with each exec; those of others stay only if they are ambient
        String capabilities = value(status, user == 0 ? "CapEff:" : "CapAmb:");
        var hard = new EnumMap<Limit, Long>(Limit.class);
        for (String line : limits) {
            Limit limit = line.length() < NAME_WIDTH
                    ? null
                    : LIMITS.get(line.substring(0, NAME_WIDTH).strip());
            if (limit != null) {
                String most = line.substring(NAME_WIDTH).strip().split("\\s+", -1)[1]; // soft, hard, unit
                if (!most.equals("unlimited")) {
                    hard.put(limit, Long.parseLong(most));
                }
            }
        }
        return new Privileges(user, Long.parseUnsignedLong(capabilities, 16), hard, Long.parseLong(nrOpen.strip()));
    }

    boolean has(Capability capability) {
        return (capabilities >>> capability.number & 1) == 1;
    }

    private static String value(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException("no " + key + " in status")));
    }
}
