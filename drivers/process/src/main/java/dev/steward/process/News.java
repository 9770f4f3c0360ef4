package dev.steward.process;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Observation;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands news on for as long as they are wanted; a receiver that throws harms nobody. */
final class News implements DriverEvents {
    private static final Logger log = LoggerFactory.getLogger(News.class);

    private final DriverEvents receiver;
    private final BooleanSupplier unwanted;

    News(DriverEvents receiver, BooleanSupplier unwanted) {
        this.receiver = receiver;
        this.unwanted = unwanted;
    }

    @Override
    public void observed(Observation news) {
        deliver(() -> receiver.observed(news));
    }

    @Override
    public void census(Census census) {
        deliver(() -> receiver.census(census));
    }

    private void deliver(Runnable delivery) {
        if (unwanted.getAsBoolean()) {
            return;
        }
        try {
            delivery.run();
        } catch (RuntimeException defect) {
            log.atError().setCause(defect).log("news could not be delivered");
        }
    }
}
