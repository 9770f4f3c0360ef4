package dev.steward.testkit.instance;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import java.time.Duration;

/** A fake host, its driver, and a log of what that tells: what the tests of both begin with. */
abstract class FakeHostScene {
    final Simulation simulation = new Simulation(7);
    final FakeInstanceDriver driver = new FakeInstanceDriver(simulation);
    final DriverLog log = new DriverLog();
    private int lives;

    void open() {
        open(driver, simulation);
    }

    void open(FakeInstanceDriver opened, Simulation in) {
        opened.open(log);
        in.run(Duration.ZERO);
    }

    Incarnation launch(String name) {
        Incarnation life = new Incarnation("life-" + ++lives);
        driver.launch(InstanceSpec.of(name, "/bin/" + name), life);
        return life;
    }
}
