package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every child carries in its environment, and hands on to all that descend from it: whose it is, which instance, and which life of that.
 * Immutable.
 */
record Marks(String owner, String instance, String life) {
    static final String OWNER = "STEWARD_OWNER";
    static final String INSTANCE = "STEWARD_INSTANCE";
    static final String LIFE = "STEWARD_LIFE";

    static Marks of(String owner, InstanceSpec spec, Incarnation life) {
        return new Marks(owner, spec.name(), life.id());
    }

    /** As variables; the name of the instance is written so that it survives whatever character set the host has. */
    Map<String, String> variables() {
        return Map.of(OWNER, owner, INSTANCE, SafeName.encode(instance), LIFE, life);
    }

    /** Reads them from a block of variables, each of which ends with a NUL; null if it is not marked, or not as we mark. */
    static @Nullable Marks in(byte[] environment) {
        String owner = variable(environment, OWNER);
        String instance = owner == null ? null : variable(environment, INSTANCE);
        String life = instance == null ? null : variable(environment, LIFE);
        if (owner == null || instance == null || life == null) {
            return null;
        }
        try {
            return new Marks(owner, SafeName.decode(instance), new Incarnation(life).id());
        } catch (IllegalArgumentException notOfOurMaking) {
            return null;
        }
    }

    private static @Nullable String variable(byte[] environment, String name) {
        byte[] wanted = (name + "=").getBytes(StandardCharsets.US_ASCII);
        int from = 0;
        for (int i = 0; i <= environment.length; i++) {
            if (i == environment.length || environment[i] == 0) {
                if (startsWith(environment, from, i, wanted)) {
                    int start = from + wanted.length;
                    return new String(environment, start, i - start, StandardCharsets.UTF_8);
                }
                from = i + 1;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] wanted) {
        if (to - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
