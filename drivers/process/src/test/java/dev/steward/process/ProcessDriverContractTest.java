package dev.steward.process;

import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.testkit.contract.InstanceDriverContract;
import java.nio.file.Path;
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
    protected InstanceDriver newDriver() {
        newest = new ProcessDriver(owner, temp);
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
    protected InstanceSpec ignoresTerm(String name) {
        return Host.shell(name, "trap '' TERM; echo ready; exec sleep 100");
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
            default -> throw new IllegalArgumentException(why.toString());
        };
        return InstanceSpec.of(name, "x").withLaunch(launch);
    }

    @Override
    protected void awaitReady(InstanceSpec running) {
        Host.await(() -> newest.lines(running.name(), Output.STDOUT).contains("ready"), running.name());
    }
}
