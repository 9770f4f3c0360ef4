package dev.steward.process;

import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds programs, the way a shell would, but before anything is started: what cannot be executed is known by its own name. And their variables. */
final class Programs {
    /** Where programs are looked for if there is no {@code PATH}, as the C library does. */
    private static final String STANDARD_PATH = "/bin:/usr/bin";

    private static final Pattern COLON = Pattern.compile(":");

    private Programs() {}

    /**
     * The absolute path of a program: as it is named if that holds a {@code /}, seen from {@code directory}, else the first of that name on
     * {@code path}. Entries of the path that are not absolute are skipped.
     *
     * @throws LaunchRefused if there is none, or none that is an executable file
     */
    static Path resolve(String program, Path directory, @Nullable String path) throws LaunchRefused {
        boolean seen = false;
        try {
            if (program.indexOf('/') >= 0) {
                Path file = directory.resolve(program);
                if (isExecutable(file)) {
                    return file;
                }
                seen = Files.exists(file);
            } else {
                for (String entry : COLON.split(path == null ? STANDARD_PATH : path, -1)) {
                    if (entry.startsWith("/")) {
                        Path file = Path.of(entry, program);
                        if (isExecutable(file)) {
                            return file;
                        }
                        seen |= Files.isRegularFile(file);
                    }
                }
            }
        } catch (InvalidPathException cannotBeAFile) {
            throw new LaunchRefused(LaunchFailure.NO_PROGRAM, "no program '" + program + "': not the name of a file");
        }
        throw seen
                ? new LaunchRefused(LaunchFailure.NOT_EXECUTABLE, "'" + program + "' is not an executable file")
                : new LaunchRefused(LaunchFailure.NO_PROGRAM, "no program '" + program + "'");
    }

    /**
     * The absolute path of a tool of the system; the usual folders come before the {@code PATH} of the host application.
     *
     * @throws UnsupportedOperationException if there is none
     */
    static Path tool(String name) {
        try {
            return resolve(
                    name, Path.of("/"), "/usr/bin:/bin:" + System.getenv().getOrDefault("PATH", ""));
        } catch (LaunchRefused missing) {
            throw new UnsupportedOperationException("ProcessDriver needs the program '" + name + "'", missing);
        }
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** The variables that a launch asks for; those that are set there win over those that are taken over. */
    static Map<String, String> environment(LaunchSpec launch) {
        var variables = new HashMap<String, String>();
        for (String name : launch.inherit()) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        variables.putAll(launch.environment());
        launch.secrets().forEach((name, secret) -> variables.put(name, secret.reveal()));
        return variables;
    }
}
