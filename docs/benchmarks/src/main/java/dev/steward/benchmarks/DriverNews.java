package dev.steward.benchmarks;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.process.ProcessDriver;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A process driver without a manager: one thread gives the orders and takes the news. Not safe for use by many threads. */
final class DriverNews implements DriverEvents, AutoCloseable {
    private final ProcessDriver driver;
    private final BlockingQueue<Observation> news = new LinkedBlockingQueue<>();
    private int lives;

    DriverNews(String owner, Path folder) {
        driver = new ProcessDriver(owner, folder, OnClose.LEAVE);
        driver.open(this);
    }

    @Override
    public void observed(Observation observation) {
        news.add(observation);
    }

    @Override
    public void census(Census census) {
        // nothing of this owner runs yet
    }

    /** Orders a launch. */
    void launch(InstanceSpec spec) {
        driver.launch(spec, new Incarnation("life-" + ++lives));
    }

    /** Waits for news of this kind, and passes over others. */
    <T extends Observation> T await(Class<T> type) throws InterruptedException {
        while (true) {
            Observation observation = news.take();
            if (type.isInstance(observation)) {
                return type.cast(observation);
            }
            if (observation instanceof Observation.Refused) {
                throw new IllegalStateException(observation.toString());
            }
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
