package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes what a driver tells, on whatever thread, to the next pass; once nobody wants it any more, it is dropped. Safe for use by many threads. */
final class Arrivals implements DriverEvents {
    private final Consumer<Runnable> post;
    private final BooleanSupplier unwanted;
    private final Supplier<News> news;

    Arrivals(Consumer<Runnable> post, BooleanSupplier unwanted, Supplier<News> news) {
        this.post = post;
        this.unwanted = unwanted;
        this.news = news;
    }

    @Override
    public void observed(Observation observation) {
        checkNotNull(observation, "observation");
        deliver(() -> news.get().observed(observation));
    }

    @Override
    public void census(Census census) {
        checkNotNull(census, "census");
        deliver(() -> news.get().census(census));
    }

    private void deliver(Runnable telling) {
        if (!unwanted.getAsBoolean()) {
            post.accept(() -> {
                if (!unwanted.getAsBoolean()) {
                    telling.run();
                }
            });
        }
    }
}
