package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Output;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs: an argument vector, a session of its own, input from nowhere, output to files, an environment built from empty. What comes
 * before the program, from outside in: the session; the shell that leads it and waits, as the user of this JVM and without limits, so that
 * it can write the exit code; and what {@link Confiner} has, which holds for the program alone. All that can be wrong with a launch is looked for before it, because {@code setsid} would turn it into an exit code, and because messages of
 * the JDK differ from release to release. Belongs to the driver's thread.
 */
final class Spawner {
    private static final Logger log = LoggerFactory.getLogger(Spawner.class);

    private final String owner;
    private final OutputFolder outputs;
    private final OutputKeeper keeper;
    private final Tools tools;
    private final Confiner confiner;
    private final NativeText text = NativeText.ofThisJvm();
    private @Nullable List<String> prefix;

    Spawner(String owner, OutputFolder outputs, OutputKeeper keeper, Tools tools) {
        this.owner = owner;
        this.outputs = outputs;
        this.keeper = keeper;
        this.tools = tools;
        this.confiner = new Confiner(tools, Privileges::ofThisJvm);
    }

    /** Whose children these are. */
    String owner() {
        return owner;
    }

    /**
     * Starts one.
     *
     * @param wrapper what comes between the session and the program; may be empty
     * @throws LaunchRefused if nothing was started, or so it seems
     */
    Process start(InstanceSpec spec, Incarnation life, List<String> wrapper) throws LaunchRefused {
        LaunchSpec launch = spec.launch();
        text.check(launch);
        Map<String, String> environment = environment(spec, life);
        Path directory = directory(launch);
        Path program = Programs.resolve(launch.argv().get(0), directory, environment.get("PATH"));

        var command = new ArrayList<>(prefix());
        command.addAll(wrapper);
        command.addAll(confiner.prefix(launch.confinement(), environment.keySet()));
        command.add(program.toString());
        command.addAll(launch.argv().subList(1, launch.argv().size()));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Tools.NULL_DEVICE)
                .redirectOutput(Redirect.appendTo(output(spec, Output.STDOUT)))
                .redirectError(Redirect.appendTo(output(spec, Output.STDERR)));
        builder.environment().clear();
        builder.environment().putAll(environment);
        keeper.launching(spec.name(), life, Mask.of(launch.secrets().values()));
        try {
            return start(builder, program);
        } catch (LaunchRefused refused) {
            keeper.ended(life);
            throw refused;
        }
    }

    private Process start(ProcessBuilder builder, Path program) throws LaunchRefused {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw refusal(program, failed);
        } catch (OutOfMemoryError noThread) {
            // thrown when the JVM gets no thread to wait for the child, which runs by then
            throw new LaunchRefused(LaunchFailure.NO_RESOURCES, "out of threads or memory", true);
        } catch (RuntimeException failed) {
            // its text may hold the value of a variable
            throw new LaunchRefused(LaunchFailure.OTHER, "'" + program + "' did not start: " + failed.getClass());
        }
    }

    private Map<String, String> environment(InstanceSpec spec, Incarnation life) {
        LaunchSpec launch = spec.launch();
        Map<String, String> variables = Programs.environment(launch);
        variables.putAll(Mask.variables(launch.secrets().keySet()));
        variables.putAll(Marks.of(owner, spec, life).variables());
        return variables;
    }

    private static Path directory(LaunchSpec launch) throws LaunchRefused {
        Path directory = Path.of(launch.directory()).toAbsolutePath();
        if (!Files.isDirectory(directory) || !Files.isExecutable(directory)) {
            throw new LaunchRefused(LaunchFailure.NO_DIRECTORY, "no working directory " + directory);
        }
        return directory;
    }

    private File output(InstanceSpec spec, Output output) throws LaunchRefused {
        Path file = outputs.file(spec.name(), output);
        try {
            outputs.prepare(file);
            return file.toFile();
        } catch (IOException failed) {
            if (!canOpen()) {
                throw new LaunchRefused(LaunchFailure.NO_RESOURCES, "no descriptor left for " + file);
            }
            throw new LaunchRefused(LaunchFailure.NO_OUTPUT, "no output to " + file + ": " + failed);
        }
    }

    private LaunchRefused refusal(Path program, IOException failed) {
        if (!canOpen() || !tools.canStart()) {
            return new LaunchRefused(LaunchFailure.NO_RESOURCES, "the host cannot start any program now: " + failed);
        }
        return new LaunchRefused(LaunchFailure.OTHER, "'" + program + "' did not start: " + failed);
    }

    private List<String> prefix() {
        if (prefix == null) {
            boolean asTheyAre = tools.childrenHaveDefaultSignals();
            boolean reset = !asTheyAre && tools.canResetSignals();
            if (!asTheyAre && !reset) {
                log.atWarn()
                        .log("children of this JVM ignore or block signals, and the system's env cannot change that");
            }
            prefix = reset ? tools.sessionWithSignals() : tools.session();
        }
        return prefix;
    }

    private static boolean canOpen() {
        try (var in = new FileInputStream(Tools.NULL_DEVICE)) {
            return in.read() < 0;
        } catch (IOException exhausted) {
            return false;
        }
    }
}
