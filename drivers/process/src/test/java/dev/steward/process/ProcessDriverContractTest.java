package dev.steward.process;

import dev.steward.instance.Confinement;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.testkit.contract.InstanceDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of drivers, on real processes. */
@Timeout(60)
class ProcessDriverContractTest extends InstanceDriverContract {
    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    private ProcessDriver newest;

    @AfterEach
    void sweepUp() {
        Host.sweepUp(owner);
    }

    @Override
    protected InstanceDriver newDriver(OnClose onClose) {
        newest = new ProcessDriver(owner, temp, onClose);
        return newest;
    }

    @Override
    protected InstanceSpec runsForEver(String name) {
        return Host.shell(name, "echo ready; exec sleep 100");
    }

    @Override
    protected InstanceSpec exits(String name, int code) {
        return Host.shell(name, "exit " + code);
    }

    @Override
    protected InstanceSpec writes(String name, Output output, List<String> lines) {
        String redirect = output == Output.STDOUT ? "" : " >&2";
        return Host.shell(name, "printf '%s\\n' " + String.join(" ", lines) + redirect);
    }

    @Override
    protected InstanceSpec ignoresTerm(String name) {
        return Host.shell(name, "trap '' TERM; echo ready; exec sleep 100");
    }

    @Override
    protected InstanceSpec signsOff(String name, String line) {
        return Host.shell(name, "trap 'echo " + line + "; exit 0' TERM; sleep 100 & echo ready; wait");
    }

    @Override
    protected InstanceSpec hasChild(String name) {
        return Host.shell(name, "sleep 100 & echo ready; wait");
    }

    @Override
    protected InstanceSpec leavesChild(String name) {
        return Host.shell(name, "setsid sleep 100 & exit 0");
    }

    @Override
    protected InstanceSpec cannotStart(String name, LaunchFailure why) {
        LaunchSpec launch = switch (why) {
            case NO_PROGRAM -> LaunchSpec.of("no-such-program");
            case NOT_EXECUTABLE -> LaunchSpec.of(temp.toString());
            case NO_DIRECTORY ->
                LaunchSpec.of("true").withDirectory(temp.resolve("nowhere").toString());
            case NO_OUTPUT -> LaunchSpec.of("true"); // and a folder in the place of the file
            case NOT_POSSIBLE ->
                LaunchSpec.of("true").withConfinement(Confinement.none().withUser("no-such-user"));
            default -> throw new IllegalArgumentException(why.toString());
        };
        if (why == LaunchFailure.NO_OUTPUT) {
            occupy(newest.file(name, Output.STDOUT));
        }
        return InstanceSpec.of(name, "x").withLaunch(launch);
    }

    @Override
    protected void awaitReady(InstanceSpec running) {
        Host.await(() -> newest.tail(running.name(), Output.STDOUT, 10).contains("ready"), running.name());
    }

    private static void occupy(Path file) {
        try {
            Files.createDirectory(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
