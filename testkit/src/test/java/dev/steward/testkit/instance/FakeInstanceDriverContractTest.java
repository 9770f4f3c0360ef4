package dev.steward.testkit.instance;

import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.InstanceDriverContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The fake does what every driver must do. */
class FakeInstanceDriverContractTest extends InstanceDriverContract {
    final Simulation simulation = new Simulation(1);
    final FakeHost host = new FakeHost(simulation);

    @Override
    protected InstanceDriver newDriver(OnClose onClose) {
        return new FakeInstanceDriver(host, onClose);
    }

    @Override
    protected InstanceSpec runsForEver(String name) {
        host.program(name).runsForEver();
        return spec(name);
    }

    @Override
    protected InstanceSpec exits(String name, int code) {
        host.program(name).exitsAfter(Duration.ofSeconds(1), code);
        return spec(name);
    }

    @Override
    protected InstanceSpec writes(String name, Output output, List<String> lines) {
        String[] text = lines.toArray(String[]::new);
        if (output == Output.STDOUT) {
            host.program(name).writes(text);
        } else {
            host.program(name).complains(text);
        }
        return exits(name, 0);
    }

    @Override
    protected InstanceSpec ignoresTerm(String name) {
        host.program(name).ignores(Signal.TERM);
        return spec(name);
    }

    @Override
    protected InstanceSpec signsOff(String name, String line) {
        host.program(name).signsOff(line);
        return spec(name);
    }

    @Override
    protected InstanceSpec hasChild(String name) {
        host.program(name).leavesChild();
        return spec(name);
    }

    @Override
    protected InstanceSpec leavesChild(String name) {
        host.program(name).leavesChild().exitsAfter(Duration.ofSeconds(1), 0);
        return spec(name);
    }

    @Override
    protected InstanceSpec cannotStart(String name, LaunchFailure why) {
        host.program(name).refuses(why, 1);
        return spec(name);
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        Duration end = simulation.elapsed().plus(limit);
        simulation.runUntil(() -> !news.isEmpty() || simulation.elapsed().equals(end), limit);
        return news.poll();
    }

    @Override
    protected Duration elapsed() {
        return simulation.elapsed();
    }

    @Override
    protected Duration precision() {
        return Duration.ZERO;
    }

    /** Long enough for all that a fake may do late. */
    @Override
    protected Duration quiet() {
        return Duration.ofMinutes(1);
    }

    private InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name);
    }
}
