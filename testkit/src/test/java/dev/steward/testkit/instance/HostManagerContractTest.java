package dev.steward.testkit.instance;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetState;
import dev.steward.loop.ControlLoop;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.ControlLoopContract;
import dev.steward.time.TimeSource;
import java.util.Optional;

class HostManagerContractTest extends ControlLoopContract {
    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        return new HostManager(
                SiteConfig.of(InstanceSpec.of("web", "httpd")),
                new FakeInstanceDriver(simulation),
                new InMemoryStateFeed(time),
                time);
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        HostManager host = (HostManager) loop;
        return Optional.of(() -> host.requestAll(TargetState.DOWN));
    }
}
